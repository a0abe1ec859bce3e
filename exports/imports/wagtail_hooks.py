"""The import centre in the back office: addresses, menu item, button on every register, words of the history."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import LogFormatter

from content.core.models import RegisterLogEntry
from content.core.register import Column, Register

from . import journal, urls
from .origins import EDITED, origins_of
from .permissions import importable_registers, may_import


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [path("imports/", include(urls))]


class ImportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(importable_registers(request.user))


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return ImportMenuItem(
        gettext_lazy("Import centre"), reverse("imports:index"), name="imports", icon_name="upload", order=250
    )


@hooks.register("register_register_buttons")
def import_button(register: Register, request: HttpRequest) -> list[HeaderButton]:
    if not may_import(request.user, register):
        return []
    return [HeaderButton(_("Import rows"), reverse("imports:upload", args=[register.slug]), icon_name="upload")]


@hooks.register("register_value_origins")
def value_origins(register: Register, instance: Any, columns: list[Column], request: HttpRequest) -> dict[str, str]:
    """Say under each value of a record which file, row and person it came from."""
    found = origins_of(register, instance, user=request.user, columns=columns)
    return {key: render_to_string("imports/origin.html", {"origin": origin}) for key, origin in found.items()}


@hooks.register("before_edit_snippet")
def tell_of_differences(request: HttpRequest, instance: Any) -> None:
    """Say on the edit form of a draft where an import has written other values meanwhile."""
    if request.method != "GET" or not getattr(instance, "has_unpublished_changes", False):
        return
    entries = RegisterLogEntry.objects.for_instance(instance).filter(action=journal.DRAFT)
    entry = entries.order_by("-timestamp", "-pk").first()
    edits = RegisterLogEntry.objects.for_instance(instance).filter(action=EDITED)
    if entry is None or edits.filter(timestamp__gt=entry.timestamp).exists():  # its author has looked at it since
        return
    names = [str(instance._meta.get_field(name).verbose_name) for name in entry.data.get("fields", [])]
    text = _("Import %(import)s (%(file)s, row %(row)s) has written other values than this draft in: %(fields)s. Publishing the draft brings the draft's values back; correct them first if the import is right.")  # fmt: skip
    messages.warning(request, text % (entry.data | {"fields": "、".join(names)}))


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    messages = {
        journal.CREATED: (gettext_lazy("Added by import"), gettext_lazy("Added by import %(import)s, row %(row)s of %(file)s")),
        journal.CHANGED: (gettext_lazy("Changed by import"), gettext_lazy("Changed by import %(import)s, row %(row)s of %(file)s")),
        journal.DRAFT: (gettext_lazy("Draft differs from import"), gettext_lazy("A pending draft kept its own values where import %(import)s, row %(row)s of %(file)s, wrote others")),
        journal.RESTORED: (gettext_lazy("Import undone"), gettext_lazy("Put back: import %(import)s (row %(row)s of %(file)s) was undone")),
        journal.RETIRED: (gettext_lazy("Retired by import"), gettext_lazy("Retired by import %(import)s: %(file)s does not hold it")),
        journal.REINSTATED: (gettext_lazy("Import undone"), gettext_lazy("No longer retired: import %(import)s of %(file)s was undone")),
        journal.REMOVED: (gettext_lazy("Removed by undoing an import"), gettext_lazy("Removed: import %(import)s (row %(row)s of %(file)s) was undone")),
    }  # fmt: skip
    messages["imports.download"] = (
        gettext_lazy("File of an import downloaded"),
        gettext_lazy("Downloaded the file of import %(import)s"),
    )
    for action, (label, message) in messages.items():
        actions.register_action(action)(_formatter(label, message))


def _formatter(short: Any, long: Any) -> type[LogFormatter]:
    class Formatter(LogFormatter):
        label = short

        def format_message(self, log_entry: Any) -> str:
            data = log_entry.data
            return str(long) % (data | {"row": f"{data['sheet']}!{data['row']}"} if "sheet" in data else data)

    return Formatter
