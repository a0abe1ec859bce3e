"""Cells as the sender wrote them, kept as JSON (`ImportRow.raw`) so that they can be checked again without the file.

A date is kept as `{"date": "2023-04-12"}`: the text 2023-04-12 in a cell means something else to some columns.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from pydantic_core import PydanticSerializationError, to_json

_KNOWN = frozenset((str, int, float, bool, type(None)))


def as_json(value: Any) -> Any:
    """Return what JSON keeps of a value that it does not know: a tagged date, else its text."""
    return {"date": value.isoformat()} if isinstance(value, date) else str(value)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=as_json).encode


def dump(value: Any) -> str:
    """Return what is kept of a staged row as the text of its JSON."""
    return _storable(_encode(value))


def dump_values(values: Sequence[Any]) -> str:
    """Return the text of the JSON of a row of `RowShape.encode`, which holds what JSON knows; a third of the time."""
    try:
        return _storable(to_json(values, inf_nan_mode="constants").decode())
    except PydanticSerializationError:  # half of a surrogate pair
        return dump(values)


def dump_cells(cells: Sequence[Any]) -> str:
    """Return the text of the JSON of a row as it was read: quickly, unless it holds dates."""
    return dump_values(cells) if _KNOWN.issuperset(map(type, cells)) else dump(cells)


def _storable(text: str) -> str:
    # PostgreSQL takes no NUL in a text.
    return text.replace("\\u0000", "") if "\\u0000" in text else text


def cell_of(raw: Sequence[Any], index: int) -> Any:
    """Return the cell of a kept row as it was read; None beyond the row's end."""
    return _restored(raw[index]) if index < len(raw) else None


def row_of(raw: Iterable[Any]) -> list[Any]:
    """Return a kept row as it was read."""
    return [_restored(cell) for cell in raw]


def text_of(cell: Any) -> str:
    """Return a cell as people see it."""
    cell = _restored(cell)
    return "" if cell is None else str(cell)


def _restored(cell: Any) -> Any:
    if cell.__class__ is not dict:
        return cell
    iso: str = cell["date"]
    return date.fromisoformat(iso) if len(iso) == 10 else datetime.fromisoformat(iso)
