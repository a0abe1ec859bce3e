"""The sheets that one import reads, one below the other: their rows numbered through, merged cells filled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    if len(job.sheets) < 2:
        return filled_rows(sheets[job.sheet], columns)
    return _numbered_through(job, sheets, columns)


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


def _numbered_through(job: ImportJob, sheets: dict[str, Sheet], columns: set[int]) -> Iterator[Row]:
    for part in job.sheets:
        offset, below = part["offset"], max(part["header_rows"])
        for number, cells in filled_rows(sheets[part["name"]], columns):
            if number > below:
                yield offset + number, cells
