"""`watch_imports`: imports what is laid into the inbox, and picks up imports whose worker was killed."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path
from threading import Thread
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections
from django.utils import translation
from django.utils.translation import gettext as _

from exports.imports import inbox, survival


class Command(BaseCommand):
    help = "Import files laid into var/inbox/<register>/, and hand imports of killed workers to others."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="look once and stop")
        parser.add_argument("--every", type=float, default=10.0, help="seconds between two looks")
        parser.add_argument("--settled", type=float, default=inbox.SETTLED, help="seconds without change of a file")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            if not options["once"]:  # beside the inbox, where one file may take minutes
                Thread(target=self._keep_sweeping, args=[options["every"]], daemon=True).start()
            while True:
                if options["once"]:
                    self._sweep()
                self._look(Path(settings.IMPORT_INBOX), options["settled"])
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

    def _look(self, root: Path, settled: float) -> None:
        for register, path in inbox.waiting(root, settled=settled):
            good = inbox.take(register, path, user=self._user())
            self.stdout.write(f"{register.slug}/{path.name}: {'✓' if good else '✗'}")

    def _user(self) -> Any:
        name = settings.IMPORT_INBOX_USER
        if not name:
            return None
        user = get_user_model().objects.filter(username=name).first()
        if user is None:
            raise CommandError(_("There is no user “%(name)s”.") % {"name": name})
        return user
