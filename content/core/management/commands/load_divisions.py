from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from content.core.services import SHIPPED, load_divisions


class Command(BaseCommand):
    help = "Load division codes and names from a CSV file (code,name); the shipped GB/T 2260 file by default."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=SHIPPED)

    def handle(self, *args: Any, **options: Any) -> None:
        count = load_divisions(file=options["file"])
        self.stdout.write(_("%(count)d divisions loaded.") % {"count": count})
