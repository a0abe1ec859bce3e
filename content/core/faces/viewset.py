"""The back office of a register: an ordinary `SnippetViewSet` made from its declaration.

To change one face of one register, subclass what `build_viewset` returns and hand it back in the declaration as
`faces={"viewset": …}`.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst
from wagtail import hooks
from wagtail.snippets.views import snippets
from wagtail.snippets.views.snippets import SnippetViewSet

from content.core.jurisdiction import may_see_personal_data, rows_for
from content.core.register import Register

from .chooser import RegisterChooserViewSet
from .display import display
from .editing import EditView, HistoryView
from .forms import build_edit_handler
from .listing import IndexView
from .listing_filters import build_listing_filterset
from .scoped import CopyView, DeleteView, scoped
from .sections import sections


class InspectView(snippets.InspectView):
    """Every column, in the sections of the form; below each value where it came from.

    Whoever knows that says so by the hook `register_value_origins`: fn(register, row, columns, request) → column key →
    HTML.
    """

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        register, personal = self.model.register, may_see_personal_data(self.request.user)
        columns = [column for column in register if personal or not column.personal]
        origins: dict[str, Any] = {}
        for hook in hooks.get_hooks("register_value_origins"):
            origins |= hook(register, self.object, columns, self.request)
        shown = [
            {
                "title": section.title,
                "rows": [
                    (capfirst(register.label(column)), display(register, self.object, column), origins.get(column.key))
                    for column in section.columns
                    if column in columns
                ],
            }
            for section in sections(register)
        ]
        public_url = ""
        if hasattr(self.object, "get_absolute_url") and register.public_rows().filter(pk=self.object.pk).exists():
            public_url = self.object.get_absolute_url()
        return super().get_context_data(
            sections=[section for section in shown if section["rows"]], public_url=public_url, **kwargs
        )

    def get_fields_context(self) -> list[Any]:
        return []


class RegisterViewSet(SnippetViewSet):
    """What the viewsets of all registers share."""

    register: Register
    index_view_class = IndexView
    inspect_view_class = InspectView
    edit_view_class = EditView
    history_view_class = HistoryView
    copy_view_class = CopyView
    delete_view_class = DeleteView
    chooser_viewset_class = RegisterChooserViewSet
    inspect_view_enabled = True
    inspect_template_name = "core/register_inspect.html"
    index_results_template_name = "core/register_index_results.html"
    list_per_page = 50
    sort_order_field = None

    def get_queryset(self, request: Any) -> QuerySet[Any]:
        return rows_for(request.user, self.model)

    def construct_view(self, view_class: type, **kwargs: Any) -> Any:
        return super().construct_view(scoped(view_class), **kwargs)


def build_viewset(register: Register) -> type[RegisterViewSet]:
    """Return the viewset class of a register, to be registered once."""
    if "viewset" in register.faces:
        return register.faces["viewset"]
    return type(
        f"{register.model.__name__}ViewSet",
        (RegisterViewSet,),
        {
            "model": register.model,
            "register": register,
            "icon": register.icon,
            "base_url_path": f"registers/{register.slug}",
            "chooser_base_url_path": f"registers/{register.slug}/choose",
            "ordering": register.ordering,
            "edit_handler": build_edit_handler(register),
            "filterset_class": build_listing_filterset(register),
        },
    )
