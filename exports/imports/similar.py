"""Rows that are likely the same record as one of the register, or as another row of the file, but for how it is written.

Only rows that would be added are looked at; a person accepts a proposal, never we (`fixing.take_suggestions`). Two
records with different codes of their own are never taken for one.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from content.core.near import bare_name

from . import bulk, findings
from .cells import Problem, problem
from .drafts import Action
from .findings import ABOUT_ROWS, rows_numbered
from .models import ImportJob, ImportRow
from .sent import dump
from .values import RowShape

Name = tuple[str, str]
"""A division, and a name without what does not count (`bare_name`): rows of one are likely one record."""
_CHUNK = 2_000
_MANY = 100_000


@dataclass(slots=True)
class Candidate:
    """What a row may be: a record (by key) or another row of the file (by number), its name and its own codes."""

    number: int
    title: str
    codes: tuple[Any, ...]


class Similar:
    """Collects the names of the rows that a file would add, eight bytes each, and proposes which are the same."""

    def __init__(self, job: ImportJob, shape: RowShape, sets: Collection[tuple[str, ...]]) -> None:
        register = job.register
        self.job = job
        self.model = register.model
        self.shape = shape
        self.is_on = {"name_key", "division", register.title_field} <= set(shape.position)
        self.title = register.title_field
        self.header = next((c["header"] for c in job.columns if c["key"] == self.title), "")
        self.codes = [fields[0] for fields in sets if len(fields) == 1]
        self._marks, self._numbers = array("I"), array("I")
        self._divisions: set[str] = set()
        # Records that a row may be: they are not missing in the file.
        self.proposed: set[int] = set()

    def note(self, rows: Iterable[Any]) -> None:
        """Note those of these rows (drafts) that would be added."""
        if not self.is_on:
            return
        for row in rows:
            if name := self.name_of(row):
                self._marks.append(_mark(name))
                self._numbers.append(row.number)
                self._divisions.add(name[0])

    def name_of(self, row: Any) -> Name | None:
        """Return the name of a draft or a kept row that would be added; None for any other."""
        if not self.is_on or row.target is not None or row.data is None or row.action == Action.SKIPPED:
            return None
        division, key = row.data[self.shape.position["division"]], row.data[self.shape.position["name_key"]]
        return (division, bare_name(key, division)) if division and key else None

    def about(self, row: Any) -> tuple[Name, Candidate, bool] | None:
        """Return all of a row that its proposal, and those of others, depend on."""
        name = self.name_of(row)
        return (name, self._candidate_of(row), _is_twin(row)) if name else None

    def propose(self) -> None:
        """Propose, once the whole file is checked. Asks the register only for names in the divisions of new rows."""
        if not self._marks:
            return
        marks = _in_order(self._marks)
        wanted = {one for one, other in pairwise(marks) if one == other}
        records: dict[Name, list[Candidate]] = defaultdict(list)
        for candidate, name in self._records(self._divisions):
            mark = _mark(name)
            at = bisect_left(marks, mark)
            if at < len(marks) and marks[at] == mark:
                wanted.add(mark)
                records[name].append(candidate)
        numbers = [number for mark, number in zip(self._marks, self._numbers, strict=True) if mark in wanted]
        groups: dict[Name, list[ImportRow]] = defaultdict(list)
        for start in range(0, len(numbers), _CHUNK):
            for row in rows_numbered(self.job, numbers[start : start + _CHUNK]):
                if own := self.name_of(row):
                    groups[own].append(row)
        proposals = [(row, found) for name, rows in groups.items()
                     for row, found in self.among(rows, records.get(name, []))]  # fmt: skip
        with transaction.atomic():
            for row, found in proposals:
                row.problems.append(found)
            bulk.update(ImportRow, ("problems",), ((dump(row.problems), row.pk) for row, _found in proposals))
            findings.keep(self.job, ((row.number, row.raw, [found]) for row, found in proposals))

    def among(self, rows: Iterable[Any], records: Sequence[Candidate]) -> Iterable[tuple[Any, Problem]]:
        """Yield which rows of one name are likely one of the records, or an earlier one of the rows, and the proposal."""
        earlier: list[Candidate] = []
        for row in sorted(rows, key=lambda row: row.number):
            own = self._candidate_of(row)
            if not _is_twin(row):
                if record := next((other for other in records if _compatible(own, other)), None):
                    self.proposed.add(record.number)
                    message = _("“%(name)s” of the register is written much like this one. Is it the same record?")
                    yield row, self._problem(own, record, message % {"name": record.title}, code="similar", by="pk")
                elif other := next((other for other in earlier if _compatible(own, other)), None):
                    message = _(
                        "Row %(number)s of the file, “%(name)s”, is written much like this one. Is it the same?"
                    )
                    texts = {"number": self.job.row_name(other.number), "name": other.title}
                    yield row, self._problem(own, other, message % texts, code="similar_in_file", by="row")
            earlier.append(own)

    def records_named(self, names: Collection[Name]) -> dict[Name, list[Candidate]]:
        """Return the records of these names."""
        found: dict[Name, list[Candidate]] = defaultdict(list)
        for candidate, name in self._records({division for division, _bare in names}):
            if name in names:
                found[name].append(candidate)
        return found

    def _records(self, divisions: Collection[str]) -> Iterable[tuple[Candidate, Name]]:
        names = ["pk", "division", "name_key", self.title, *self.codes]
        rows = self.model._default_manager.filter(division__in=sorted(divisions)).order_by("pk")
        for row in rows.values(*names).iterator(chunk_size=_CHUNK):
            name = row["division"], bare_name(row["name_key"], row["division"])
            yield self._candidate(row["pk"], row), name

    def _candidate_of(self, row: Any) -> Candidate:
        return self._candidate(row.number, dict(zip(self.shape.names, row.data, strict=True)))

    def _candidate(self, number: int, values: dict[str, Any]) -> Candidate:
        return Candidate(number, str(values[self.title]), tuple([values[code] for code in self.codes]))

    def _problem(self, own: Candidate, other: Candidate, message: str, *, code: str, by: str) -> Problem:
        found = problem(field=self.title, column=self.header, value=own.title, code=code, message=message,
                        severity="warning", suggestion=other.title)  # fmt: skip
        return found | {"same": {by: other.number}}


def without_proposal(problems: Iterable[Problem]) -> list[Problem]:
    return [found for found in problems if found["code"] not in ABOUT_ROWS]


def _mark(name: Name) -> int:
    """Return a number of 32 bits for a name. Two names that share one are told apart when their rows are read."""
    return hash(name) & 0xFFFFFFFF


def _in_order(marks: array[int]) -> array[int]:
    """Return marks sorted. Whole numbers of Python take ten times the memory of the array: few are sorted at a time."""
    if len(marks) <= _MANY:
        return array("I", sorted(marks))
    return array("I", chain.from_iterable(sorted(m for m in marks if m >> 28 == first) for first in range(16)))


def _is_twin(row: Any) -> bool:
    return any(found["code"] == "duplicate_in_file" for found in row.problems)


def _compatible(one: Candidate, other: Candidate) -> bool:
    return not any(a and b and a != b for a, b in zip(one.codes, other.codes, strict=True))
