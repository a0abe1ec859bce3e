"""Which published rows of a register hold which value, as bitmaps in memory.

With them a list says how many rows any combination of filters keeps, and every facet what each of its options would
give, at the same cost for a thousand rows and for a hundred thousand. A process builds them at its first question and
then keeps up: when rows of the register were written, it reads the rows that changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, timedelta
from functools import reduce
from operator import and_, or_
from threading import Lock
from typing import Any

from django.db.models import Case, Max, QuerySet, Value, When
from django.utils.timezone import localdate
from pyroaring import BitMap

from content.core.among import among
from content.core.freshness import version_of
from content.core.register import Register
from content.core.traits import Trait

# A row is stamped when it is written and seen when its transaction ends: longer than any import may write (30 minutes).
OVERLAP = timedelta(hours=1)


class Tally:
    """The published rows of a register by what they hold.

    fields: attributes whose values are counted. traits: those whose choices are counted, as of the day it was made.
    """

    def __init__(self, register: Register, fields: Collection[str], traits: Collection[Trait]) -> None:
        self.register = register
        self.fields = tuple(dict.fromkeys(fields))
        self.choices = [(trait.key, value, trait.where(value)) for trait in traits for value, _label in trait.choices]
        self.every = BitMap()  # published or not
        self.rows = BitMap()
        self.values: dict[str, dict[Any, BitMap]] = {}
        self.latest: datetime | None = None

    def catch_up(self) -> None:
        """Read what was written since the last time: all rows at first, and when a row is gone without a trace."""
        every = self.register.model._default_manager.order_by()
        public = self.register.public_rows().order_by()
        before, self.latest = self.latest, every.aggregate(latest=Max("updated_at"))["latest"]
        if before is not None:
            changed = _pks(every.filter(updated_at__gte=before - OVERLAP))
            self._forget(changed)
            self.every |= changed
            self._read(public.filter(pk__in=among(list(changed))))
        if before is None or len(self.every) != every.count():
            self.every, self.rows = _pks(every), BitMap()
            self.values = {name: {} for name in (*self.fields, *(key for key, _value, _where in self.choices))}
            self._read(public)

    def counts(self, name: str, kept: BitMap | None) -> dict[Any, int]:
        """Return value of a field (choice of a trait) → number of rows; of those `kept`, or of all rows for None."""
        held = self.values[name].items()
        if kept is None:
            return {value: len(rows) for value, rows in held if rows}
        counted = ((value, rows.intersection_cardinality(kept)) for value, rows in held)
        return {value: count for value, count in counted if count}

    def holding(self, field: str, fits: Callable[[Any], bool]) -> BitMap:
        """Return the rows whose value of a field fits."""
        return reduce(or_, (rows for value, rows in self.values[field].items() if fits(value)), BitMap())

    def fulfilling(self, trait: Trait, wanted: Sequence[str]) -> BitMap:
        """Return the rows that a trait's chosen values keep."""
        held = [self.values[trait.key].get(value, BitMap()) for value in wanted]
        return reduce(and_ if trait.every else or_, held)

    def _forget(self, gone: BitMap) -> None:
        self.rows -= gone
        for held in self.values.values():
            for rows in held.values():
                rows -= gone

    def _read(self, rows: QuerySet[Any]) -> None:
        tested = {
            f"_fits{at}": Case(When(where, then=1), default=Value(0)) for at, (*_of, where) in enumerate(self.choices)
        }
        names = ("pk", *self.fields, *tested)
        read = list(rows.annotate(**tested).values_list(*names).iterator(chunk_size=10_000))
        self.rows |= BitMap([row[0] for row in read])
        for at, name in enumerate(self.fields, 1):
            lists: dict[Any, list[int]] = {}
            for row in read:
                lists.setdefault(row[at], []).append(row[0])
            for value, pks in lists.items():
                self._add(name, value, pks)
        for at, (key, value, _where) in enumerate(self.choices, 1 + len(self.fields)):
            self._add(key, value, [row[0] for row in read if row[at]])

    def _add(self, name: str, value: Any, pks: list[int]) -> None:
        held = self.values[name]
        held[value] = held.get(value, BitMap()) | BitMap(pks)


def _pks(rows: QuerySet[Any]) -> BitMap:
    return BitMap(rows.values_list("pk", flat=True).iterator(chunk_size=10_000))


_kept: dict[str, tuple[tuple[int, date], Tally]] = {}
_writing = Lock()


def tally_of(register: Register, fields: Collection[str], traits: Collection[Trait]) -> Tally:
    """Return the register's tally as of now; a new one at each question where nobody says when rows change.

    A register is always asked about with the same fields and traits: those of its filters.
    """
    version, today = version_of(register.slug), localdate()
    with _writing:
        known = _kept.get(register.slug) if version is not None else None
        if known and known[0] == (version, today):
            return known[1]
        tally = known[1] if known and known[0][1] == today else Tally(register, fields, traits)
        tally.catch_up()
        if version is not None:
            _kept[register.slug] = ((version, today), tally)
    return tally


def forget() -> None:
    """Read everything again at the next question."""
    _kept.clear()
