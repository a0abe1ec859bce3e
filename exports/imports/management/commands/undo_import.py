"""`undo_import JOB [--rows 3,7-9]`: put back what an import changed."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from exports.imports import ranges, services
from exports.imports.models import ImportJob
from exports.imports.problems import ImportRefused
from exports.imports.undo import remaining
from exports.imports.waiting import in_turn


class Command(BaseCommand):
    help = "Undo an import. Exit code: 0 all put back, 1 some rows were changed since and left alone, 2 refused."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("job", type=int)
        parser.add_argument(
            "--rows",
            default="",
            help="undo only these rows of the file, such as 3,7-9, or sheet!3-5 where several sheets were read",
        )
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            code = self._undo(options["job"], rows=options["rows"], as_json=options["json"])
        if code:
            raise SystemExit(code)

    def _undo(self, number: int, *, rows: str, as_json: bool) -> int:
        try:
            job = ImportJob.objects.filter(pk=number).first()
            if job is None:
                raise ImportRefused("job_unknown", _("There is no import %(number)s.") % {"number": number})
            chosen = ranges.parse(rows, job=job) if rows else None
            report = in_turn(lambda: services.undo(job, rows=chosen), say=self.stderr.write)
        except ImportRefused as refusal:
            self.stderr.write(str(refusal.message))
            return 2
        if rows:
            report |= {"remaining": remaining(job)}
        if as_json:
            self.stdout.write(json.dumps({"job": number, **report}, ensure_ascii=False))
        else:
            self.stdout.write(_("%(restored)s rows put back, %(deleted)s rows removed.") % report)
            if rows:
                self.stdout.write(_("Still written: %(remaining)s rows, which can be undone later.") % report)
            for row in report["left"]:
                self.stdout.write(_("Left alone: row %(row)s “%(title)s”. %(message)s") % row)
        return 1 if report["left"] else 0
