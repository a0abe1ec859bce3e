"""Now, or by the worker: small files are done while the person waits, large ones in the background."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone

from . import approval, fixing, services, states, tasks
from .models import WRITES, ImportJob
from .problems import Busy
from .ranges import Ranges
from .rechecking import recheck_rows

INLINE_BYTES = 1024 * 1024  # a spreadsheet of this size holds about 20,000 rows and is read within a second
State = ImportJob.State


def check(
    job: ImportJob,
    *,
    chosen: Mapping[str, str] | None = None,
    constants: Mapping[str, str] | None = None,
) -> None:
    """Inspect the file and check its rows. Raises ImportRefused for a file that cannot be read."""
    if job.state == State.UPLOADED and job.file.size > INLINE_BYTES and not chosen:
        enqueue(job, "check")
        return
    workbook = services.prepare(job, chosen=chosen, constants=constants)
    if job.state == State.INSPECTING:
        recheck(job, workbook=workbook)


def recheck(job: ImportJob, *, workbook: Any = None, changes: Sequence[fixing.Change] = ()) -> None:
    """Check the rows of a file whose columns are matched; after a change of some cells, their rows only where that is enough."""
    cells: dict[int, dict[int, Any]] = {}
    for number, index, _old, new in changes:
        cells.setdefault(number, {})[index] = new
    if recheck_rows(job, cells):
        return
    if (job.rows_total or 0) > settings.IMPORT_INLINE_ROWS:
        enqueue(job, "check")
    else:
        services.stage(job, workbook=workbook)


def commit(job: ImportJob, *, user: Any) -> None:
    """Write a checked import: at once, when its turn comes, or when a second person approves. Raises ImportRefused."""
    services.may_commit(job, user=user)
    if approval.holds_back(job, user=user):
        return
    if not _large(job) and not states.writer(job.register_slug, but=job):
        try:
            services.commit(job, user=user)
            return
        except Busy:
            job.refresh_from_db()
    if not enqueue(job, "commit", asked_by=user):
        services.commit(job, user=user)  # which says why it cannot be


def undo(job: ImportJob, *, user: Any, rows: Ranges | None = None) -> None:
    """Undo a written import, or some rows of it: at once, or when its turn comes. Raises ImportRefused."""
    services.may_undo(job, user=user)
    if not _large(job) and not states.writer(job.register_slug, but=job):
        try:
            services.undo(job, user=user, rows=rows)
            return
        except Busy:
            job.refresh_from_db()
    enqueue(job, "undo", asked_by=user, undo_rows=rows)


def withdraw(job: ImportJob) -> bool:
    """Take a commit or undo out of the queue before it begins. Returns whether it was still there."""
    waiting = ImportJob.objects.filter(pk=job.pk, queued__in=("commit", "undo"), lease_until=None)
    taken = waiting.update(queued="", task_id="", asked_by=None, undo_rows=None)
    job.refresh_from_db()
    return bool(taken)


def enqueue(job: ImportJob, what: str, **fields: Any) -> bool:
    """Queue a job once: a second click finds it waiting. Returns whether it was free to be queued."""
    free = ImportJob.objects.filter(pk=job.pk, queued="", state=job.state, lease_until=job.lease_until)
    queued = free.update(queued=what, moved_at=timezone.now(), **fields)
    job.refresh_from_db()
    if queued:
        tasks.send(job)
    return bool(queued) or job.queued == what


def _large(job: ImportJob) -> bool:
    return sum(job.counts.get(action, 0) for action in WRITES) > settings.IMPORT_INLINE_ROWS
