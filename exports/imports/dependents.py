"""Which staged rows have something to do with some others: by key, by name, or by referring to them.

One look over the staged rows in the database, which costs nothing while a file is staged, for few rows are edited.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection

from content.core.among import among

from .findings import rows_numbered
from .identities import Values, key_of
from .models import ABSENT_FROM, ImportJob, ImportRow

if TYPE_CHECKING:
    from .staging import Checker

Mark = tuple[tuple[str, ...], tuple[str, ...]]
"""Fields, and their values as texts: rows of one mark are the same record, or have the same name."""


@dataclass
class Found:
    """A staged row: its number, what it is found by, and the rows of the file that its references mean."""

    number: int
    marks: set[Mark] = field(default_factory=set)
    refers_to: set[int] = field(default_factory=set)

    def means(self, numbers: Iterable[int]) -> bool:
        """Tell whether a reference of the row means one of these rows."""
        return not self.refers_to.isdisjoint(numbers)


class Staged:
    """The staged rows of a job, to be looked up by marks and by references."""

    def __init__(self, job: ImportJob, checker: Checker) -> None:
        self.job = job
        self.shape = checker.shape
        self.sets = [tuple(fields) for fields in checker.judge.identities.sets]
        own = checker.resolver.own
        self.words = list(dict.fromkeys((name,) for plan in own for name in checker.resolver.lookups(plan)))
        self.references = list(dict.fromkeys(plan.name for plan in own))

    def marks_of(self, row: Sequence[Any] | None) -> set[Mark]:
        """Return what a row, as it is kept, is found by."""
        if row is None:
            return set()
        values: Values = dict(zip(self.shape.names, row, strict=True))
        found = ((fields, key_of(values, fields)) for fields in dict.fromkeys([*self.sets, *self.words]))
        return {(fields, tuple(map(str, key))) for fields, key in found if key}

    def keys_of(self, marks: Iterable[Mark]) -> set[Mark]:
        """Return the marks by which rows are the same record."""
        return {mark for mark in marks if mark[0] in self.sets}

    def words_of(self, marks: Iterable[Mark]) -> set[Mark]:
        """Return the marks by which other rows of the file may name a row."""
        return {mark for mark in marks if mark[0] in self.words}

    def find(self, marks: Iterable[Mark], *, referred: Iterable[int] = ()) -> list[Found]:
        """Return the rows that have any of the marks, or refer to any of the rows `referred`."""
        wanted, meant = set(marks), set(referred)
        texts: dict[str, set[str]] = {}
        for fields in {fields for fields, _key in wanted}:
            # One field is asked for, the others are compared here: the one that tells most.
            keys = [key for own, key in wanted if own == fields]
            widest = max(range(len(fields)), key=lambda at: (len({key[at] for key in keys}), len(keys[0][at])))
            place = _text("v", self.shape.position[fields[widest]])
            texts.setdefault(place, set()).update(key[widest] for key in keys)
        for name in self.references if meant else ():
            texts[_row("v", self.shape.position[name])] = set(map(str, meant))
        conditions = [f"{place} IN ({', '.join(['%s'] * len(values))})" for place, values in texts.items()]
        parameters = [value for values in texts.values() for value in values]
        if not conditions:
            return []
        numbers = self._where(" OR ".join(conditions), parameters)
        return [found for found in self._read(numbers) if found.marks & wanted or found.means(meant)]

    def spelt_like(self, division: str, bare: str) -> list[int]:
        """Return the rows of a division whose name may be this one with signs and a place added: a few too many."""
        name, place = (_text("v", self.shape.position[field]) for field in ("name_key", "division"))
        return self._where(f"{place} = %s AND {name} LIKE %s", [division, f"%{'%'.join(bare)}%"])

    def _where(self, condition: str, parameters: list[str]) -> list[int]:
        """Return the numbers of the rows of which the kept row `v` meets a condition."""
        table, before = map(connection.ops.quote_name, (ImportRow._meta.db_table, "before"))
        query = (
            f"SELECT number FROM (SELECT number, COALESCE(data, {before}) AS v FROM {table}"  # noqa: S608
            f" WHERE job_id = %s AND number < {ABSENT_FROM}) AS kept WHERE v IS NOT NULL AND ({condition})"
        )
        with connection.cursor() as cursor:
            cursor.execute(query, [self.job.pk, *parameters])
            return [row[0] for row in cursor.fetchall()]

    def _read(self, numbers: list[int]) -> Iterable[Found]:
        rows = rows_numbered(self.job, among(numbers)).values_list("number", "data", "before")
        for number, data, before in rows.order_by("number"):
            row = data if data is not None else before
            if row is not None:
                yield Found(number, self.marks_of(row), self._refers_to(row))

    def _refers_to(self, row: Sequence[Any]) -> set[int]:
        cells = [row[self.shape.position[name]] for name in self.references]
        return {cell["row"] for cell in cells if isinstance(cell, dict)}


def _text(row: str, at: int) -> str:
    """Return SQL for a value of a row (a JSON list) as text."""
    return f"({row} ->> {at})" if connection.vendor == "postgresql" else f"CAST(json_extract({row}, '$[{at}]') AS TEXT)"


def _row(row: str, at: int) -> str:
    """Return SQL for the number of the row that a reference means, as text."""
    if connection.vendor == "postgresql":
        return f"({row} -> {at} ->> 'row')"
    return f"CAST(json_extract({row}, '$[{at}].row') AS TEXT)"
