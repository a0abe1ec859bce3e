"""Picks up what a killed process left: half-done work, lost queue entries, refreshes that never came."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks.base import TaskResultStatus

from . import states
from .models import ImportJob
from .queueing import enqueue
from .tasks import TASKS, send

State = ImportJob.State
QUIET = timedelta(seconds=40)
"""So long nothing may move before a resting job counts as forgotten: longer than a writer waits for SQLite's lock."""
MOST_ATTEMPTS = 5  # a job that ends its worker again and again is not begun once more
_UNDER_WAY = (State.UPLOADED, State.INSPECTING, State.VALIDATING)
_WRITTEN = (State.COMMITTED, State.UNDONE)


def sweep() -> list[int]:
    """Hand everything that was left behind to the worker. Returns the numbers of the jobs."""
    held = Q(lease_until__isnull=False)
    queued = Q(lease_until=None) & ~Q(queued="")
    forgotten = (
        Q(lease_until=None, queued="")
        & ~Q(file="")
        & (Q(state__in=_UNDER_WAY) | Q(state__in=_WRITTEN, refreshed=False))
    )
    jobs = ImportJob.objects.filter(held | queued | forgotten)
    return [job.pk for job in jobs.defer("mapping", "findings", "undo_report") if pick_up(job)]


def pick_up(job: ImportJob) -> bool:
    """Hand one job to the worker, if it was left behind. Returns whether it had been."""
    if job.lease_until:
        states.release_dead(job)
        if not states.is_abandoned(job):
            return False
        if not job.queued:
            return _take_over(job)
    if (job.moved_at or job.created_at) > timezone.now() - QUIET:
        return False
    if job.queued:
        return _is_lost(job) and _send_again(job)
    if job.state in _UNDER_WAY:
        return enqueue(job, "check")
    return job.state in _WRITTEN and not job.refreshed and enqueue(job, "refresh")


def _take_over(job: ImportJob) -> bool:
    """Begin again what a killed worker had begun; it was one transaction, or wipes what it had written."""
    if job.attempts >= MOST_ATTEMPTS:
        return _give_up(job)
    if job.state == State.COMMITTING:
        return enqueue(job, "commit")
    if job.state == State.UNDOING:
        return enqueue(job, "undo")
    if job.state in _WRITTEN:
        return not job.refreshed and enqueue(job, "refresh")
    return enqueue(job, "check")


def _give_up(job: ImportJob) -> bool:
    """Lay a job to rest whose workers all died: where it was before, or as failed."""
    rests: dict[str, str] = {State.COMMITTING: State.PREVIEWED, State.UNDOING: State.COMMITTED}
    rest = rests.get(job.state, State.FAILED)
    message = _(
        "The program ended %(count)s times while it worked on this import, so it is not tried again. Split the file, or"
        " tell the system's administrator the number of the import."
    )
    if job.state in _WRITTEN:
        return False
    return states.rest(job, to=rest, frm=(job.state,), error_code="gave_up", error=message % {"count": job.attempts})


def _is_lost(job: ImportJob) -> bool:
    """Tell whether nobody will begin what the job waits for: its entry is gone, ended, or was begun and never came here."""
    try:
        result = TASKS[job.queued].get_result(job.task_id)
    except Exception:  # each kind of queue says in its own way that it knows no such entry
        return True
    return result.status != TaskResultStatus.READY


def _send_again(job: ImportJob) -> bool:
    mine = ImportJob.objects.filter(pk=job.pk, queued=job.queued, task_id=job.task_id, moved_at=job.moved_at)
    if not mine.update(moved_at=timezone.now()):
        return False  # another process was quicker
    send(job)
    return True
