"""`manage.py maintenance on [--minutes 30] [--reason …]` closes the public site, `off` opens it again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from cms.ops import maintenance


class Command(BaseCommand):
    help = "Close the public site while something is being done to it; the back office stays open."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("switch", choices=("on", "off"))
        parser.add_argument("--minutes", type=int, help="how long it should take; told to readers")
        parser.add_argument("--reason", default="", help="one sentence for readers")

    def handle(self, *, switch: str, minutes: int | None, reason: str, **options: Any) -> None:
        if switch == "on":
            maintenance.hang(minutes=minutes, reason=reason)
            self.stdout.write(_("The public site is closed. Open it with: manage.py maintenance off"))
        elif maintenance.take_down():
            self.stdout.write(_("The public site is open again."))
        else:
            self.stdout.write(_("The public site was open all along."))
