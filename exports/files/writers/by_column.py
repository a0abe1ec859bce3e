"""Cells made ready for a file a column of many rows at a time: most such columns need nothing, which is seen at one look."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

_ROWS = 200  # so few stay in the processor's cache, and so many make the looks cheap
Convert = Callable[[Sequence[Any]], Iterable[Any]]
"""Makes the cells of one column, of some rows, ready."""


class ByColumn:
    """Rows whose cells are made ready column by column; `count`: how many were taken so far."""

    def __init__(self, rows: Iterable[Sequence[Any]], convert: Convert) -> None:
        self.rows, self.convert, self.count = iter(rows), convert, 0

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        while some := list(islice(self.rows, _ROWS)):
            self.count += len(some)
            yield from zip(*map(self._ready, zip(*some, strict=True)), strict=True)

    def _ready(self, column: Sequence[Any]) -> Iterable[Any]:
        return column if is_empty(column) else self.convert(column)


def is_empty(cells: Sequence[Any]) -> bool:
    """Tell whether all cells are None."""
    return not any(cells) and cells.count(None) == len(cells)
