"""Which existing row a row of the file is, and what else in the file or the register claims to be the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import models
from django.db.models import Q

from content.core.among import among
from content.core.register import Register

from .marks import Marks

Values = Mapping[str, Any]
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
        self._seen = [Marks() for _ in self.sets]
        self._existing: list[dict[tuple[Any, ...], dict[str, Any]]] = [{} for _ in self.sets]

    def load(self, rows: Iterable[Values]) -> None:
        """Read the existing rows that any of these rows may be."""
        rows = list(rows)
        read: dict[int, dict[str, Any]] = {}
        for at, fields in enumerate(self.sets):
            # A constraint stands behind each set: what a row read already answers need not be asked again.
            known = {key: row for row in read.values() if (key := key_of(row, fields))}
            wanted = {key for row in rows if (key := key_of(row, fields))} - known.keys()
            for row in self._fetch(fields, wanted):
                row = read.setdefault(row["id"], row)
                if key := key_of(row, fields):
                    known[key] = row
            self._existing[at] = known

    def records(self, pks: Collection[Any]) -> dict[int, dict[str, Any]]:
        """Return existing rows by their primary key."""
        if not pks:
            return {}
        rows = self.model._default_manager.filter(pk__in=pks).values_list(*self.names)
        return {row[0]: dict(zip(self.names, row, strict=True)) for row in rows}

    def find(self, row: Values) -> tuple[dict[str, Any] | None, tuple[str, ...]]:
        """Return the existing row, and the fields by which the row is yet another existing one (or none)."""
        found: dict[str, Any] | None = None
        for at, fields in enumerate(self.sets):
            known = self._existing[at]
            key = key_of(row, fields) if known else None
            existing = known.get(key) if key else None
            if existing is None:
                continue
            if found is None:
                found = existing
            elif existing["id"] != found["id"]:
                return found, fields
        return found, ()

    def first_use(self, row: Values, number: int) -> tuple[int, tuple[str, ...]] | None:
        """Note a row, and return the first row number that has the same identity, and by which fields."""
        twin: tuple[int, tuple[str, ...]] | None = None
        for at, fields in enumerate(self.sets):
            if key := key_of(row, fields):
                first = self._seen[at].setdefault(hash(key), number)
                if first != number and twin is None:
                    twin = first, fields
        return twin

    def _fetch(self, fields: tuple[str, ...], keys: set[tuple[Any, ...]]) -> Iterable[dict[str, Any]]:
        if not keys:
            return
        for condition in _conditions(fields, keys):
            for row in self.model._default_manager.filter(condition).values_list(*self.names).order_by():
                yield dict(zip(self.names, row, strict=True))


def key_of(row: Values, fields: tuple[str, ...]) -> tuple[Any, ...] | None:
    """Return a row's values of a unique set; None when one is empty, for then it tells nothing."""
    if len(fields) == 1:
        value = row.get(fields[0])
        return None if value is None or value == "" else (value,)
    key = tuple(map(row.get, fields))
    return None if None in key or "" in key else key


def _conditions(fields: tuple[str, ...], keys: set[tuple[Any, ...]]) -> Iterable[Q]:
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
