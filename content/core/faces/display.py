"""What a person reads in one cell of a register, wherever it is shown in the back office."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from content.core.models import Division
from content.core.register import Column, Register

from .cell import show

EMPTY = "—"


def is_division(register: Register, column: Column) -> bool:
    return register.model_field(column).related_model is Division


def joined(register: Register, rows: QuerySet[Any], columns: tuple[Column, ...]) -> QuerySet[Any]:
    """Join what the cells of `columns` refer to, so that no cell asks the database; divisions are known by heart."""
    fields = [c.field for c in columns if register.model_field(c).is_relation and not is_division(register, c)]
    return rows.select_related(*dict.fromkeys(fields)) if fields else rows


def display(register: Register, row: Any, column: Column) -> str:
    """Return the cell as the public reads it, nothing as a dash."""
    return show(register, column, row) or EMPTY
