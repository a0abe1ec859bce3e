"""What a person reads in one cell of a register, wherever it is shown in the back office."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from content.core import divisions
from content.core.models import Division
from content.core.register import Column, Register

EMPTY = "—"


def is_division(register: Register, column: Column) -> bool:
    return register.model_field(column).related_model is Division


def joined(register: Register, rows: QuerySet[Any], columns: tuple[Column, ...]) -> QuerySet[Any]:
    """Join what the cells of `columns` refer to, so that no cell asks the database; divisions are known by heart."""
    fields = [c.field for c in columns if register.model_field(c).is_relation and not is_division(register, c)]
    return rows.select_related(*dict.fromkeys(fields)) if fields else rows


def display(register: Register, row: Any, column: Column) -> str:
    """Return the cell as text: choices by their names, divisions in full, ranges as 280–320, nothing as a dash."""
    if is_division(register, column):
        code = getattr(row, register.model_field(column).attname)
        return divisions.full_names().get(code, code) or EMPTY
    if register.model_field(column).choices:
        return str(getattr(row, f"get_{column.field}_display")() or EMPTY)
    text = plain(getattr(row, column.field))
    if column.upper and getattr(row, column.upper) not in (None, getattr(row, column.field)):
        return f"{text}–{plain(getattr(row, column.upper))}"
    return text


def plain(value: Any) -> str:
    """Return a value as people write it: 280 for 280.00, 是 for true, 2023年4月12日 for a date."""
    match value:
        case None | "":
            return EMPTY
        case bool():
            return _("yes") if value else _("no")
        case Decimal():
            return format(value.normalize(), "f")
        case datetime():
            return date_format(timezone.localtime(value), "DATETIME_FORMAT")
        case date():
            return date_format(value, "DATE_FORMAT")
        case _:
            return str(value)
