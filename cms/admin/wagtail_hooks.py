"""The dashboard, the menu and the looks of the back office."""

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.views.home import RecentEditsPanel
from wagtail.permissions import page_permission_policy

from .panels import (
    ActivityPanel,
    ApprovalsPanel,
    DraftsPanel,
    FirstStepsPanel,
    ImportsPanel,
    RegistersPanel,
    ShortcutsPanel,
)

# They lead to another host, in English, about the tool and not about the work.
_ABOUT_WAGTAIL = {"editor-guide", "whats-new-in-wagtail"}


@hooks.register("construct_homepage_panels")
def construct_homepage_panels(request: Any, panels: list[Any]) -> None:
    # Recent edits say again what drafts and activity say.
    panels[:] = [panel for panel in panels if not isinstance(panel, RecentEditsPanel)]
    panels += [
        ShortcutsPanel(),
        ApprovalsPanel(),
        FirstStepsPanel(),
        RegistersPanel(),
        DraftsPanel(),
        ImportsPanel(),
        ActivityPanel(),
    ]


@hooks.register("construct_help_menu")
def construct_help_menu(request: Any, items: list[Any]) -> None:
    items[:] = [item for item in items if item.name not in _ABOUT_WAGTAIL and "wagtail" not in item.name]


@hooks.register("construct_main_menu")
def construct_main_menu(request: Any, items: list[Any]) -> None:
    """Leave out what the role has no use for: reports are about pages."""
    if not page_permission_policy.user_has_any_permission(request.user, {"add", "change", "publish"}):
        items[:] = [item for item in items if item.name != "reports"]


@hooks.register("insert_global_admin_css")
def insert_global_admin_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("backoffice/backoffice.css"))
