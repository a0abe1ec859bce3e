"""What an import wrote, row by row, and which of it can still be undone: for the result screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from content.core.among import among

from . import ranges
from .models import WRITES, ImportJob, ImportRow
from .selectors import PER_PAGE, ShownRow, show_page
from .values import RowShape

Action, State = ImportRow.Action, ImportJob.State
STANDING, UNDONE = "standing", "undone"


@dataclass
class WrittenRow:
    """A row on the screen. hindrance: why it cannot be undone, in words; empty when it can be chosen."""

    shown: ShownRow
    there: bool
    hindrance: str


def filtered(job: ImportJob, *, action: str = "", q: str = "", state: str = "") -> QuerySet[ImportRow]:
    """Return the written rows that a person looks at. q: part of the record's name, or rows such as 3,7-9."""
    rows = job.rows.filter(action__in=[action] if action in WRITES else WRITES)
    if state in (STANDING, UNDONE):
        rows = rows.filter(undone_at__isnull=state == STANDING)
    q = q.strip()
    if q and all(sign.isdigit() or sign in "-–,，、 " for sign in q):
        return rows.filter(ranges.among_rows(ranges.parse(q)))
    return rows.filter(key__icontains=q) if q else rows


def written_page(job: ImportJob, rows: QuerySet[ImportRow], *, page: Any, personal: bool) -> tuple[Page[Any], Any, Any]:
    """Return one page: the page, the columns, its rows (WrittenRow). A fixed number of queries."""
    shown_page: Page[Any] = Paginator(rows.order_by("number"), PER_PAGE).get_page(page)
    preview = show_page(job, shown_page, personal)
    staged: list[ImportRow] = list(shown_page.object_list)
    now = _as_they_are(job, staged)
    shape = RowShape(job.register.model, job.fields)
    found = []
    for row, shown in zip(staged, preview.rows, strict=True):
        there = row.target in now
        found.append(WrittenRow(shown, there, _hindrance(row, now.get(row.target or 0), shape)))
    return shown_page, preview.columns, found


def _as_they_are(job: ImportJob, rows: list[ImportRow]) -> dict[int, list[Any]]:
    model, shape = job.register.model, RowShape(job.register.model, job.fields)
    pks = [row.target for row in rows if row.target]
    found = model._default_manager.filter(pk__in=among(pks)).order_by().values("pk", *shape.names)
    return {row["pk"]: shape.encode(row) for row in found}


def _hindrance(row: ImportRow, now: list[Any] | None, shape: RowShape) -> str:
    if row.undone_at:
        return _("undone")
    if now is None:
        return _("deleted since")
    return "" if shape.same(now, row.data or []) else _("changed since")


def undo_until(job: ImportJob) -> datetime | None:
    """Return when the rows kept for undoing are deleted."""
    return job.committed_at + timedelta(days=settings.IMPORT_UNDO_DAYS) if job.committed_at else None


def can_be_undone(job: ImportJob) -> bool:
    until = undo_until(job)
    return job.state in (State.COMMITTED, State.UNDONE) and until is not None and until > timezone.now()
