"""What people changed in the preview, laid over the rows of the file whenever these are checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet

from .models import ImportEdit, ImportJob

WHOLE = 1_000_000  # in place of a column: the change is of the whole row; no sheet has so many columns
Row = tuple[int, list[Any]]
Changes = dict[int, dict[int, Any]]
"""Row number → index of the column → value."""


def edits_of(job: ImportJob, numbers: Sequence[int] | None = None) -> QuerySet[ImportEdit]:
    """Return the changes on the sheets that are read, oldest first; those of some rows (`ImportRow.number`) only."""
    if numbers is None:
        return job.edits.filter(sheet__in=[part["name"] for part in job.sheets] or [job.sheet]).order_by("pk")
    rows: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        sheet, row = job.place(number)
        rows[sheet].append(row)
    wanted = Q(pk__in=[])
    for sheet, found in rows.items():
        wanted |= Q(sheet=sheet, number__in=found)
    return job.edits.filter(wanted).order_by("pk")


def latest(job: ImportJob, *, of_rows: bool = False) -> Changes:
    """Return the changes that hold on the sheets that are read; one that was withdrawn leaves the sender's own value.

    of_rows: those of whole rows, in place of those of cells.
    """
    changes: Changes = defaultdict(dict)
    wanted = Q(column=WHOLE) if of_rows else Q(column__lt=WHOLE)
    edits = edits_of(job).filter(wanted).values_list("sheet", "number", "column", "new", "way")
    for sheet, row, column, new, way in edits.iterator():
        number = job.number(sheet, row)
        if number is None:
            continue
        if way == ImportEdit.Way.WITHDRAWN:
            changes[number].pop(column, None)
        else:
            changes[number][column] = new
    return {number: cells for number, cells in changes.items() if cells}


def same_as(job: ImportJob) -> dict[int, dict[str, int]]:
    """Return row number → what a person says the row is: `{"pk": record}` or `{"row": another row of the file}`.

    `{"taken": True}` says only that it is a row of data.
    """
    return {number: cells[WHOLE] for number, cells in latest(job, of_rows=True).items()}


class TakenIn:
    """The rows that people changed or said to import: data, hidden or not, whatever they look like. Read when asked."""

    def __init__(self, job: ImportJob) -> None:
        self._job = job

    @cached_property
    def _numbers(self) -> frozenset[int]:
        return frozenset((*latest(self._job), *latest(self._job, of_rows=True)))

    def __contains__(self, number: object) -> bool:
        return number in self._numbers


def overlay(job: ImportJob, rows: Iterable[Row]) -> Iterable[Row]:
    """Return the rows of the file with the values given for all rows, and with what people changed in single ones.

    The very same rows when there is neither.
    """
    constants = {column["index"]: column["samples"][0] for column in job.columns if column["how"] == "constant"}
    changes = latest(job)
    return _changed(rows, changes, constants) if changes or constants else rows


def _changed(rows: Iterable[Row], changes: Changes, constants: dict[int, Any]) -> Iterator[Row]:
    for number, cells in rows:
        mine = changes.get(number, {})
        if constants and any(cell is not None and cell != "" for cell in cells):  # a blank row stays one
            mine = constants | mine
        if mine:
            cells = [*cells, *[None] * (max(mine) + 1 - len(cells))]
            for column, value in mine.items():
                cells[column] = value
        yield number, cells
