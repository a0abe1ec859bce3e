"""What people changed in the preview, laid over the rows of the file whenever these are checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from .models import ImportEdit, ImportJob

Row = tuple[int, list[Any]]
Changes = dict[int, dict[int, Any]]
"""Row number → index of the column → value."""


def latest(job: ImportJob) -> Changes:
    """Return the changes that hold on the job's sheet; one that was withdrawn leaves the sender's own value."""
    changes: Changes = defaultdict(dict)
    edits = job.edits.filter(sheet=job.sheet).order_by("pk").values_list("number", "column", "new", "way")
    for number, column, new, way in edits.iterator():
        if way == ImportEdit.Way.WITHDRAWN:
            changes[number].pop(column, None)
        else:
            changes[number][column] = new
    return {number: cells for number, cells in changes.items() if cells}


def overlay(job: ImportJob, rows: Iterable[Row]) -> Iterable[Row]:
    """Return the rows of the file with what people changed; the very same rows when nobody changed any."""
    changes = latest(job)
    return _changed(rows, changes) if changes else rows


def _changed(rows: Iterable[Row], changes: Changes) -> Iterator[Row]:
    for number, cells in rows:
        if mine := changes.get(number):
            cells = [*cells, *[None] * (max(mine) + 1 - len(cells))]
            for column, value in mine.items():
                cells[column] = value
        yield number, cells
