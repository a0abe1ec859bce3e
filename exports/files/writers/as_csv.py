"""CSV as Excel in China opens it: UTF-8 with a byte order mark, CRLF, harmless texts."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from .by_column import ByColumn
from .formulas import are_plain, harmless

_TEXTS = {str, type(None)}
_AS_THEY_ARE = {int, float, type(None)}


def write_csv(
    path: Path, headers: Sequence[str], rows: Iterable[Sequence[Any]], *, text: Collection[str] = (), title: str = ""
) -> int:
    cells = ByColumn(rows, _cells)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([harmless(header) for header in headers])
        writer.writerows(cells)
    return cells.count


def _cells(column: Sequence[Any]) -> Sequence[Any]:
    kinds = set(map(type, column))
    if kinds <= _AS_THEY_ARE or (kinds <= _TEXTS and are_plain(column)):
        return column
    return [_text(cell) for cell in column]


def _text(cell: Any) -> Any:
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return cell
