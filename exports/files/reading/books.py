"""Workbooks, by the Rust parser; and beside it what that keeps silent about."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from .answering import NOTHING, Answer, Order, Row, Unsaid

UNCOMPUTED = "#未计算!"  # a formula whose result the writing program did not keep


def read_book(path: str, kind: str, order: Order, answer: Answer) -> None:
    import python_calamine

    silent = _silences(path, kind, order)  # first, for it finds cells too many before they take memory
    # The parser goes by the name: called otherwise, it cannot tell a password from damage.
    link = os.path.join(order["scratch"], "book." + kind)
    os.symlink(path, link)
    workbook = python_calamine.load_workbook(link)
    for position, about in enumerate(workbook.sheets_metadata):
        if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        unsaid = silent.of(about.name) if silent else NOTHING
        sheet = workbook.get_sheet_by_index(position)
        merged = [[r1 + 1, c1, r2 + 1, c2] for (r1, c1), (r2, c2) in sheet.merged_cell_ranges or []]
        hidden = about.visible != python_calamine.SheetVisibleEnum.Visible
        answer.sheet(about.name, _rows(sheet, unsaid), hidden=hidden, merged=merged, unsaid=unsaid)


def _silences(path: str, kind: str, order: Order) -> Any:
    if kind in ("xlsx", "xlsm"):
        from .xlsx import Silences as OfXlsx

        return OfXlsx(path, order)
    if kind == "xls":
        from .xls import Silences as OfXls

        return OfXls(path)
    if kind == "ods":
        from .ods import Silences as OfOds

        return OfOds(path)
    return None


def _rows(sheet: Any, unsaid: Unsaid) -> Iterator[Row]:
    """Yield rows with their number in the file; the parser leaves out empty columns on the left."""
    lost = unsaid.cells
    number, left = 0, [None] * (sheet.start[1] if sheet.start else 0)
    for number, cells in enumerate(sheet.iter_rows() if sheet.start else (), 1):
        yield number, _mended(left + cells if left else cells, lost.get(number))
    for below in sorted(row for row in lost if row > number):
        yield below, _mended([], lost[below])


def _mended(cells: list[Any], lost: dict[int, str] | None) -> list[Any]:
    for column, text in (lost or {}).items():
        cells.extend([None] * (column + 1 - len(cells)))
        cells[column] = text
    return cells
