"""The panels of the dashboard: first what to do, then what waits, then what there is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString
from wagtail.admin.ui.components import Component

from content.core.jurisdiction import codes_of
from exports.imports.approval import waiting_for

from .selectors import drafts_of, imports_of, recent_activity, register_tiles
from .shortcuts import shortcuts_for, writing_shortcuts


class Panel(Component):
    """A component that disappears when it has nothing to show."""

    context_name: str

    def read(self, request: Any) -> Any:
        raise NotImplementedError

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        request = parent_context["request"]
        return {"request": request, "user": request.user, self.context_name: self.read(request)}

    def render_html(self, parent_context: Mapping[str, Any] | None = None) -> SafeString | str:
        context = self.get_context_data(parent_context or {})
        if not context[self.context_name]:
            return ""
        return super().render_html(parent_context)


class ShortcutsPanel(Panel):
    name, order = "shortcuts", 50
    template_name = "backoffice/panels/shortcuts.html"
    context_name = "shortcuts"

    def read(self, request: Any) -> Any:
        return shortcuts_for(request.user)


class FirstStepsPanel(Panel):
    """Hints for the first days; whoever closes them does not see them again (kept in the person's profile)."""

    name, order = "first_steps", 60
    template_name = "backoffice/panels/first_steps.html"
    context_name = "steps"
    dismissible_id = "xinghui_first_steps"

    def read(self, request: Any) -> Any:
        profile = getattr(request.user, "wagtail_userprofile", None)
        if profile and profile.dismissibles.get(self.dismissible_id):
            return None
        tiles = register_tiles(request)
        return {
            "id": self.dismissible_id,
            "writes": bool(writing_shortcuts(request.user)),
            "keeps": bool(tiles),
            "without_division": bool(tiles) and codes_of(request.user) == [],
        }


class DraftsPanel(Panel):
    name, order = "my_drafts", 215
    template_name = "backoffice/panels/drafts.html"
    context_name = "drafts"

    def read(self, request: Any) -> Any:
        return drafts_of(request.user)


class RegistersPanel(Panel):
    name, order = "registers", 100
    template_name = "backoffice/panels/registers.html"
    context_name = "tiles"

    def read(self, request: Any) -> Any:
        return register_tiles(request)


class ImportsPanel(Panel):
    """The person's last imports, and those that wait for a word from the person first."""

    name, order = "my_imports", 218
    template_name = "backoffice/panels/imports.html"
    context_name = "jobs"

    def read(self, request: Any) -> Any:
        return imports_of(request.user)


class ApprovalsPanel(Panel):
    """Imports of others that wait for this person's approval."""

    name, order = "approvals", 55
    template_name = "backoffice/panels/approvals.html"
    context_name = "jobs"

    def read(self, request: Any) -> Any:
        return waiting_for(request.user)


class ActivityPanel(Panel):
    name, order = "activity", 400
    template_name = "backoffice/panels/activity.html"
    context_name = "activities"

    def read(self, request: Any) -> Any:
        return recent_activity(request.user)
