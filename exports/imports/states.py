"""How a job moves from state to state: always one conditional UPDATE, so that of two hands only one succeeds."""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import OperationalError
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from content.core.locks import register_lock

from . import pulse
from .models import ImportJob
from .problems import Busy, ImportRefused

State = ImportJob.State
WORKING = (State.INSPECTING, State.VALIDATING, State.COMMITTING, State.UNDOING)
LEASE = timedelta(minutes=2)
REFRESH_LEASE = timedelta(minutes=15)  # nothing beats meanwhile: a million rows take about as long


def rest(job: ImportJob, *, to: str, frm: tuple[str, ...] = (), **fields: Any) -> bool:
    """Move a job to a state in which nobody works on it, and refresh it. Returns whether it moved.

    Without `frm` only the worker that holds the job may move it.
    """
    mine = Q(state__in=frm) if frm else Q(worker=job.worker, state__in=WORKING)
    rested = {"worker": "", "lease_until": None, "queued": "", "attempts": 0, "moved_at": timezone.now()}
    moved = ImportJob.objects.filter(mine, pk=job.pk).update(state=to, **rested, **fields)
    job.refresh_from_db()
    return bool(moved)


def claim(job: ImportJob, *, to: str, frm: tuple[str, ...], **fields: Any) -> bool:
    """Take a job to work on it: one at rest in `frm`, or one whose worker's lease ran out.

    The job must still wait for what the caller saw it wait for: what a person took out of the queue is not done.
    """
    now = timezone.now()
    free = Q(state__in=frm, lease_until=None) | Q(state__in=(to, *frm), lease_until__lt=now)
    taken = ImportJob.objects.filter(free, pk=job.pk, queued=job.queued).update(
        state=to,
        worker=signature(),
        queued="",
        task_id="",
        lease_until=now + LEASE,
        attempts=F("attempts") + 1,
        error="",
        error_code="",
        moved_at=now,
        work_since=now,
        rows_done=0,
        **fields,
    )
    job.refresh_from_db()
    return bool(taken)


def claim_writer(job: ImportJob, *, to: str, frm: tuple[str, ...], **fields: Any) -> None:
    """Claim a job that will write into its register. Raises Busy while another one does, ImportRefused on a wrong state.

    Looking and claiming are one step: of two jobs that come at once, one writes and the other is told.
    """
    with _database_free(), register_lock(f"claim {job.register_slug}"):
        if other := writer(job.register_slug, but=job):
            raise Busy(
                "busy",
                _(
                    "Import %(number)s of %(who)s is being written into this register."
                    " Wait until it is done, then try again."
                )
                % {"number": other.pk, "who": who(other)},
            )
        if not claim(job, to=to, frm=frm, **fields):
            raise wrong_state(job)


@contextmanager
def _database_free() -> Iterator[None]:
    """SQLite has one writer for all registers; whoever waits too long for it is told so, like the second of two importers."""
    try:
        yield
    except OperationalError as error:
        if "locked" not in str(error):
            raise
        message = _("The database is busy with another long piece of work. Wait a moment, then try again.")
        raise Busy("busy", message) from error


def writer(slug: str, *, but: ImportJob | None = None) -> ImportJob | None:
    """Return the job that is being written into a register, or undone in it."""
    jobs = ImportJob.objects.filter(
        register_slug=slug, state__in=(State.COMMITTING, State.UNDOING), lease_until__gte=timezone.now()
    )
    if but is not None:
        jobs = jobs.exclude(pk=but.pk)
    return jobs.select_related("user").first()


def wrong_state(job: ImportJob) -> ImportRefused:
    message = _("This import is in the state “%(state)s”, in which that cannot be done.")
    return ImportRefused("wrong_state", message % {"state": job.get_state_display()})


def who(job: ImportJob) -> str:
    """Return the name of whoever imports, as people say it."""
    return (job.user.get_full_name() or str(job.user)) if job.user else _("the system")


def beat(job: ImportJob, **fields: Any) -> bool:
    """Lengthen the lease and show progress. False when the job was cancelled or taken over: stop then."""
    alive = ImportJob.objects.filter(pk=job.pk, worker=job.worker, state__in=WORKING)
    return bool(alive.update(lease_until=timezone.now() + LEASE, **fields))


def claim_refresh(job: ImportJob) -> bool:
    """Take a job that was written or undone to bring up to date what derives from it. False when someone does already."""
    now = timezone.now()
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    taken = ImportJob.objects.filter(
        free, pk=job.pk, state__in=(State.COMMITTED, State.UNDONE), refreshed=False, queued=job.queued
    ).update(worker=signature(), lease_until=now + REFRESH_LEASE, queued="", task_id="", moved_at=now)
    job.refresh_from_db()
    return bool(taken)


def release(job: ImportJob) -> None:
    """Lay down a job that was being refreshed."""
    ImportJob.objects.filter(pk=job.pk, worker=job.worker).update(worker="", lease_until=None, moved_at=timezone.now())
    job.refresh_from_db()


def holds(job: ImportJob) -> bool:
    """Tell whether the job is still this worker's. Asked inside the transaction of a commit, it locks nothing."""
    return ImportJob.objects.filter(pk=job.pk, worker=job.worker, state__in=WORKING).exists()


def is_abandoned(job: ImportJob) -> bool:
    """Tell whether the job's worker stopped giving signs of life."""
    return bool(job.lease_until and job.lease_until < timezone.now()) and not pulse.is_fresh(job, within=LEASE)


def release_dead(job: ImportJob) -> bool:
    """End the lease of a worker that was a process of this machine and is no more. Returns whether it was one."""
    if not job.lease_until or not is_dead(job.worker):
        return False
    pulse.forget(job)
    now = timezone.now()
    ended = ImportJob.objects.filter(pk=job.pk, worker=job.worker, lease_until__gte=now)
    ended.update(lease_until=now - timedelta(seconds=1))
    job.refresh_from_db()
    return True


def signature() -> str:
    """Return a name that is new for each claim and tells the process and machine of the worker.

    `1a2b3c4d.4711-5f2e.host`: the second number is when the process began, as a container gives its processes the same
    few numbers at every start.
    """
    pid = os.getpid()
    return f"{uuid.uuid4().hex[:8]}.{pid}-{_began(pid):x}.{socket.gethostname()}"[:_LONGEST]


def is_dead(worker: str) -> bool:
    _claim, _dot, place = worker.partition(".")
    process, _dot, host = place.partition(".")
    pid, _dash, began = process.partition("-")
    if not pid.isdigit() or not host or not socket.gethostname().startswith(host):  # long names are cut off
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    return bool(began) and f"{_began(int(pid)):x}" != began


def _began(pid: int) -> int:
    """Return when a process began, in ticks since the machine did; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[19])


_LONGEST = 64
