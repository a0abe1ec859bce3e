"""XLSX through the Rust writer, which keeps one row in memory: typed cells, a bold header that stays in view and filters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any

from rustpy_xlsxwriter import FastExcel, Format

from .by_column import ByColumn
from .formulas import are_plain, harmless

_SAMPLE = 200
_NARROWEST, _WIDEST = 8, 48
_ARROW = 3  # room for the arrow of the filter beside the header
_LONGEST_CELL = 32_767  # Excel's limit
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_FORMATS = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm"}
_TEXTS = {str, type(None)}
_AS_THEY_ARE = {int, float, date, type(None)}
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_xlsx(
    path: Path, headers: Sequence[str], rows: Iterable[Sequence[Any]], *, text: Collection[str] = (), title: str = ""
) -> int:
    rows = iter(rows)
    sample = list(islice(rows, _SAMPLE))
    cells = ByColumn(chain(sample, rows), _cells)
    names = [_cell(header) for header in headers]
    records: Iterator[dict[str, Any]] = (dict(zip(names, row, strict=True)) for row in cells)
    if not sample:
        records = iter([dict.fromkeys(names)])  # the writer takes the header from the first row
    by_name = dict(zip(headers, names, strict=True))
    as_text = [by_name[header] for header in headers if header in text]
    sheet_name = _NOT_IN_NAMES.sub(" ", title)[:31].strip().strip("'") or "Sheet1"
    excel = FastExcel(str(path), output_format="xlsx").format(datetime_format="yyyy-mm-dd").freeze(row=1)
    excel.sheet(
        sheet_name,
        records,
        column_widths=[_width(header, at, sample) for at, header in enumerate(headers)],
        column_formats=_formats(names, sample, as_text),
        header_format=Format().set_bold(),
        ignore_errors=as_text or None,
        autofilter=True,
    ).save()
    return cells.count


def _cells(column: Sequence[Any]) -> Sequence[Any]:
    kinds = set(map(type, column))
    if kinds <= _AS_THEY_ARE or (kinds <= _TEXTS and are_plain(column, longest=_LONGEST_CELL)):
        return column
    return [_cell(cell) for cell in column]


def _cell(cell: Any) -> Any:
    if isinstance(cell, str):
        return harmless(_UNFIT.sub("", cell)[:_LONGEST_CELL])
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, Decimal):
        return float(cell)
    if isinstance(cell, datetime) and cell.tzinfo:
        return cell.replace(tzinfo=None)
    return cell


def _formats(names: Sequence[str], sample: Sequence[Sequence[Any]], as_text: Collection[str]) -> dict[str, Any]:
    formats: dict[str, Any] = {name: Format().set_num_format("@") for name in as_text}
    for at, name in enumerate(names):
        kinds = {type(row[at]) for row in sample if row[at] is not None}
        if len(kinds) == 1 and (pattern := _FORMATS.get(kinds.pop())):
            formats[name] = Format().set_num_format(pattern)
    return formats


def _width(header: str, at: int, sample: Sequence[Sequence[Any]]) -> float:
    """Return a width in characters: a Han character takes two; longest line of the header and of the first rows."""
    widest = max(
        (_columns(line) for text in (header, *(row[at] for row in sample)) for line in str(text or "").split("\n")[:3]),
        default=0,
    )
    return float(min(max(widest + _ARROW, _NARROWEST), _WIDEST))


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text[:_WIDEST])
