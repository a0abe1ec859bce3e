"""The sheets that one import reads, one below the other: their rows numbered through, merged cells filled."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator
from typing import Any

from exports.files import Sheet, Workbook

from .filling import filled_rows
from .layout import Layout
from .models import ImportJob

Row = tuple[int, list[Any]]


def parts_of(workbook: Workbook, read: list[Layout]) -> list[dict[str, Any]]:
    """Return `ImportJob.sheets`: where the rows of each sheet begin to count."""
    last = {sheet.name: sheet.rows.last for sheet in workbook.sheets}
    parts: list[dict[str, Any]] = []
    offset = 0
    for layout in read:
        parts.append({"name": layout.sheet, "offset": offset, "header_rows": layout.header_rows})
        offset += last[layout.sheet]
    return parts


def read_rows(job: ImportJob, workbook: Workbook) -> Iterable[Row]:
    """Return the rows of every sheet that the job reads, with the numbers that `ImportJob.place` understands."""
    columns = fillable(job)
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    without = not job.answers.get("hidden_columns", True)
    if len(job.sheets) < 2:
        return _shown(sheets[job.sheet], filled_rows(sheets[job.sheet], columns), without)
    return _numbered_through(job, sheets, columns, without)


def _shown(sheet: Sheet, rows: Iterable[Row], without: bool) -> Iterable[Row]:
    """Return the rows, empty in the hidden columns when a person chose to leave these out."""
    return _emptied(rows, sheet.hidden_columns) if without and sheet.hidden_columns else rows


def _emptied(rows: Iterable[Row], columns: list[int]) -> Iterator[Row]:
    for number, cells in rows:
        for index in columns:
            if index < len(cells):
                cells[index] = None
        yield number, cells


class Hidden:
    """The numbers of the rows that are hidden in the sheets that are read."""

    def __init__(self, job: ImportJob, workbook: Workbook) -> None:
        runs = {sheet.name: sheet.hidden_rows for sheet in workbook.sheets}
        self._offsets = [part["offset"] for part in job.sheets]
        self._runs = [runs[part["name"]] for part in job.sheets]

    def __bool__(self) -> bool:
        return any(len(runs) for runs in self._runs)

    def __contains__(self, number: object) -> bool:
        if not isinstance(number, int):
            return False
        at = bisect_left(self._offsets, number) - 1
        return number - self._offsets[at] in self._runs[at]


def hidden_rows(job: ImportJob, workbook: Workbook) -> Container[int]:
    """Return the rows to set aside because they are hidden, when a person chose so."""
    return () if job.answers.get("hidden_rows", True) else Hidden(job, workbook)


def count_rows(job: ImportJob, workbook: Workbook) -> int:
    """Return how many rows the job's sheets have, headers and all: for showing progress."""
    names = {part["name"] for part in job.sheets}
    return sum(len(sheet.rows) for sheet in workbook.sheets if sheet.name in names)


def fillable(job: ImportJob) -> set[int]:
    """Return the indexes of the columns in which a merged cell stands for all its rows, as the register declares."""
    register = job.register
    return {
        column["index"]
        for column in job.columns
        if column["key"] and register.may_fill_down(register.by_key[column["key"]])
    }


def _numbered_through(job: ImportJob, sheets: dict[str, Sheet], columns: set[int], without: bool) -> Iterator[Row]:
    for part in job.sheets:
        offset, below = part["offset"], max(part["header_rows"])
        sheet = sheets[part["name"]]
        for number, cells in _shown(sheet, filled_rows(sheet, columns), without):
            if number > below:
                yield offset + number, cells
