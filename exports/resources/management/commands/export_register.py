import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from content.core.jurisdiction import codes_of, may_export, may_see_personal_data, rows_for
from content.core.models import User
from content.core.register import Register, get_register, registers
from exports.bulletins.errors import NotPrintable
from exports.resources.columns import UnknownColumn
from exports.resources.selectors import UnknownFilter, filtered_rows
from exports.resources.services import EDIT, MEDIA_TYPES, export_rows, personal_headers, record_export


class Command(BaseCommand):
    help = "Write a register's rows into a file: XLSX, CSV, JSON, JSON Lines or PDF by the file's ending."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("register", help="the register's slug, such as bases")
        parser.add_argument("file", type=Path, help="FILE.xlsx, FILE.csv, FILE.json, FILE.jsonl or FILE.pdf")
        parser.add_argument("--filter", action="append", default=[], metavar="NAME=VALUE", help="may be repeated")
        parser.add_argument("--columns", default="", help="names or headers, separated by commas, in the order wanted")
        parser.add_argument("--edit", action="store_true", help="an XLSX to be changed and imported again")
        parser.add_argument("--user", help="export what this user may see; without it, every row")
        parser.add_argument("--personal", metavar="REASON", default="", help="also personal data, for this reason")

    def handle(self, *args: Any, **options: Any) -> None:
        register = self._register(options["register"])
        path: Path = options["file"]
        format = path.suffix.lower().lstrip(".")
        if format not in MEDIA_TYPES:
            known = "、".join(f".{name}" for name in MEDIA_TYPES)
            raise CommandError(_("The file must end with one of: %(known)s.") % {"known": known})
        if options["edit"] and format != "xlsx":
            raise CommandError(_("With --edit the file must end with .xlsx."))
        if not path.parent.is_dir():
            raise CommandError(_("There is no folder “%(folder)s”.") % {"folder": path.parent})
        user = self._user(options["user"], register)
        rows = rows_for(user, register.model) if user else register.model._default_manager.all()
        personal = bool(options["personal"])
        if user and personal and not may_see_personal_data(user):
            raise CommandError(_("The user may not see personal data. Leave out --personal."))
        try:
            rows = filtered_rows(register, rows, [self._pair(text) for text in options["filter"]])
            exported = export_rows(
                register=register,
                rows=rows,
                path=path,
                format=EDIT if options["edit"] else format,
                columns=[name.strip() for name in re.split("[,，、]", options["columns"]) if name.strip()],
                personal=personal,
                codes=codes_of(user) if user else None,
            )
        except (UnknownFilter, UnknownColumn, NotPrintable) as error:
            raise CommandError(str(error)) from error
        record_export(
            user=user,
            register=register,
            format=format,
            exported=exported,
            filters=" ".join(options["filter"]),
            personal=personal_headers(register, exported),
            reason=options["personal"],
        )
        self.stdout.write(_("%(count)d rows written to %(path)s.") % {"count": exported.rows, "path": path})

    def _register(self, slug: str) -> Register:
        try:
            return get_register(slug)
        except KeyError:
            known = "、".join(register.slug for register in registers())
            message = _("There is no register “%(slug)s”. Use one of: %(known)s.") % {"slug": slug, "known": known}
            raise CommandError(message) from None

    def _user(self, username: str | None, register: Register) -> User | None:
        if not username:
            return None
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            raise CommandError(_("There is no active user “%(username)s”.") % {"username": username})
        if not may_export(user, register):
            raise CommandError(_("The user “%(username)s” may not export this register.") % {"username": username})
        return user

    def _pair(self, text: str) -> tuple[str, str]:
        name, equals, value = text.partition("=")
        if not equals:
            raise CommandError(_("Write a filter as name=value, not “%(text)s”.") % {"text": text})
        return name, value
