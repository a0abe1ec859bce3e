"""Recurring work in the back office: the list, a source with its form and what came of it, run now, delete."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.log_actions import log

from content.core.register import registers
from exports.imports.permissions import importable_registers
from exports.imports.views.base import Screen

from . import running
from .forms import SourceForm
from .models import ImportSource
from .permissions import kinds_for, may_keep_sources, own_sources

SHOWN_RUNS = 20


class SourceScreen(Screen):
    header_icon = "rotate"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_keep_sources(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        *before, here = super().get_breadcrumbs_items()
        return [*before, {"url": reverse("import_sources:index"), "label": _("Recurring imports")}, here]

    @cached_property
    def source(self) -> ImportSource:
        found = own_sources(self.request.user).filter(pk=self.kwargs["number"]).first()
        if found is None:
            raise Http404
        return found


class ListView(SourceScreen):
    template_name = "sources/list.html"

    def get_page_title(self) -> str:
        return _("Recurring imports")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return super().get_breadcrumbs_items()[:-1]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = {register.slug: register.verbose_name_plural for register in registers()}
        sources = own_sources(self.request.user)
        return super().get_context_data(
            sources=[{"source": source, "register": names.get(source.register_slug, "—")} for source in sources],
            **kwargs,
        )


class EditView(SourceScreen):
    """A new source, or one that is there."""

    template_name = "sources/edit.html"

    @cached_property
    def instance(self) -> ImportSource | None:
        return self.source if "number" in self.kwargs else None

    @cached_property
    def form(self) -> SourceForm:
        if self.instance is None and not importable_registers(self.request.user):
            raise PermissionDenied
        return SourceForm(self.request.POST or None, instance=self.instance, person=self.request.user)

    def get_page_title(self) -> str:
        return self.instance.name if self.instance else _("New recurring import")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        runs = self.instance.runs.select_related("job")[:SHOWN_RUNS] if self.instance else []
        return super().get_context_data(
            form=self.form,
            source=self.instance,
            runs=runs,
            only_addresses=len(kinds_for(self.request.user)) == 1,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        new = self.instance is None
        if not self.form.is_valid():
            messages.error(request, _("The source was not saved: mend what is marked."))
            return self.render_to_response(self.get_context_data())
        source = self.form.save()
        changed = [] if new else self.form.changed_data
        log(
            instance=source,
            action="wagtail.create" if new else "wagtail.edit",
            user=request.user,
            title=source.name,
            data={"changed": changed},
        )
        messages.success(request, _("The source “%(name)s” is saved.") % {"name": source.name})
        return redirect("import_sources:edit", source.pk)


class RunView(SourceScreen):
    """Ask the watcher to look at once; a paused source is set going again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        source = self.source
        running.ask(source)
        messages.success(
            request,
            _("“%(name)s” is looked at within seconds. Load this page again to see the result.")
            % {"name": source.name},
        )
        return redirect("import_sources:edit", source.pk)


class DeleteView(SourceScreen):
    template_name = "sources/delete.html"

    def get_page_title(self) -> str:
        return _("Delete “%(name)s”?") % {"name": self.source.name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(source=self.source, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        source = self.source
        log(instance=source, action="wagtail.delete", user=request.user, title=source.name)
        source.delete()
        messages.success(request, _("The source “%(name)s” is deleted; its imports stay.") % {"name": source.name})
        return redirect("import_sources:index")
