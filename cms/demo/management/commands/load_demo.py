import logging
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from cms.demo.services import load_demo


class Command(BaseCommand):
    help = "Load the demo content through the real pipelines. Safe to run again: what is there stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quiet", action="store_true", help=_("print nothing"))

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = options["quiet"] or options["verbosity"] == 0
        with translation.override(settings.LANGUAGE_CODE), _without_page_log():
            load_demo(say=(lambda line: None) if quiet else self.stdout.write)


@contextmanager
def _without_page_log() -> Iterator[None]:
    """Wagtail logs every page it writes; here they would drown the lines of progress."""
    wagtail = logging.getLogger("wagtail")
    level = wagtail.level
    wagtail.setLevel(logging.WARNING)
    try:
        yield
    finally:
        wagtail.setLevel(level)
