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
