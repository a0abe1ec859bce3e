"""Rows that an import wrote, as they are now and as they were before: what an undo looks at and puts back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import models
from django.db.models import Q

from content.core.among import among

from . import bulk
from .models import ImportJob
from .staging import CHUNK
from .values import RowShape

Staged = tuple[int, int, str, Any, Any, int | None]
"""Primary key of the staged row, number in the file, label, data, before-image, target."""


def staged(job: ImportJob, action: str, only: Q | None = None) -> Iterator[list[Staged]]:
    """Yield the job's rows of one action in chunks, in the order of the file; only those that meet a condition, if given."""
    last = -1
    rows = job.rows.filter(only or Q(), action=action).order_by("number")
    while True:
        chunk = list(
            rows.filter(number__gt=last).values_list("pk", "number", "key", "data", "before", "target")[:CHUNK]
        )
        if not chunk:
            return
        last = chunk[-1][1]
        yield chunk


def current(model: type[models.Model], shape: RowShape, pks: Sequence[Any]) -> dict[int, list[Any]]:
    """Return the rows as they are now, locked until the transaction ends."""
    rows = model._default_manager.select_for_update().filter(pk__in=among(pks)).order_by().values("pk", *shape.names)
    return {row["pk"]: shape.encode(row) for row in rows}


def overwrite(
    model: type[models.Model],
    shape: RowShape,
    rows: Sequence[tuple[Any, list[Any], list[Any]]],
    touched: dict[str, Any],
) -> None:
    """Write rows given as (primary key, before, after): only the columns in which any of them differs."""
    befores, afters = zip(*(row[1] for row in rows)), zip(*(row[2] for row in rows))  # noqa: B905 (rows of one shape)
    differ = [at for at, (before, after) in enumerate(zip(befores, afters, strict=True)) if before != after]
    names = [*(shape.names[at] for at in differ), *touched]
    moment = tuple(touched.values())
    if rows:
        bulk.update(model, names, ((*(after[at] for at in differ), *moment, pk) for pk, _before, after in rows))
