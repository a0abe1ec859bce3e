"""What the screens share: breadcrumbs, the job of the address, and who may see it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from exports.imports.models import ImportJob
from exports.imports.permissions import importable_registers, may_import
from exports.imports.problems import ImportRefused
from exports.imports.selectors import visible_job


class Screen(WagtailAdminTemplateMixin, View):
    """A page of the import centre."""

    header_icon = "upload"
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not importable_registers(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        centre = {"url": reverse("imports:index"), "label": _("Import centre")}
        return [*super().get_breadcrumbs_items(), centre, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())


class JobScreen(Screen):
    """A page about one import. Someone else's import is not found, so that its existence is not told."""

    @cached_property
    def job(self) -> ImportJob:
        job = visible_job(self.request.user, self.kwargs["number"])
        if job is None:
            raise Http404
        return job

    def get_page_title(self) -> str:
        return _("Import %(number)s: %(file)s") % {"number": self.job.pk, "file": self.job.original_name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(job=self.job, register=self.job.register, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.job  # noqa: B018 - a 404 before anything is rendered
        return super().get(request)

    def may_write(self) -> bool:
        return may_import(self.request.user, self.job.register)

    def home(self) -> HttpResponse:
        return redirect("imports:job", self.job.pk)

    def refused(self, refusal: ImportRefused) -> HttpResponse:
        messages.error(self.request, str(refusal.message))
        return self.home()
