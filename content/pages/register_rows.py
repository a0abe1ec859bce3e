"""Reads rows of a register for a list inside a page: published rows, public columns, nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, ForeignKey, IntegerField, Model, QuerySet, Value, When

from content.core import divisions
from content.core.faces.cell import show
from content.core.models import Division
from content.core.register import Column, Register, get_register, registers


@dataclass(frozen=True)
class Row:
    url: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """What a list block shows. `total` counts all rows that match, `rows` holds the first `limit` of them."""

    register: Register
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    total: int


def find_division(text: str) -> Division | None:
    """Return the division of a code, full name, or name that only one division has; else None."""
    found = Division.objects.filter(code=text.strip()) or Division.objects.filter(full_name=text.strip())
    found = found or Division.objects.filter(name=text.strip())[:2]
    return found[0] if len(found) == 1 else None


def table(value: Mapping[str, Any]) -> Table | None:
    """Return the table of a list block's value; None when its register is gone or not chosen yet."""
    register = {register.slug: register for register in registers()}.get(value.get("register") or "")
    if not register:
        return None
    columns = _columns(register, value.get("columns") or ())
    queryset = register.public_rows().filter(**_conditions(register, value.get("filters") or ()))
    if value.get("division"):
        division = find_division(value["division"])
        queryset = queryset.filter(divisions.within([division.code] if division else []))
    return _table(register, columns, queryset.order_by(*register.ordering), limit=value.get("limit") or 20)


def chosen(slug: str, keys: Sequence[Any], *, columns: Sequence[str]) -> Table:
    """Return a table of the rows with these primary keys, in their order; unpublished ones are left out."""
    register = get_register(slug)
    place = Case(*(When(pk=key, then=Value(number)) for number, key in enumerate(keys)), output_field=IntegerField())
    queryset = register.public_rows().filter(pk__in=keys).order_by(place)
    return _table(register, [c for key in columns if (c := register.by_key[key]).public], queryset, limit=len(keys))


def counts() -> list[tuple[Register, int]]:
    """Return every register with public rows and how many there are, in the order of the menus."""
    counted = [(register, register.public_rows().count()) for register in registers()]
    return [(register, count) for register, count in counted if count]


def _table(register: Register, columns: Sequence[Column], queryset: QuerySet[Any], *, limit: int) -> Table:
    references = [column.field for column in columns if isinstance(register.model_field(column), ForeignKey)]
    return Table(
        register=register,
        headers=tuple(str(register.label(column)) for column in columns),
        rows=tuple(
            Row(_url(row), tuple(cell(register, column, row) for column in columns))
            for row in queryset.select_related(*references)[:limit]
        ),
        total=queryset.count(),
    )


def cell(register: Register, column: Column, row: Model) -> str:
    """Return what a reader sees of one value, nothing as a dash."""
    return show(register, column, row) or "—"


def _columns(register: Register, chosen: Any) -> list[Column]:
    keys = [item.partition(".")[2] for item in chosen if item and item.partition(".")[0] == register.slug]
    public = {column.key: column for column in register.public_columns}
    return [public[key] for key in keys if key in public] or [c for c in register.public_columns if c.listed]


def _conditions(register: Register, chosen: Any) -> dict[str, Any]:
    """Choices of one column widen (either of them), choices of two columns narrow (both)."""
    public = {column.key: column for column in register.public_columns}
    wanted: dict[str, list[str]] = {}
    for item in chosen:
        slug, _dot, condition = (item or "").partition(".")
        key, _equals, choice = condition.partition("=")
        if slug == register.slug and key in public:
            wanted.setdefault(f"{public[key].field}__in", []).append(choice)
    return wanted


def _url(row: Model) -> str:
    return row.get_absolute_url() if hasattr(row, "get_absolute_url") else ""
