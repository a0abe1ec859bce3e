"""The public table of a register: `build_table(register)` returns an ordinary django-tables2 Table.

Columns are the register's public, listed ones. Its template (components/table.html) is ours, since the stock ones
have no caption, scope or aria-sort. Sorting goes through the database with empty values last, and a page number
out of range is brought back into it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import Any

import django_tables2
from django.core.paginator import Paginator
from django.db import models
from django.db.models import F, QuerySet

from content.core.models import RegisterRow
from content.core.register import Column, Register

from .cell import show

SORT_FIELD = "sort"
PAGE_SIZE = 24


class PolitePaginator(Paginator):
    """Takes any page number: what is no number is the first page, what lies beyond is the last.

    rows: how many there are, known beforehand.
    """

    def __init__(self, *args: Any, rows: Callable[[], int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows

    @cached_property
    def count(self) -> int:
        return self.rows()

    def validate_number(self, number: Any) -> int:
        try:
            wanted = int(number)
        except (TypeError, ValueError, OverflowError):
            return 1
        return min(max(wanted, 1), self.num_pages)


class RegisterColumn(django_tables2.Column):
    """A cell reads as everywhere (see cell.py); sorting puts empty values last, whichever the direction."""

    def __init__(self, register: Register, column: Column, **kwargs: Any) -> None:
        field = register.model_field(column)
        self.register_column, self.register = column, register
        self.is_number = isinstance(field, models.IntegerField | models.DecimalField) and not field.choices
        super().__init__(
            verbose_name=register.label(column),
            accessor=field.attname,  # the key, which costs no query; `render` reads the rest
            empty_values=(),
            attrs={"cell": {"class": "number"}} if self.is_number else {},
            **kwargs,
        )

    def render(self, record: Any) -> str:
        return show(self.register, self.register_column, record)

    def order(self, queryset: QuerySet[Any], is_descending: bool) -> tuple[QuerySet[Any], bool]:
        name = sort_field(self.register, self.register_column)
        first = F(name).desc(nulls_last=True) if is_descending else F(name).asc(nulls_last=True)
        return queryset.order_by(first, "pinyin", "pk"), True


def sort_field(register: Register, column: Column) -> str:
    """Return the field that sorts a column: names go by pinyin, references by their own pinyin."""
    if column.field == register.title_field:
        return "pinyin"
    field = register.model_field(column)
    other = field.related_model
    return f"{column.field}__pinyin" if isinstance(other, type) and issubclass(other, RegisterRow) else field.attname


class RegisterTable(django_tables2.Table):
    """Base of the derived tables."""

    register: Register

    class Meta:
        template_name = "components/table.html"
        order_by_field = SORT_FIELD
        per_page = PAGE_SIZE
        empty_text = ""


def known_sort(table: type[Any], text: str) -> str:
    """Return a sorting of the address (`price`, `-price`) when the table has such a column, else nothing."""
    return text if text.removeprefix("-") in table.base_columns else ""


@lru_cache
def _built(model: type[Any]) -> type[RegisterTable]:
    register: Register = model.register
    columns = {
        column.key: RegisterColumn(register, column, linkify=register.pages and column.field == register.title_field)
        for column in register.public_columns
        if column.listed
    }
    meta = type("Meta", (RegisterTable.Meta,), {"model": model, "fields": tuple(columns), "sequence": tuple(columns)})
    return type(f"{model.__name__}Table", (RegisterTable,), {"register": register, "Meta": meta, **columns})


def build_table(register: Register) -> type[Any]:
    """Return the register's Table: its own of `faces["table"]`, else the derived one."""
    return register.faces.get("table") or _built(register.model)
