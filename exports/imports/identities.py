"""Which existing row a row of the file is, and what else in the file or the register claims to be the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any

from django.db import models
from django.db.models import Q

from content.core.among import among
from content.core.register import Register

from .marks import Marks

Values = Mapping[str, Any]
Record = dict[str, Any]
"""An existing row: field name → value, its key among them."""
Key = tuple[Any, ...]
Match = tuple[Record | None, tuple[str, ...]]
Twin = tuple[int, tuple[str, ...]]
"""The number of the first row with the same identity, and the fields that say so."""
_GROUPS = 100  # conditions joined in one query


def unique_sets(register: Register) -> list[tuple[str, ...]]:
    """Return every set of fields that tells rows apart, best first: the key, the alternates, the rest of the model's."""
    meta = register.model._meta
    sets = [register.key, *register.alternates]
    sets += [(field.name,) for field in meta.concrete_fields if field.unique and not field.primary_key]
    sets += [tuple(constraint.fields) for constraint in meta.total_unique_constraints]
    return list(dict.fromkeys(sets))


class Identities:
    """Looks rows up by each of their unique sets: one query a set a chunk, and remembers what the file has had."""

    def __init__(self, register: Register, names: list[str]) -> None:
        self.model: type[models.Model] = register.model
        self.sets = unique_sets(register)
        self.names = [register.model._meta.pk.name, *names]
        self._keys_of = [keyed_by(fields) for fields in self.sets]
        self._seen = [Marks() for _ in self.sets]

    def match(self, rows: Sequence[Values]) -> list[Match]:
        """Return for each row the existing one that it is, and the fields by which it is yet another existing one."""
        found: list[Match] = [(None, ())] * len(rows)
        read: dict[int, Record] = {}
        for fields, key_of_row in zip(self.sets, self._keys_of, strict=True):
            keys = list(map(key_of_row, rows))
            wanted = {key for key in keys if key}
            if not wanted:
                continue
            # A constraint stands behind each set: what a row read already answers need not be asked again.
            known = {key: row for row in read.values() if (key := key_of_row(row))}
            for row in self._fetch(fields, wanted - known.keys()):
                row = read.setdefault(row["id"], row)
                if key := key_of_row(row):
                    known[key] = row
            if known:
                found = list(map(_agreed, found, (known.get(key) if key else None for key in keys), repeat(fields)))
        return found

    def records(self, pks: Collection[Any]) -> dict[int, Record]:
        """Return existing rows by their primary key."""
        if not pks:
            return {}
        rows = self.model._default_manager.filter(pk__in=pks).values_list(*self.names)
        return {row[0]: dict(zip(self.names, row, strict=True)) for row in rows}

    def first_uses(self, rows: Sequence[tuple[int, Values]]) -> dict[int, Twin]:
        """Note rows by their number; return those of which an earlier row has the same identity."""
        twins: dict[int, Twin] = {}
        for fields, key_of_row, seen in zip(self.sets, self._keys_of, self._seen, strict=True):
            keyed = [(key, number) for number, row in rows if (key := key_of_row(row))]
            numbers = [number for _key, number in keyed]
            first = seen.first([hash(key) for key, _number in keyed], numbers)
            if first != numbers:
                for number, other in zip(numbers, first, strict=True):
                    if number != other:
                        twins.setdefault(number, (other, fields))
        return twins

    def _fetch(self, fields: tuple[str, ...], keys: set[Key]) -> Iterable[Record]:
        if not keys:
            return
        for condition in _conditions(fields, keys):
            for row in self.model._default_manager.filter(condition).values_list(*self.names).order_by():
                yield dict(zip(self.names, row, strict=True))


def _agreed(match: Match, row: Record | None, fields: tuple[str, ...]) -> Match:
    """Return what a row is by one set more."""
    found, other = match
    if row is None or other:
        return match
    if found is None:
        return row, ()
    return match if row["id"] == found["id"] else (found, fields)


def keyed_by(fields: tuple[str, ...]) -> Callable[[Values], Key | None]:
    """Return what gives a row's values of a unique set; None when one is empty, for then it tells nothing."""
    if len(fields) > 1:
        return lambda row: None if None in (key := tuple(map(row.get, fields))) or "" in key else key
    (field,) = fields
    return lambda row: None if (value := row.get(field)) is None or value == "" else (value,)


def key_of(row: Values, fields: tuple[str, ...]) -> Key | None:
    """Return a row's values of a unique set; None when one is empty, for then it tells nothing."""
    return keyed_by(fields)(row)


def _conditions(fields: tuple[str, ...], keys: set[Key]) -> Iterable[Q]:
    """Yield conditions that an index serves: one IN for the last or widest field, an OR over the values of the others."""
    if len(fields) == 1:
        yield Q(**{f"{fields[0]}__in": among([key[0] for key in keys])})
        return
    widest = max(range(len(fields)), key=lambda at: len({key[at] for key in keys}))
    groups: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for key in keys:
        groups[key[:widest] + key[widest + 1 :]].append(key[widest])
    rest = fields[:widest] + fields[widest + 1 :]
    conditions = [
        Q(**dict(zip(rest, group, strict=True)), **{f"{fields[widest]}__in": among(values)})
        for group, values in groups.items()
    ]
    for start in range(0, len(conditions), _GROUPS):
        condition = Q()
        for part in conditions[start : start + _GROUPS]:
            condition |= part
        yield condition
