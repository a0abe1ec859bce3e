"""The back-office listing of a register: columns, search, header buttons."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from wagtail import hooks
from wagtail.admin.ui.tables import Column as TableColumn
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views import snippets

from content.core.chinese import narrow
from content.core.jurisdiction import codes_of, may_see_personal_data
from content.core.register import Column, Register

from .display import display, joined


def matching(register: Register, rows: QuerySet[Any], query: str) -> QuerySet[Any]:
    """Narrow rows to those that hold every word of the query: in a searchable column, in pinyin or in a code.

    Reads the columns themselves, not the search index: what was imported a moment ago is found at once, and two
    letters of a code or of initials are enough.
    """
    codes = [name for name in ("code", "credit_code") if name in register.by_key]
    for word in narrow(query).lower().split():
        condition = Q(search_text__icontains=word)
        for field in codes:
            condition |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(condition)
    return rows


def title_column(register: Register) -> Column:
    """Return the listed column that names a row: its title if listed, else the first reference, else the first."""
    listed = [column for column in register if column.listed]
    by_title = [c for c in listed if c.field == register.title_field]
    by_reference = [c for c in listed if register.model_field(c).is_relation and c.field != "division"]
    return (by_title or by_reference or listed)[0]


def listed_columns(register: Register) -> tuple[Column, ...]:
    first = title_column(register)
    return (first, *(column for column in register if column.listed and column is not first))


class IndexView(snippets.IndexView):
    @property
    def register(self) -> Register:
        return self.model.register

    @cached_property
    def list_display(self) -> list[TableColumn]:
        first, *others = listed_columns(self.register)
        title_class = self._get_title_column_class(TitleColumn)
        return [
            title_class(
                first.key,
                label=str(self.register.label(first)),
                accessor=lambda row: display(self.register, row, first),
                get_url=lambda row: self.get_edit_url(row) or self.get_inspect_url(row),
                get_title_id=lambda row: f"snippet_{row.pk}_title",
                sort_key="pinyin",
            ),
            *(
                self._cell(column)
                for column in others
                if not column.personal or may_see_personal_data(self.request.user)
            ),
        ]

    def _cell(self, column: Column) -> TableColumn:
        is_reference = self.register.model_field(column).is_relation
        return TableColumn(
            column.key,
            label=str(self.register.label(column)),
            accessor=lambda row: display(self.register, row, column),
            sort_key=f"{column.field}_id" if is_reference else column.field,
        )

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return matching(self.register, queryset, self.search_query) if self.is_searching else queryset

    def get_base_queryset(self) -> QuerySet[Any]:
        rows = super().get_base_queryset()
        return joined(self.register, rows, listed_columns(self.register)).defer("search_text")

    @cached_property
    def header_buttons(self) -> list[Button]:
        """Our own, then those of other rooms: `register_register_buttons`, a Wagtail hook fn(register, request)."""
        buttons = [
            button
            for hook in hooks.get_hooks("register_register_buttons")
            for button in hook(self.register, self.request)
        ]
        return [*super().header_buttons, *buttons]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        without_division = codes_of(self.request.user) == []
        return super().get_context_data(*args, without_division=without_division, **kwargs)
