"""References to rows further down the file: they wait until it is read, as numbers and texts, not as whole rows."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable

from django.db import transaction

from . import bulk, findings, sent, states
from .cells import ColumnPlan
from .drafts import Draft
from .findings import rows_numbered
from .models import ImportJob, ImportRow

CHUNK = 2_000
Settle = Callable[["Draft | ImportRow", ColumnPlan, str], bool]
"""Settles a reference of a row and tells whether it did; else it has noted what is wrong at the end of its problems."""


class Late:
    """Collects the references that wait, a dozen bytes each beside the texts, and settles them a chunk at a time."""

    def __init__(self) -> None:
        self._numbers = array("I")
        self._plans: list[ColumnPlan] = []
        self._texts: list[str] = []

    def add(self, draft: Draft, plan: ColumnPlan, text: str) -> None:
        draft.waits = True
        self._numbers.append(draft.number)
        self._plans.append(plan)
        self._texts.append(text)

    def settle(
        self, job: ImportJob, settle: Settle, note: Callable[[Iterable[ImportRow]], None], counts: Counter[str]
    ) -> bool:
        """Settle what waits in the rows as they are kept, and count them anew. note: is told of the rows settled.

        Returns False, and stops, when the job was cancelled or taken over.
        """
        for start in range(0, len(self._numbers), CHUNK):
            part = slice(start, start + CHUNK)
            numbers = self._numbers[part]
            rows = {row.number: row for row in rows_numbered(job, list(numbers))}
            lacking: list[findings.Problems] = []
            counts.subtract(row.action for row in rows.values())
            for number, plan, text in zip(numbers, self._plans[part], self._texts[part], strict=True):
                row = rows[number]
                if not settle(row, plan, text):
                    lacking.append((number, row.raw, row.problems[-1:]))
            counts.update(row.action for row in rows.values())
            note(rows.values())
            changes = ((row.action, sent.dump(row.data), sent.dump(row.problems), row.pk) for row in rows.values())
            with transaction.atomic():
                if not states.beat(job):
                    return False
                bulk.update(ImportRow, ("action", "data", "problems"), changes)
                findings.keep(job, lacking)
        return True
