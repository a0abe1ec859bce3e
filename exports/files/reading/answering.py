"""What the reader says: rows in chunks, or why it does not read the file."""

from __future__ import annotations

import json
import sys
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

_CHUNK = 500

Order = dict[str, Any]
Row = tuple[int, list[Any]]


class Refused(Exception):
    """The file is not read; `code` is of docs/error-codes.md."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code, self.details = code, details


@dataclass
class Unsaid:
    """What a sheet holds that its parser keeps silent about.

    cells: row number → column index → text, of formulas that failed or have no kept result. hidden_rows: numbers of the
    rows hidden by hand or by a filter. hidden_columns: indexes. filtered: some rows are hidden by a filter.
    hidden_runs: stretches of hidden rows in order (first, last), where a file tells them so.
    """

    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_runs: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False

    def hides(self, number: int) -> bool:
        if number in self.hidden_rows:
            return True
        at = bisect_right(self.hidden_runs, (number, sys.maxsize))
        return at > 0 and self.hidden_runs[at - 1][1] >= number


NOTHING = Unsaid()


def emit(line: list[Any]) -> None:
    text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")


class Answer:
    """Writes sheet after sheet, within the limits of the order."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.cells = 0

    def sheet(
        self, name: str, rows: Iterable[Row], *, hidden: bool = False, merged: list[Any] | None = None,
        unsaid: Unsaid = NOTHING,
    ) -> None:  # fmt: skip
        """Write one sheet: rows that are not blank, without trailing empty cells."""
        emit(["sheet", name, hidden])
        chunk: list[Any] = []
        dates: list[list[int]] = []
        width = count = 0
        runs: list[list[int]] = []  # stretches of hidden rows with values
        shy = bool(unsaid.hidden_rows or unsaid.hidden_runs)
        for number, cells in rows:
            while cells and ((last := cells[-1]) is None or (type(last) is str and (not last or last.isspace()))):
                cells.pop()
            if not cells:
                continue
            if len(cells) > self.order["columns"]:
                raise Refused("too_many_columns", sheet=name, count=len(cells), limit=self.order["columns"])
            for column, cell in enumerate(cells):
                kind = type(cell)
                if kind is float:
                    if cell.is_integer() and abs(cell) < 10**15:
                        cells[column] = int(cell)
                elif kind is str:
                    if not cell:
                        cells[column] = None
                elif kind is date or kind is datetime:
                    cells[column] = cell.isoformat()
                    dates.append([len(chunk), column])
                elif kind is time or kind is timedelta:
                    cells[column] = str(cell)
            width, count = max(width, len(cells)), count + 1
            if count > self.order["rows"]:
                raise Refused("too_many_rows", sheet=name, limit=self.order["rows"])
            if shy and unsaid.hides(number):
                if runs and runs[-1][1] == number - 1:
                    runs[-1][1] = number
                else:
                    runs.append([number, number])
            chunk.append([number, cells])
            if len(chunk) == _CHUNK:
                self._rows(chunk, dates)
                chunk, dates = [], []
        self._rows(chunk, dates)
        about = {"hidden_rows": runs, "hidden_columns": sorted(unsaid.hidden_columns), "filtered": unsaid.filtered}
        emit(["end", {"rows": count, "width": width, "merged": merged or []} | about])

    def _rows(self, chunk: list[Any], dates: list[list[int]]) -> None:
        if not chunk:
            return
        self.cells += sum(map(len, (row[1] for row in chunk)))
        if self.cells > self.order["cells"]:
            raise Refused("too_many_cells", limit=self.order["cells"])
        emit(["rows", chunk, dates])
