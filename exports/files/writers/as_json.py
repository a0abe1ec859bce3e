"""JSON: an array of objects, one line each, header → value; nothing is escaped, since nothing runs it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any


def write_json(
    path: Path, headers: Sequence[str], rows: Iterable[Sequence[Any]], *, text: Collection[str] = (), title: str = ""
) -> int:
    count = 0
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("[")
        for count, row in enumerate(rows, 1):
            file.write(("\n" if count == 1 else ",\n") + encode(dict(zip(headers, row, strict=True))))
        file.write("\n]\n")
    return count


def _plain(cell: Any) -> Any:
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    raise TypeError(f"{type(cell).__name__} in a table")
