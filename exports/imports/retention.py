"""Imports do not stay for ever: after a time their files, rows and changes are deleted; who, when and what came of it stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from .models import ImportJob

State = ImportJob.State


def prune() -> int:
    """Delete what expired imports held, and return how many expired.

    One that was never written expires IMPORT_KEEP_DAYS after its upload, a written one IMPORT_UNDO_DAYS after it was
    written, and can then no longer be undone. One that is being worked on or waits for the worker is left alone.
    """
    now = timezone.now()
    resting = Q(lease_until=None, queued="") & ~Q(file="")
    unwritten = Q(committed_at=None, created_at__lt=now - timedelta(days=settings.IMPORT_KEEP_DAYS))
    written = Q(committed_at__lt=now - timedelta(days=settings.IMPORT_UNDO_DAYS))
    expired = ImportJob.objects.filter(resting & (unwritten | written))
    return sum(_expire(job, resting) for job in expired.iterator())


def _expire(job: ImportJob, resting: Q) -> bool:
    # An undone import stays what it is: nothing more can happen to it.
    state = job.state if job.state == State.UNDONE else State.EXPIRED
    if not ImportJob.objects.filter(resting, pk=job.pk, state=job.state).update(state=state):
        return False
    # Samples of the first values stand in the mapping, and wrong values in the findings.
    held: dict[str, Any] = {"mapping": {}, "findings": {}, "file": ""}
    job.file.delete(save=False)
    job.rows.all().delete()
    job.found.all().delete()
    job.edits.all().delete()
    ImportJob.objects.filter(pk=job.pk).update(**held)
    return True
