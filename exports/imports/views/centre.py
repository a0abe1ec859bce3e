"""The list of imports, and the upload of a new one."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from content.core.jurisdiction import codes_of, may_export
from content.core.register import Register, get_register
from exports.imports import queueing, services, states
from exports.imports.joblist import JobFilter, lines
from exports.imports.matching import missing
from exports.imports.models import ImportJob
from exports.imports.permissions import importable_registers, may_import, may_see
from exports.imports.problems import ImportRefused
from exports.imports.report import counts_in_words
from exports.imports.selectors import same_file, visible_jobs
from exports.imports.template import write_template

from .base import Screen

PER_PAGE = 20


class CentreView(Screen):
    """Who imported what, when, with what result; and where to begin."""

    template_name = "imports/centre.html"

    def get_page_title(self) -> str:
        return _("Import centre")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return super().get_breadcrumbs_items()[:-1]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        jobs = visible_jobs(user)
        asked = JobFilter(self.request.GET, user=user, jobs=jobs)
        page = Paginator(asked.narrow(jobs), PER_PAGE).get_page(self.request.GET.get("p"))
        query = self.request.GET.copy()
        query.pop("p", None)
        return super().get_context_data(
            page=page,
            lines=lines(page.object_list, user=user),
            choices=importable_registers(user),
            asked=asked,
            filtered=asked.narrows,
            query=query.urlencode(),
            keep_days=settings.IMPORT_KEEP_DAYS,
            undo_days=settings.IMPORT_UNDO_DAYS,
            **kwargs,
        )


class RegisterScreen(Screen):
    """A page about importing into one register."""

    @cached_property
    def register(self) -> Register:
        try:
            register = get_register(self.kwargs["slug"])
        except KeyError:
            raise Http404 from None
        if not may_import(self.request.user, register):
            raise PermissionDenied
        return register


class UploadView(RegisterScreen):
    """Choose a file; small ones are checked at once."""

    template_name = "imports/upload.html"

    def get_page_title(self) -> str:
        return _("Import into “%(register)s”") % {"register": self.register.verbose_name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        limits = settings.IMPORT_LIMITS
        return super().get_context_data(
            register=self.register,
            may_export=may_export(self.request.user, self.register),
            required=missing(self.register, []),
            max_mb=limits["file_bytes"] // (1024 * 1024),
            max_rows=limits["rows"],
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        file = request.FILES.get("file")
        if file is None:
            messages.error(request, _("Choose a file first."))
            return self.get(request)
        try:
            job = services.create_job(
                register=self.register, file=file, name=file.name or "", user=request.user, answers={"ask": True}
            )
        except ImportRefused as refusal:
            messages.error(request, str(refusal.message))
            return self.get(request)
        if earlier := same_file(job):
            messages.warning(request, _about(request.user, earlier))
        with suppress(ImportRefused):  # the job's page says why, and what to do
            queueing.check(job)
        return redirect("imports:job", job.pk)


def _about(user: Any, earlier: ImportJob) -> str:
    """Say when this very file came before and what became of it; by whom, to those who may see that import."""
    texts = {
        "number": earlier.pk,
        "when": date_format(timezone.localtime(earlier.created_at), "Y-m-d H:i"),
        "who": states.who(earlier) if may_see(user, earlier) else _("another admin"),
        "state": earlier.get_state_display(),
        "result": counts_in_words(earlier) if may_see(user, earlier) and earlier.counts else "—",
    }
    return (
        _(
            "This very file was uploaded before: import %(number)s by %(who)s on %(when)s, %(state)s; %(result)s. "
            "Rows that are in the register already will show as unchanged."
        )
        % texts
    )


class TemplateView(RegisterScreen):
    """The empty workbook to fill in."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        name = _("%(register)s import template") % {"register": self.register.verbose_name}
        return FileResponse(
            write_template(self.register, codes=codes_of(request.user)), as_attachment=True, filename=f"{name}.xlsx"
        )
