"""The same verbs, run by the task worker for large files."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib.auth import get_user_model
from django_tasks import task

from . import services
from .models import ImportJob
from .problems import ImportRefused
from .ranges import Ranges
from .retention import prune

log = logging.getLogger(__name__)


@task()
def check_import(number: int) -> None:
    """Inspect and check a file. A refusal is kept on the job."""
    _run(number, services.stage)


@task()
def commit_import(number: int, user: int | None) -> None:
    _run(number, services.commit, user=_user(user))


@task()
def undo_import(number: int, user: int | None, rows: Ranges | None = None) -> None:
    _run(number, services.undo, user=_user(user), rows=rows)


def _user(pk: int | None) -> Any:
    return get_user_model().objects.filter(pk=pk).first() if pk else None


def _run(number: int, verb: Any, **arguments: Any) -> None:
    job = ImportJob.objects.filter(pk=number).first()
    if job is None:
        return
    try:
        verb(job, **arguments)
    except ImportRefused as refusal:
        log.info("import %s refused: %s", number, refusal.code)
        ImportJob.objects.filter(pk=number).update(error_code=refusal.code, error=str(refusal.message))
    finally:
        ImportJob.objects.filter(pk=number).update(queued="")
        prune()
