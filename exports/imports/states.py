"""How a job moves from state to state: always one conditional UPDATE, so that of two hands only one succeeds."""

from __future__ import annotations

import os
import socket
import uuid
from datetime import timedelta
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from content.core.locks import register_lock

from .models import ImportJob
from .problems import Busy, ImportRefused

State = ImportJob.State
WORKING = (State.INSPECTING, State.VALIDATING, State.COMMITTING, State.UNDOING)
LEASE = timedelta(minutes=2)
# A commit is one transaction, whose heartbeat nobody outside would see.
COMMIT_LEASE = timedelta(minutes=30)


def rest(job: ImportJob, *, to: str, frm: tuple[str, ...] = (), **fields: Any) -> bool:
    """Move a job to a state in which nobody works on it, and refresh it. Returns whether it moved.

    Without `frm` only the worker that holds the job may move it.
    """
    mine = Q(state__in=frm) if frm else Q(worker=job.worker, state__in=WORKING)
    rested = {"worker": "", "lease_until": None, "queued": "", "moved_at": timezone.now()}
    moved = ImportJob.objects.filter(mine, pk=job.pk).update(state=to, **rested, **fields)
    job.refresh_from_db()
    return bool(moved)


def claim(job: ImportJob, *, to: str, frm: tuple[str, ...], **fields: Any) -> bool:
    """Take a job to work on it: one at rest in `frm`, or one whose worker's lease ran out."""
    now = timezone.now()
    free = Q(state__in=frm, lease_until=None) | Q(state__in=(to, *frm), lease_until__lt=now)
    lease = COMMIT_LEASE if to in (State.COMMITTING, State.UNDOING) else LEASE
    taken = ImportJob.objects.filter(free, pk=job.pk).update(
        state=to,
        worker=_signature(),
        queued="",
        lease_until=now + lease,
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
    with register_lock(f"claim {job.register_slug}"):
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


def is_abandoned(job: ImportJob) -> bool:
    """Tell whether the job's worker stopped giving signs of life."""
    return job.state in WORKING and bool(job.lease_until and job.lease_until < timezone.now())


def release_dead(job: ImportJob) -> bool:
    """End the lease of a worker that was a process of this machine and is no more. Returns whether it was one."""
    if job.state not in WORKING or not job.lease_until or not _is_dead(job.worker):
        return False
    now = timezone.now()
    ended = ImportJob.objects.filter(pk=job.pk, worker=job.worker, lease_until__gte=now)
    ended.update(lease_until=now - timedelta(seconds=1))
    job.refresh_from_db()
    return True


def _signature() -> str:
    """Return a name that is new for each claim and tells the process and machine of the worker: `1a2b3c4d.4711.host`."""
    return f"{uuid.uuid4().hex[:8]}.{os.getpid()}.{socket.gethostname()}"[:32]


def _is_dead(worker: str) -> bool:
    claim_, _dot, place = worker.partition(".")
    pid, _dot, host = place.partition(".")
    if not pid.isdigit() or host != socket.gethostname()[: 32 - len(claim_) - len(pid) - 2]:
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
