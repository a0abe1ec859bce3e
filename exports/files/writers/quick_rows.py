"""Rows of a sheet written as XML past XlsxWriter's cell by cell calls, which take four times as long.

For a workbook opened with `constant_memory`: its head is written as usual, then the rows below through `QuickRows` alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from html import escape
from math import isfinite
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from content.core.cleaning.cell import FORMULA_STARTS

from .formulas import harmless

_LONGEST_CELL = 32_767  # Excel's limit
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SUSPECT = FORMULA_STARTS | {" "}
_MARKUP = re.compile("[&<>]")
_DAY_ZERO, _FIRST_DAY = date(1899, 12, 30), date(1900, 3, 1)  # before it, Excel's calendar has a day that never was
Styled = tuple[Any, Any]
"""A value (str, int, float, bool, date, datetime or None) and its format (or None)."""


class QuickRows:
    """Writes rows below the head of a sheet. first: the index of the first of them; every row below it is written here."""

    def __init__(self, sheet: Any, first: int) -> None:
        sheet._write_single_row(first)  # the last row of the head
        self.sheet, self.at = sheet, first
        self._letters: list[str] = []
        self._styles: dict[Any, str] = {None: ""}

    def write(self, cells: Iterable[Styled]) -> None:
        row = self.at + 1
        parts = [f'<row r="{row}">']
        for at, (value, style) in enumerate(cells):
            if at == len(self._letters):
                self._letters.append(xl_col_to_name(at))
            mark = self._styles.get(style)
            if mark is None:
                mark = self._styles[style] = f' s="{style._get_xf_index()}"'
            parts.append(_cell(f'<c r="{self._letters[at]}{row}"{mark}', value))
        parts.append("</row>")
        self.sheet.fh.write("".join(parts))
        self.at = row
        self.sheet.dim_rowmax = max(self.sheet.dim_rowmax or 0, self.at - 1)
        self.sheet.dim_colmax = max(self.sheet.dim_colmax or 0, len(self._letters) - 1)

    def close(self) -> None:
        """Nothing more comes: let the sheet end behind these rows."""
        self.sheet.previous_row = self.at


def _cell(start: str, value: Any) -> str:
    kind = value.__class__
    if kind is str:
        return _text(start, value) if value else f"{start}/>"
    if value is None:
        return f"{start}/>"
    if kind is bool:
        return f'{start} t="b"><v>{int(value)}</v></c>'
    if kind is int or (kind is float and isfinite(value)):
        return f"{start}><v>{value!r}</v></c>"
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        if day >= _FIRST_DAY:
            return f"{start}><v>{(day - _DAY_ZERO).days + _fraction(value):.10g}</v></c>"
        return _text(start, value.isoformat())
    return _text(start, str(value))


def _fraction(value: date) -> float:
    if not isinstance(value, datetime):
        return 0.0
    return (datetime.combine(date.min, value.time()) - datetime.combine(date.min, time())).total_seconds() / 86_400


def _text(start: str, text: str) -> str:
    if not text.isprintable() or text[:1] in _SUSPECT:
        text = harmless(_UNFIT.sub("", text))  # never a formula
    text = text[:_LONGEST_CELL]
    if _MARKUP.search(text):
        text = escape(text, quote=False)
    keep = ' xml:space="preserve"' if text != text.strip() else ""
    return f'{start} t="inlineStr"><is><t{keep}>{text}</t></is></c>'
