"""The verbs of an import, run by the task worker for large files and whenever another import writes first.

The queue may lose an entry (its worker is killed before it begins) or deliver it twice. The job itself says what it waits
for: `ImportJob.queued`; an entry that finds it waiting for something else does nothing.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from . import services
from .models import ImportJob
from .problems import Busy, ImportRefused
from .retention import prune

log = logging.getLogger(__name__)
RETRY = timedelta(seconds=2)  # until a job that waits for another one is tried again


@task()
def check_import(number: int) -> None:
    """Inspect and check a file. A refusal is kept on the job."""
    _run(number, "check")


@task()
def commit_import(number: int, user: int | None) -> None:
    _run(number, "commit", user=user)


@task()
def undo_import(number: int, user: int | None, *_earlier: Any) -> None:
    _run(number, "undo", user=user)


@task()
def refresh_import(number: int) -> None:
    _run(number, "refresh")


TASKS: dict[str, Any] = {"check": check_import, "commit": commit_import, "undo": undo_import, "refresh": refresh_import}


def send(job: ImportJob, *, later: bool = False) -> None:
    """Put what the job waits for into the queue of the worker."""
    found = TASKS[job.queued]
    if later and found.get_backend().supports_defer:
        found = found.using(run_after=timezone.now() + RETRY)
    acting = [job.asked_by_id] if job.queued in ("commit", "undo") else []
    result = found.enqueue(job.pk, *acting)
    ImportJob.objects.filter(pk=job.pk, queued=job.queued).update(task_id=str(result.id), moved_at=timezone.now())


def _run(number: int, what: str, *, user: int | None = None) -> None:
    job = ImportJob.objects.filter(pk=number, queued=what).first()
    if job is None:  # given up meanwhile, or done by another worker
        return
    try:
        _do(job, what, _user(user))
    except Busy:
        job.queued = what
        send(job, later=True)
        return
    except ImportRefused as refusal:
        log.info("import %s refused: %s", number, refusal.code)
        if refusal.code != "wrong_state":  # else another worker was quicker
            ImportJob.objects.filter(pk=number).update(error_code=refusal.code, error=str(refusal.message))
        ImportJob.objects.filter(pk=number, queued=what).update(queued="")
    ImportJob.objects.filter(pk=number, queued=what, lease_until=None).update(queued="")
    prune()


def _do(job: ImportJob, what: str, user: Any) -> None:
    if what == "check":
        services.stage(job)
    elif what == "commit":
        services.commit(job, user=user)
    elif what == "undo":
        services.undo(job, user=user, rows=job.undo_rows)
    else:
        services.renew(job)


def _user(pk: int | None) -> Any:
    if pk is None:
        return None
    user = get_user_model().objects.filter(pk=pk).first()
    if user is None:
        raise ImportRefused("forbidden", _("You may not import into this register. Ask an administrator."))
    return user
