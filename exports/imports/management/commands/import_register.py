"""`import_register REGISTER FILE`: the pipeline of the back office, for scripts."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from content.core.jurisdiction import codes_of
from content.core.register import Register, get_register, registers
from exports.imports import header_rows, profiles, report, services
from exports.imports.models import ImportJob
from exports.imports.policies import POLICIES
from exports.imports.problems import ImportRefused
from exports.imports.whole import carry_through

_POLICIES = ("on_error", "conflict", "as_of", "blank", "missing", "warnings")
GOOD, ERRORS, REFUSED = 0, 1, 2


class Command(BaseCommand):
    help = "Import a spreadsheet into a register. Exit code: 0 all good, 1 errors in rows, 2 file refused."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("register")
        parser.add_argument("file", type=Path)
        parser.add_argument("--mapping", type=Path, help="JSON: header in the file -> column of the register")
        parser.add_argument("--profile", default="", help="saved mapping to use: its name or number (#3)")
        sheets = parser.add_mutually_exclusive_group()
        sheets.add_argument("--sheet", action="append", default=[], help="the sheet to read; again for several")
        sheets.add_argument("--all-sheets", action="store_true", help="all visible sheets with the same header")
        parser.add_argument("--header-rows", default="", help="where the header stands: 3, 2-3, or none; else found")
        parser.add_argument(
            "--hidden-rows", choices=("import", "leave"), default="import", help="default: import, and say so"
        )
        parser.add_argument("--hidden-columns", choices=("import", "leave"), default="import", help="default: import")
        parser.add_argument("--password-file", type=Path, help="file whose first line opens a protected workbook")
        parser.add_argument("--dry-run", action="store_true", help="check only, write nothing")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")
        parser.add_argument("--on-error", choices=("skip", "stop"), help="stop unless the mapping says otherwise")
        parser.add_argument(
            "--conflict",
            choices=POLICIES["conflict"],
            help="records already there: overwrite, keep, empty (fill only what is empty), newer (only newer facts)",
        )
        parser.add_argument("--as-of", default="", help="the day of the file's facts, 2026-11-01, for --conflict newer")
        parser.add_argument("--blank", choices=POLICIES["blank"], help="empty cells keep or clear the value")
        parser.add_argument(
            "--missing",
            choices=POLICIES["missing"],
            help="records that the file lacks: ignore, report (list), retire (see --retire)",
        )
        parser.add_argument("--retire", type=int, metavar="N", help="confirm that N missing records are retired")
        parser.add_argument(
            "--warnings",
            choices=POLICIES["warnings"],
            help="accept (the default) writes rows with warnings; stop writes nothing until a person has accepted them",
        )
        parser.add_argument("--user", default="", help="import as this user, within the user's divisions")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            code = self._import(options)
        if code:
            raise SystemExit(code)

    def _import(self, options: dict[str, Any]) -> int:
        job: ImportJob | None = None
        try:
            register = _register(options["register"])
            password = _password(options["password_file"]) if options["password_file"] else ""
            job = self._create(register, options)
            if password:
                services.unlock(job, password=password)
            written = carry_through(
                job,
                chosen=_mapping(options["mapping"]),
                write=not options["dry_run"],
                say=self.stderr.write,
            )
        except ImportRefused as refusal:
            return self._refuse(options, refusal, job)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(job), ensure_ascii=False))
        else:
            for line in report.as_text(job, written=written):
                self.stdout.write(line)
        return ERRORS if job.counts["error"] else GOOD

    def _create(self, register: Register, options: dict[str, Any]) -> ImportJob:
        path: Path = options["file"]
        user = _user(options["user"])
        profile = None
        if options["profile"]:
            profile = profiles.named(register, options["profile"], None if user is None else codes_of(user))
        try:
            with path.open("rb") as file:
                return services.create_job(
                    register=register,
                    file=file,
                    name=path.name,
                    user=user,
                    policy={name: options[name] for name in _POLICIES if options[name]},
                    profile=profile,
                    answers=_answers(options),
                )
        except OSError:
            message = _("The file %(path)s cannot be opened. Check its name and place.")
            raise ImportRefused("file_missing", message % {"path": path}) from None

    def _refuse(self, options: dict[str, Any], refusal: ImportRefused, job: ImportJob | None) -> int:
        if options["json"]:
            answer = report.refused(options["register"], refusal.code, str(refusal.message), job=job)
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            self.stderr.write(str(refusal.message))
        return REFUSED


def _register(slug: str) -> Register:
    try:
        return get_register(slug)
    except KeyError:
        known = ", ".join(register.slug for register in registers())
        message = _("There is no register “%(slug)s”. There are: %(known)s.")
        raise ImportRefused("register_unknown", message % {"slug": slug, "known": known}) from None


def _user(username: str) -> Any:
    if not username:
        return None
    user = get_user_model().objects.filter(username=username).first()
    if user is None:
        message = _("There is no user “%(name)s”.")
        raise ImportRefused("user_unknown", message % {"name": username})
    return user


def _answers(options: dict[str, Any]) -> dict[str, Any]:
    """Return what `ImportJob.answers` would say had a person been asked. Hidden rows and columns are read by default."""
    answers: dict[str, Any] = {
        "sheets": "all" if options["all_sheets"] else options["sheet"],
        "hidden_rows": options["hidden_rows"] == "import",
        "hidden_columns": options["hidden_columns"] == "import",
    }
    if options["header_rows"]:
        answers["header_rows"] = {header_rows.ANY: header_rows.parse(options["header_rows"])}
    return answers if options["retire"] is None else answers | {"retire": options["retire"]}


def _password(path: Path) -> str:
    """Return the first line of a file: a password among the arguments would be seen by everyone on the machine."""
    try:
        return path.read_text(encoding="utf-8-sig").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeError):
        message = _("The password file %(path)s cannot be read. Write the password into its first line, as UTF-8.")
        raise ImportRefused("password_file", message % {"path": path}) from None


def _mapping(path: Path | None) -> dict[str, str] | None:
    if path is None:
        return None
    try:
        mapping = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        mapping = None
    if not isinstance(mapping, dict) or not all(isinstance(value, str) for value in mapping.values()):
        message = _("The mapping %(path)s must be a JSON object: header in the file, then column of the register.")
        raise ImportRefused("mapping_unreadable", message % {"path": path})
    return mapping
