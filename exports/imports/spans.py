"""Stretches of staged rows, in the order of the file: what a commit writes with one statement each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from .models import ImportJob, ImportRow
from .staging import CHUNK

WHERE = "r.job_id = %s AND r.action = %s AND r.number BETWEEN %s AND %s"
"""What holds of the rows `r` of a span; its parameters are `Span.limits`."""


@dataclass(frozen=True, slots=True)
class Span:
    """The rows of a job with one action and numbers from `first` to `last`; at most CHUNK of them when it was made."""

    job: ImportJob
    action: str
    first: int
    last: int

    @property
    def limits(self) -> list[Any]:
        return [self.job.pk, str(self.action), self.first, self.last]

    @property
    def rows(self) -> QuerySet[ImportRow]:
        numbers = (self.first, self.last)
        return self.job.rows.filter(action=self.action, number__range=numbers).order_by("number")


def spans(job: ImportJob, action: str) -> Iterator[Span]:
    """Yield the job's rows of one action, a span at a time. Rows may leave the action meanwhile."""
    last = -1
    numbers = job.rows.filter(action=action).order_by("number").values_list("number", flat=True)
    while some := list(numbers.filter(number__gt=last)[:CHUNK]):
        last = some[-1]
        yield Span(job, action, some[0], last)
