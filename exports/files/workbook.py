"""What a reader gives back: sheets whose rows come from a spool on disk, again and again, in little memory."""

from __future__ import annotations

import json
import os
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO, NamedTuple, TypeAlias

Cell: TypeAlias = "str | int | float | bool | date | datetime | None"


class Merged(NamedTuple):
    """A merged range: rows as `Sheet.rows` numbers them, columns as indexes into its cells, ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


class Rows:
    """The rows of a sheet that are not blank, as `(row number in the file, cells)`; may be iterated many times."""

    def __init__(self, spool: IO[bytes], chunks: list[tuple[int, int]], width: int, count: int) -> None:
        self._spool, self._chunks, self._width, self._count = spool, chunks, width, count

    def __len__(self) -> int:
        return self._count

    @property
    def last(self) -> int:
        """The number in the file of the last row; 0 when there is none."""
        if not self._chunks:
            return 0
        offset, length = self._chunks[-1]
        number: int = json.loads(os.pread(self._spool.fileno(), length, offset))[1][-1][0]
        return number

    def mention(self, *texts: str) -> bool:
        """Tell whether any cell may hold one of the texts; quick, for it looks at the spool and not at cells."""
        wanted = [text.encode() for text in texts]
        for offset, length in self._chunks:
            chunk = os.pread(self._spool.fileno(), length, offset)
            if any(text in chunk for text in wanted):
                return True
        return False

    def __iter__(self) -> Iterator[tuple[int, list[Cell]]]:
        for offset, length in self._chunks:
            _kind, rows, dates = json.loads(os.pread(self._spool.fileno(), length, offset))
            for row, column in dates:
                iso = rows[row][1][column]
                rows[row][1][column] = date.fromisoformat(iso) if len(iso) == 10 else datetime.fromisoformat(iso)
            for number, cells in rows:
                if len(cells) < self._width:
                    cells.extend([None] * (self._width - len(cells)))
                yield number, cells


class Runs:
    """A set of row numbers as stretches: small, however many rows a filter hides."""

    def __init__(self, runs: Sequence[Sequence[int]] = ()) -> None:
        self._firsts = array("L", [run[0] for run in runs])
        self._lasts = array("L", [run[1] for run in runs])

    def __len__(self) -> int:
        return sum(self._lasts) - sum(self._firsts) + len(self._firsts)

    def __contains__(self, number: object) -> bool:
        if not isinstance(number, int):
            return False
        at = bisect_right(self._firsts, number)
        return at > 0 and self._lasts[at - 1] >= number

    def below(self, number: int) -> int:
        """Return how many of the rows stand below row `number` of the sheet, that is, have a higher number."""
        at = bisect_right(self._firsts, number)
        inside = max(0, self._lasts[at - 1] - number) if at else 0
        return inside + sum(self._lasts[at:]) - sum(self._firsts[at:]) + len(self._firsts) - at


@dataclass(slots=True)
class Sheet:
    """One sheet. width: cells of each row. hidden: also for sheets that Excel's menu does not offer to show.

    hidden_rows: those of the rows that are hidden, by hand or by a filter (they are read like the others); filtered:
    some of them by a filter. hidden_columns: indexes into the cells. Of .xlsb files all this is not known.
    """

    name: str
    hidden: bool
    rows: Rows
    width: int
    merged: list[Merged] = field(default_factory=list)
    hidden_rows: Runs = field(default_factory=Runs)
    hidden_columns: list[int] = field(default_factory=list)
    filtered: bool = False


@dataclass(slots=True)
class Workbook:
    """A file that was read.

    kind: xlsx, xlsm, xlsb, xls (also .et), ods, csv or html, by content and not by name.
    encoding: of text files, else empty. notes: what a person may want to know, in the reader's language.
    from_1904: numbers that stand for days count from 1904; cells formatted as dates are read right already.
    """

    kind: str
    sheets: list[Sheet]
    encoding: str = ""
    notes: list[str] = field(default_factory=list)
    from_1904: bool = False
