"""Verbs of the index that bulk paths call, as they send no signals."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import transaction
from modelsearch.backends import get_search_backend

from content.core.among import among
from content.core.models import RegisterRow

from .entries import Entry, entry_of, entry_of_row, row_fields

BATCH = 2_000
MANY = 500
"""So many new rows make the database's statistics of its tables stale."""


def index_rows(model: Any, keys: Iterable[Any], *, batch: int = BATCH) -> int:
    """Bring the index up to date with the objects of these primary keys; return how many it holds of them now.

    Those that are no more are forgotten. Memory does not grow with their number: `keys` may be a generator.
    """
    total = 0
    for some in _batches(keys, batch):
        total += _write(model, list(_entries(model, some)), some)
    note_growth(model, total)
    return total


def index_values(model: type[RegisterRow], rows: Iterable[Sequence[Any]], keys: Iterable[Any]) -> int:
    """Do what `index_rows` does for register rows that were read already, as their fields `row_fields`; return how many.

    keys: of all rows that were asked for. When the last are written, call `note_growth`.
    """
    return _write(model, [entry_of_row(*row) for row in rows], keys)


def note_growth(model: Any, written: int) -> None:
    """Renew the database's statistics of the index, if so many entries were written that they are stale."""
    if written >= MANY:
        get_search_backend().get_index_for_model(model).analyze(model)


def _write(model: Any, entries: list[Entry], keys: Iterable[Any]) -> int:
    index = get_search_backend().get_index_for_model(model)
    with transaction.atomic(using=index.connection.alias):
        index.write(model, entries)
        if gone := {str(key) for key in keys} - {entry.key for entry in entries}:
            index.remove(model, gone)
    return len(entries)


def _entries(model: Any, keys: Sequence[Any]) -> Iterator[Entry]:
    found = model.get_indexed_objects().filter(pk__in=among(keys)).order_by()
    if issubclass(model, RegisterRow):
        return (entry_of_row(*row) for row in found.values_list(*row_fields(model)))
    return (entry_of(instance) for instance in found)


def _batches(keys: Iterable[Any], size: int) -> Iterator[list[Any]]:
    source = iter(keys)
    while some := list(islice(source, size)):
        yield some
