"""`manage.py compile_bulletin SLUG --output FILE.pdf`: the PDF of one issue."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from wagtail.models import Page

from exports.bulletins.compose import PRINTABLE
from exports.bulletins.errors import NotPrintable
from exports.bulletins.services import compile_bulletin


class Command(BaseCommand):
    help = "Sets a bulletin or an initiative as a PDF. Exit code 0: done, 2: no such page, or it cannot be set."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the page's slug: the last part of its address")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE.pdf", help="where the PDF goes")
        parser.add_argument("--draft", action="store_true", help="the latest draft instead of the published page")

    def handle(self, *args: Any, **options: Any) -> None:
        page = self.find(options["slug"])
        draft = options["draft"] or not page.live
        try:
            compiled = compile_bulletin(page, revision=page.get_latest_revision() if draft else None)
        except NotPrintable as error:
            raise CommandError(str(error), returncode=2) from error
        try:
            options["output"].write_bytes(compiled.pdf)
        except OSError as error:
            message = _("%(file)s cannot be written: %(reason)s. Name a folder that exists and is yours.")
            params = {"file": options["output"], "reason": error.strerror}
            raise CommandError(message % params, returncode=2) from error
        if draft and not options["draft"]:
            self.stderr.write(_("This page is not published: the PDF is of its latest draft."))
        message = _("%(file)s: %(title)s %(number)s, %(pages)d pages, SHA-256 %(sha256)s")
        self.stdout.write(message % {"file": options["output"], **vars(compiled)})

    def find(self, slug: str) -> Any:
        pages = list(Page.objects.type(PRINTABLE).filter(slug=slug).order_by("-live", "-pk").specific())
        if not pages:
            known = Page.objects.type(PRINTABLE).order_by("-latest_revision_created_at").values_list("slug", flat=True)
            hint = "、".join(known[:5])
            message = _("There is no bulletin or initiative “%(slug)s”. The latest ones are: %(known)s.")
            empty = _("There is no bulletin or initiative “%(slug)s”. None has been written yet.")
            raise CommandError((message if hint else empty) % {"slug": slug, "known": hint}, returncode=2)
        if len(pages) > 1:
            self.stderr.write(
                _("Several pages are called “%(slug)s”: taking %(title)s.") % {"slug": slug, "title": pages[0]}
            )
        return pages[0]
