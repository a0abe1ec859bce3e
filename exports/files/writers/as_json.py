"""JSON: an array of objects, one line each, header → value; JSON Lines: the objects alone. Nothing is escaped, since nothing runs it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any


def write_json(
    path: Path, headers: Sequence[str], rows: Iterable[Sequence[Any]], *, text: Collection[str] = (), title: str = ""
) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("[")
        for count, line in enumerate(_lines(headers, rows), 1):
            file.write(("\n" if count == 1 else ",\n") + line)
        file.write("\n]\n")
    return count


def write_jsonl(
    path: Path, headers: Sequence[str], rows: Iterable[Sequence[Any]], *, text: Collection[str] = (), title: str = ""
) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        for line in _lines(headers, rows):
            file.write(line + "\n")
            count += 1
    return count


def _lines(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode
    for row in rows:
        yield encode(dict(zip(headers, row, strict=True)))


def _plain(cell: Any) -> Any:
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    raise TypeError(f"{type(cell).__name__} in a table")
