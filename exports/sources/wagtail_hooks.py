"""The recurring imports in the back office: addresses, and a word on the dashboard where one has stopped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import include, path
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.ui.components import Component

from . import urls
from .models import ImportSource
from .permissions import may_keep_sources, own_sources


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [path("import-sources/", include(urls))]


class PausedSourcesPanel(Component):
    """Disappears when no source of the person's has paused."""

    name, order = "paused_sources", 55
    template_name = "sources/panel.html"

    def __init__(self, paused: list[ImportSource]) -> None:
        self.paused = paused

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"paused": self.paused}

    def render_html(self, parent_context: Mapping[str, Any] | None = None) -> SafeString | str:
        return super().render_html(parent_context) if self.paused else ""


@hooks.register("construct_homepage_panels")
def paused_sources(request: Any, panels: list[Any]) -> None:
    if may_keep_sources(request.user):
        sources = own_sources(request.user).filter(active=False, failures__gt=0)
        panels.append(PausedSourcesPanel([source for source in sources if source.paused]))
