"""Rows of other registers, for what a register derives and checks: one at a time, or a batch read ahead.

A rule asks `find(Union, 7)` and need not know whether it runs for one form or for fifty thousand rows of a file::

    with lookups.batch() as batch:
        batch.load(Union, parent_keys)   # one query
        for values in rows:
            register.prepare(values)     # asks nothing
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models

Row = Mapping[str, Any]
_CHUNK = 5_000  # well under the number of parameters that SQLite and PostgreSQL take


class Batch:
    """What was read ahead: model → key → row (field name → value, references as keys; None when there is none)."""

    def __init__(self) -> None:
        self.rows: dict[type[models.Model], dict[Any, Row | None]] = {}

    def load(self, model: type[models.Model], keys: Iterable[Any]) -> None:
        """Read the rows of these keys, with one query for each few thousand that are not known yet."""
        known = self.rows.setdefault(model, {})
        wanted = [key for key in set(keys) if key is not None and key not in known]
        for start in range(0, len(wanted), _CHUNK):
            part = wanted[start : start + _CHUNK]
            known.update(dict.fromkeys(part))
            known.update(_read(model, part))

    def load_ancestors(self, model: type[models.Model], field: str, keys: Iterable[Any]) -> None:
        """Read rows and, level by level, all those above them through the reference `field`."""
        level = {key for key in keys if key is not None}
        seen: set[Any] = set()
        while level:
            self.load(model, level)
            seen |= level
            rows = (self.rows[model].get(key) for key in level)
            level = {row[field] for row in rows if row and row[field] is not None} - seen


_current: ContextVar[Batch | None] = ContextVar("lookups", default=None)


@contextmanager
def batch() -> Iterator[Batch]:
    """Answer `find` from memory inside the block; what was not loaded is asked once."""
    token = _current.set(Batch())
    try:
        yield _current.get()  # type: ignore[misc]
    finally:
        _current.reset(token)


def find(model: type[models.Model], key: Any) -> Row | None:
    """Return a row by its primary key, or None when there is none."""
    if key is None:
        return None
    current = _current.get()
    if current is None:
        return _read(model, [key]).get(key)
    current.load(model, [key])
    return current.rows[model][key]


def _read(model: type[models.Model], keys: list[Any]) -> dict[Any, Row]:
    names = [field.name for field in model._meta.concrete_fields]
    pk = model._meta.pk.name
    return {row[pk]: row for row in model._default_manager.filter(pk__in=keys).values(*names)}
