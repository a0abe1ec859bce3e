"""The back office's export: its address, its button on every register's listing, its line in the log."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import LogFormatter

from content.core.jurisdiction import may_export
from content.core.register import Register

from .services import LOG_ACTION
from .views import export, export_file, export_job, export_status


@hooks.register("register_admin_urls")
def export_urls() -> list[URLPattern]:
    return [
        path("exports/jobs/<int:number>/", export_job, name="register_export_job"),
        path("exports/jobs/<int:number>/status/", export_status, name="register_export_status"),
        path("exports/jobs/<int:number>/file/", export_file, name="register_export_file"),
        path("exports/<slug:slug>/", export, name="register_export"),
    ]


@hooks.register("register_register_buttons")
def export_button(register: Register, request: Any) -> list[HeaderButton]:
    if not may_export(request.user, register):
        return []
    query = request.GET.urlencode()
    address = reverse("register_export", args=[register.slug])
    return [
        HeaderButton(
            _("Export register"), url=f"{address}?{query}" if query else address, icon_name="download", priority=60
        )
    ]


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    @actions.register_action(LOG_ACTION)
    class ExportLog(LogFormatter):
        label = gettext_lazy("Export register rows")

        def format_message(self, entry: Any) -> str:
            data = entry.data
            message = _("Exported %(rows)s rows of “%(register)s” as %(format)s") % data
            if data.get("filters"):
                message += _(", filtered by %(filters)s") % data
            if data.get("personal"):
                columns = "、".join(data.get("personal_columns", ()))
                message += _(", with personal data (%(columns)s); reason: %(reason)s") % (data | {"columns": columns})
            return message
