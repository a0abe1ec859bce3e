"""`import_url REGISTER URL`: fetches a spreadsheet and imports it like `import_register`."""

from __future__ import annotations

import json
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import translation

from exports.imports import report
from exports.imports.problems import ImportRefused
from exports.sources.fetching import fetch

REFUSED = 2


class Command(BaseCommand):
    help = "Fetch a spreadsheet by https and import it into a register. Exit codes as of import_register."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("register")
        parser.add_argument("url")
        parser.add_argument("--mapping", type=Path, help="JSON: header in the file -> column of the register")
        parser.add_argument("--profile", default="", help="saved mapping to use: its name or number (#3)")
        parser.add_argument("--sheet", default="")
        parser.add_argument("--dry-run", action="store_true", help="check only, write nothing")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")
        parser.add_argument("--on-error", choices=("skip", "stop"), help="stop unless the mapping says otherwise")
        parser.add_argument("--user", default="", help="import as this user, within the user's divisions")

    def handle(self, *args: Any, **options: Any) -> None:
        with tempfile.TemporaryDirectory(prefix="xinghui-url-") as folder:
            path = Path(folder) / "file"
            try:
                with translation.override(settings.LANGUAGE_CODE), path.open("wb") as target:
                    fetched = fetch(options["url"], target)
            except ImportRefused as refusal:
                if options["json"]:
                    answer = report.refused(options["register"], refusal.code, str(refusal.message))
                    self.stdout.write(json.dumps(answer, ensure_ascii=False))
                else:
                    self.stderr.write(str(refusal.message))
                raise SystemExit(REFUSED) from None
            named = path.rename(path.with_name(Path(fetched.name if fetched else "").name[-100:] or "file"))
            passed = {
                key: options[key] for key in ("mapping", "profile", "sheet", "dry_run", "json", "on_error", "user")
            }
            call_command(
                "import_register", options["register"], named, **passed, stdout=self.stdout, stderr=self.stderr
            )
