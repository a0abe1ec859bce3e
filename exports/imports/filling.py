"""Cells that stand for the one above: 同上, and the lower cells of a merged range."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from exports.files import Sheet

Row = tuple[int, list[Any]]
_SIGNS = ("同上", "〃", "同 上", "″")
_DITTO = re.compile(r"\s*(?:[(（]?\s*同\s*上\s*[)）]?|〃|″)\s*")


def filled_rows(sheet: Sheet, columns: Collection[int]) -> Iterable[Row]:
    """Return the rows of a sheet, with the cell above where a cell only refers to it.

    columns: indexes of those in which a merged cell stands for every row it covers. A merged number is not repeated: it
    counts all rows of the range together. 同上 is meant by its writer, in whichever column it stands. Sheets without such cells, which are
    most, are passed through as they are.
    """
    down = [merged for merged in sheet.merged if merged.last_row > merged.first_row]
    if not down and not sheet.rows.mention(*_SIGNS):
        return sheet.rows
    above: dict[int, list[int]] = {}
    for merged in down:
        if merged.first_column not in columns:
            continue
        for row in range(merged.first_row + 1, merged.last_row + 1):
            above.setdefault(row, []).append(merged.first_column)
    return _filled(sheet.rows, above)


def _filled(rows: Iterable[Row], merged: dict[int, list[int]]) -> Iterator[Row]:
    previous: list[Any] = []
    for number, cells in rows:
        for column in merged.get(number, ()):
            if column < len(previous) and cells[column] in (None, "") and not _counts(previous[column]):
                cells[column] = previous[column]
        for column, cell in enumerate(cells):
            if cell.__class__ is str and len(cell) < 10 and _DITTO.fullmatch(cell) and column < len(previous):
                cells[column] = previous[column]
        previous = cells
        yield number, cells


def _counts(cell: Any) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)
