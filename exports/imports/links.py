"""Circles of superiors that a few edited rows close or open, found by walking up from these rows only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from content.core import lookups
from content.core.among import among

from .circles import Circles
from .drafts import Action, Draft
from .findings import rows_numbered
from .models import ImportJob, ImportRow
from .similar import without_proposal
from .staging import circle_problem
from .values import RowShape

_WRITTEN = (Action.NEW, Action.CHANGED)


def refuse_circles(
    job: ImportJob, circles: Circles, shape: RowShape, drafts: list[Draft], before: Mapping[int, ImportRow]
) -> tuple[list[ImportRow], set[int]]:
    """Mark the drafts that stand in a circle. Returns further rows that do, marked but not saved; and rows that were in
    one, and must be checked with the drafts before it can be told.
    """
    at = shape.position[circles.field]
    links = {draft.number: _link(draft.action, draft.data, at, draft.target) for draft in drafts}
    flagged = set(job.found.filter(code="cycle").values_list("number", flat=True))
    same = all(links.get(number) == _link(row.action, row.data, at, row.target) for number, row in before.items())
    if same and not flagged & before.keys():
        return [], set()
    if suspects := flagged - before.keys():
        return [], suspects
    rows = _walk(job, circles, at, links)
    by_number = {draft.number: draft for draft in drafts}
    further = []
    for number in circles.rows():
        found: Any = by_number.get(number) or rows[number]
        if number in by_number:
            found.problems.append(circle_problem(circles))
            found.action = Action.ERROR
        else:  # a proposal comes last, as when the whole file is checked
            own = without_proposal(found.problems)
            found.problems = [*own, circle_problem(circles), *(p for p in found.problems if p not in own)]
            further.append(found)
    return further, set()


def _link(action: str, data: list[Any] | None, at: int, target: int | None) -> tuple[int | None, Any] | None:
    written = action in _WRITTEN and data is not None and data[at] is not None
    return (target, data[at]) if written and data is not None else None


def _walk(
    job: ImportJob, circles: Circles, at: int, links: Mapping[int, tuple[int | None, Any] | None]
) -> dict[int, ImportRow]:
    """Note these links and all above them, in the file or in the register. Returns the rows met on the way."""
    met: dict[int, ImportRow] = {}
    noted = set(links)  # what the database has of these rows no longer holds
    asked: set[int] = set()
    level = {number: link for number, link in links.items() if link}
    with lookups.batch() as batch:
        while level:
            for number, (target, above) in level.items():
                circles.note(number=number, target=target, above=above)
            noted |= level.keys()
            aboves = [above for _target, above in level.values()]
            numbers = {above["row"] for above in aboves if isinstance(above, dict)} - noted
            batch.load_ancestors(circles.model, circles.field, [above for above in aboves if isinstance(above, int)])
            keys = set(batch.rows.get(circles.model, {})) - asked
            asked |= keys
            rows = {row.number: row for row in _rows(job, numbers, keys) if row.number not in noted}
            met |= rows
            found = {row.number: _link(row.action, row.data, at, row.target) for row in rows.values()}
            level = {number: link for number, link in found.items() if link}
    return met


def _rows(job: ImportJob, numbers: Iterable[int], keys: Iterable[int]) -> Iterable[ImportRow]:
    """Yield the rows of these numbers, and those that change these records."""
    if numbers := list(numbers):
        yield from rows_numbered(job, numbers)
    if (keys := list(keys)) and job.counts.get(Action.CHANGED):
        yield from job.rows.filter(action=Action.CHANGED, target__in=among(keys))
