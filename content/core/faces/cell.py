"""How one value of a register row reads: the same words in tables, cards, details, back office and PDF."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from content.core import divisions
from content.core.register import Column, Register


def show(register: Register, column: Column, row: Any) -> str:
    """Return the column's value of a row in the reader's language; an empty string for nothing."""
    field = register.model_field(column)
    value = getattr(row, field.attname)
    if value in (None, ""):
        return ""
    if column.field == "division":
        return divisions.full_names().get(value, value)
    if field.is_relation:
        return _reference(column, getattr(row, column.field))
    if field.choices:
        return str(getattr(row, f"get_{column.field}_display")())
    if column.upper:
        upper = getattr(row, column.upper)
        return number(value) if upper in (None, value) else f"{number(value)}–{number(upper)}"
    return plain(value)


def _reference(column: Column, other: Any) -> str:
    """A column that names another register's row by its code shows the code, any other the name."""
    if column.name and column.lookups:
        return str(getattr(other, column.lookups[0]) or "")
    return str(other)


def plain(value: Any) -> str:
    """Return a bare value as people write it: 是/否, 2023年4月12日, 280 instead of 280.00."""
    if isinstance(value, bool):
        return _("value yes") if value else _("value no")
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return formats.date_format(value, "DATE_FORMAT")
    if isinstance(value, Decimal):
        return number(value)
    return str(value)


def number(value: Decimal | int) -> str:
    """Return a number without needless zeros: 280.00 → 280, 120.50 → 120.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
