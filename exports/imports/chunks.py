"""A chunk of rows from the file, cleaned column by column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from .cells import Cell, ColumnPlan
from .drafts import Action, Draft
from .edits import TakenIn
from .set_aside import SetAside

Row = tuple[int, list[Any]]


def chunks_of(rows: Iterable[Row], *, below: int, size: int) -> Iterator[list[Row]]:
    """Yield the rows below a header that have any value, `size` at a time."""
    data = ((number, cells) for number, cells in rows if number > below and _says_something(cells))
    while chunk := list(islice(data, size)):
        yield chunk


def _says_something(cells: list[Any]) -> bool:
    return any(cells) or any(cell is not None and cell != "" for cell in cells)  # a row may hold zeros alone


def read_chunk(chunk: Iterable[Row], plans: Sequence[ColumnPlan], aside: SetAside, taken: TakenIn) -> list[Draft]:
    """Return a draft a row. Of rows that are no data the cells are left as they are."""
    width = max(plan.index for plan in plans) + 1
    drafts, data = [], []
    for number, cells in chunk:
        if len(cells) < width:
            cells = [*cells, *[None] * (width - len(cells))]
        draft = Draft(number, cells)
        drafts.append(draft)
        if (reason := aside.reason(number, cells)) and number not in taken:
            draft.action = Action.SKIPPED
            draft.problems = [{"field": "", "column": "", "value": "", "code": "set_aside", "message": reason,
                               "severity": "hint", "suggestion": None}]  # fmt: skip
        else:
            data.append(draft)
    for plan in plans:
        _clean(plan, data)
    return drafts


def _clean(plan: ColumnPlan, drafts: Iterable[Draft]) -> None:
    """Clean one column: a look-up a cell, for most have been seen before."""
    index, name, known, read, is_reference = plan.index, plan.name, plan.memo.get, plan.read, plan.is_reference
    for draft in drafts:
        raw = draft.raw[index]
        if raw is None or raw == "":
            continue
        found = known(raw if raw.__class__ is str else (raw.__class__, raw))
        if found is None:
            found = read(raw)
        if found.__class__ is Cell:
            _note(plan, draft, found)
        elif is_reference:
            draft.references.append((plan, found))
        else:
            draft.given[name] = found


def _note(plan: ColumnPlan, draft: Draft, cell: Cell) -> None:
    if cell.problem is not None:
        draft.problems.append(cell.problem | {"value": str(draft.raw[plan.index])[:200]})
    elif cell.value is not None:
        draft.given[plan.name] = cell.value
        draft.given[plan.upper] = cell.upper
