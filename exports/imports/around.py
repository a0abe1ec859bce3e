"""Where a cell stands: the sender's sheet around a row, as it was read, before anybody changed a cell in the preview.

Taken from what is kept of the file (its head, and the rows as they were staged), so that it opens at once however large
the file is. Blank rows are not kept; merged cells that stand for several rows show in each of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from xlsxwriter.utility import xl_col_to_name

from .edits import WHOLE, edits_of
from .findings import rows_numbered
from .models import ABSENT_FROM, ImportEdit, ImportJob, ImportRow
from .sent import cell_of, text_of

REACH = 10  # rows shown above and below
Action = ImportRow.Action


@dataclass
class SheetCell:
    """span: columns that the cell covers. now: what a person made of it in the preview."""

    text: str
    here: bool = False
    span: int = 1
    edited: ImportEdit | None = None
    now: str = ""


@dataclass
class SheetRow:
    """name: the row's number in its sheet. number: `ImportRow.number`, 0 above the data. gap: blank rows before it."""

    name: int
    cells: list[SheetCell]
    number: int = 0
    is_header: bool = False
    here: bool = False
    gap: tuple[int, int] | None = None


@dataclass
class Around:
    """head: what stands above the data. left_out: rows between the head and what is shown. earlier, later: where to go on."""

    sheet: str
    letters: list[str]
    head: list[SheetRow]
    rows: list[SheetRow] = field(default_factory=list)
    left_out: tuple[int, int] | None = None
    earlier: int | None = None
    later: int | None = None


def around(job: ImportJob, number: int, column: int | None = None) -> Around | None:
    """Return the sheet around a row (`ImportRow.number`), the cell in a column marked; None when nothing is kept there."""
    if number >= ABSENT_FROM:
        return None
    sheet, _row = job.place(number)
    part = next((part for part in job.sheets if part["name"] == sheet), None)
    header_rows = part["header_rows"] if part else job.header_rows
    offset = part["offset"] if part else 0
    first, last = max(offset + 1, number - REACH), number + REACH
    window = list(rows_numbered(job, range(first, last + 1)).order_by("number").only("number", "raw"))
    kept = [row for row in window if job.place(row.number)[0] == sheet]
    if not kept:
        return None
    own = [found["index"] for found in job.columns if found["how"] != "constant"]
    head = job.mapping.get("heads", {}).get(sheet) or {"rows": [], "merged": []}
    width = max([*(len(cells) for _number, cells in head["rows"]), *(index + 1 for index in own), 1])
    found = Around(sheet, [xl_col_to_name(at) for at in range(width)], _head(head, header_rows, width))
    _fill(job, found, kept, offset, width, (number, column))
    above = max(header_rows, default=0)
    between = above + 1, found.rows[0].name - 1
    rest = job.rows.filter(action__in=Action.values)
    found.earlier = _nearest(rest.filter(number__gt=offset, number__lt=kept[0].number).order_by("-number"))
    if found.earlier is None and found.rows[0].name > above + 1:
        found.rows[0].gap = between
    elif found.earlier is not None:
        found.left_out = between
    found.later = _later(job, rest, kept[-1].number, sheet)
    return found


def _nearest(rows: QuerySet[ImportRow]) -> int | None:
    return rows.values_list("number", flat=True).first()


def _later(job: ImportJob, rest: QuerySet[ImportRow], last: int, sheet: str) -> int | None:
    later = _nearest(rest.filter(number__gt=last, number__lt=ABSENT_FROM).order_by("number"))
    return later if later and job.place(later)[0] == sheet else None


def _head(head: dict[str, Any], header_rows: Sequence[int], width: int) -> list[SheetRow]:
    """Return titles and headers; a cell merged over columns covers them."""
    ends = {(row, column): end for row, column, last, end in head["merged"] if row == last}
    rows = []
    for number, cells in head["rows"]:
        shown, at = [], 0
        while at < width:
            span = min(ends.get((number, at), at), width - 1) - at + 1
            shown.append(SheetCell(text_of(cell_of(cells, at)), span=span))
            at += span
        rows.append(SheetRow(number, shown, is_header=number in header_rows))
    return rows


def _fill(
    job: ImportJob,
    found: Around,
    kept: list[ImportRow],
    offset: int,
    width: int,
    wanted: tuple[int, int | None],
) -> None:
    changes: dict[tuple[int, int], list[ImportEdit]] = {}
    for edit in edits_of(job, [row.number for row in kept]).filter(column__lt=WHOLE).select_related("user"):
        changes.setdefault((edit.number, edit.column), []).append(edit)
    previous = None
    for row in kept:
        name = row.number - offset
        shown = SheetRow(name, [], row.number, here=row.number == wanted[0])
        if previous is not None and name > previous + 1:
            shown.gap = previous + 1, name - 1
        for at in range(width):
            cell = SheetCell(text_of(cell_of(row.raw, at)), here=(row.number, at) == wanted)
            if edits := changes.get((name, at)):
                cell.text, last = text_of(edits[0].old), edits[-1]
                if last.way != ImportEdit.Way.WITHDRAWN:
                    cell.edited, cell.now = last, text_of(last.new)
            shown.cells.append(cell)
        found.rows.append(shown)
        previous = name
