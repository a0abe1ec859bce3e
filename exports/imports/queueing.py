"""Now, or by the worker: small files are done while the person waits, large ones in the background."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from . import services, states, tasks
from .models import ImportJob, ImportRow
from .ranges import Ranges

INLINE_BYTES = 1024 * 1024  # a spreadsheet of this size holds about 20,000 rows and is read within a second
State = ImportJob.State


def check(
    job: ImportJob,
    *,
    sheet: str = "",
    chosen: Mapping[str, str] | None = None,
    constants: Mapping[str, str] | None = None,
) -> None:
    """Inspect the file and check its rows. Raises ImportRefused for a file that cannot be read."""
    if job.file.size > INLINE_BYTES and not (sheet or chosen):
        _enqueue(job, "check", tasks.check_import, job.pk)
        return
    workbook = services.prepare(job, sheet=sheet, chosen=chosen, constants=constants)
    if job.state == State.INSPECTING:
        recheck(job, workbook=workbook)


def recheck(job: ImportJob, *, workbook: Any = None) -> None:
    """Check the rows of a file whose columns are matched."""
    if (job.rows_total or 0) > settings.IMPORT_INLINE_ROWS:
        _enqueue(job, "check", tasks.check_import, job.pk)
    else:
        services.stage(job, workbook=workbook)


def commit(job: ImportJob, *, user: Any) -> None:
    """Write a checked import. Raises ImportRefused."""
    if _large(job):
        _enqueue(job, "commit", tasks.commit_import, job.pk, user.pk)
    else:
        services.commit(job, user=user)


def undo(job: ImportJob, *, user: Any, rows: Ranges | None = None) -> None:
    """Undo a written import, or some rows of it. Raises ImportRefused."""
    if _large(job):
        _enqueue(job, "undo", tasks.undo_import, job.pk, user.pk, rows)
    else:
        services.undo(job, user=user, rows=rows)


def pick_up(job: ImportJob) -> bool:
    """Hand a job whose worker was killed to another one. Returns whether it had been abandoned."""
    if not states.is_abandoned(job):
        return False
    if job.state == State.COMMITTING:
        _enqueue(job, "commit", tasks.commit_import, job.pk, job.asked_by_id)
    elif job.state == State.UNDOING:
        _enqueue(job, "undo", tasks.undo_import, job.pk, job.asked_by_id, job.undo_rows)
    else:
        _enqueue(job, "check", tasks.check_import, job.pk)
    return True


def sweep() -> list[int]:
    """Hand every job whose worker was killed to another one. Returns their numbers."""
    found = []
    for job in ImportJob.objects.filter(state__in=states.WORKING).exclude(lease_until=None):
        states.release_dead(job)
        if pick_up(job):
            found.append(job.pk)
    return found


def _large(job: ImportJob) -> bool:
    actions = (ImportRow.Action.NEW, ImportRow.Action.CHANGED)
    return sum(job.counts.get(action, 0) for action in actions) > settings.IMPORT_INLINE_ROWS


def _enqueue(job: ImportJob, what: str, task: Any, *arguments: Any) -> None:
    """Queue a job once: a second click finds it waiting."""
    if ImportJob.objects.filter(pk=job.pk, queued="").update(queued=what):
        task.enqueue(*arguments)
    job.refresh_from_db()
