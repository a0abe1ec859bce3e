"""The edit form and the history of a row: what a person changes by hand is told field by field, as imports tell it."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views import snippets

from .scoped import InScope


class EditView(InScope, snippets.EditView):
    def save_instance(self) -> Any:
        self.form.instance.changed_fields = [name for name in self.form.changed_data if name != "comments"]
        return super().save_instance()


class HistoryView(InScope, snippets.HistoryView):
    """Who did what when; and the way to where each value came from."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        inspect = reverse(self.model.snippet_viewset.get_url_name("inspect"), args=[quote(self.object.pk)])
        button = HeaderButton(_("Where each value came from"), inspect, icon_name="list-ul")
        return [*super().header_buttons, button]
