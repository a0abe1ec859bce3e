"""`watch_imports`: hands the sources whose time has come to workers, and picks up imports whose worker was killed."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from threading import Thread
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import translation
from django.utils.translation import gettext as _

from exports.imports import survival
from exports.sources import running, tasks
from exports.sources.folder import SETTLED


class Command(BaseCommand):
    help = "Take files from folders, buckets and addresses on time, and hand imports of killed workers to others."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="look once, import here and now, and stop")
        parser.add_argument("--every", type=float, default=5.0, help="seconds between two looks")
        parser.add_argument("--settled", type=float, default=SETTLED, help="seconds without change of a file")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            if not options["once"]:  # beside the sources, where one file may take minutes
                Thread(target=self._keep_sweeping, args=[options["every"]], daemon=True).start()
            while True:
                if options["once"]:
                    self._sweep()
                self._look(options["settled"], at_once=options["once"])
                if options["once"]:
                    return
                time.sleep(options["every"])
                close_old_connections()

    def _keep_sweeping(self, every: float) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            while True:
                try:
                    self._sweep()
                except DatabaseError as error:  # SQLite's writer is busy, or the server restarts: look again later
                    self.stderr.write(str(error))
                time.sleep(every)
                close_old_connections()

    def _sweep(self) -> None:
        for number in survival.sweep():
            self.stdout.write(_("Import %(number)s was abandoned and is taken up again.") % {"number": number})

    def _look(self, settled: float, *, at_once: bool) -> None:
        try:
            running.ensure_inbox()
            if not at_once:
                for source in tasks.hand_out(settled=settled):
                    self.stdout.write(_("%(source)s: handed to a worker.") % {"source": source.name})
                return
            for done in running.look(settled=settled):
                self.stdout.write(f"{done.source.name}: {done.file_name} {done.label} {done.message}")
        except DatabaseError as error:
            self.stderr.write(str(error))
