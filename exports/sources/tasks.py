"""Each source is run by a task of its own, so that a large file of one delays no other.

The queue may lose an entry or deliver it twice: whether a source is due, and nobody at it, is decided by its lease alone
(`running.run`), and a lost entry is replaced when the watcher next comes by.
"""

from __future__ import annotations

import logging

from django.conf import settings
from django.db.models import Q
from django.utils import timezone, translation
from django_tasks import task
from django_tasks.base import TaskResultStatus

from exports.imports import states

from . import running
from .models import ImportSource

log = logging.getLogger(__name__)


@task()
def run_source(number: int, settled: float) -> None:
    """Take what a source has, when it is still due."""
    source = ImportSource.objects.filter(pk=number).first()
    if source is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        for done in running.run(source, settled=settled):
            log.info("source %s: %s %s %s", number, done.file_name, done.outcome, done.message)


def hand_out(*, settled: float) -> list[ImportSource]:
    """Queue a task for every source whose time has come, unless one waits or runs already. Returns these sources."""
    return [source for source in running.due(settled=settled) if _is_free(source) and _send(source, settled)]


def _is_free(source: ImportSource) -> bool:
    if source.lease_until and not states.is_dead(source.worker):
        return source.lease_until < timezone.now()
    return not source.task_id or _is_lost(source.task_id)


def _is_lost(task_id: str) -> bool:
    try:
        return run_source.get_result(task_id).status != TaskResultStatus.READY
    except Exception:  # each kind of queue says in its own way that it knows no such entry
        return True


def _send(source: ImportSource, settled: float) -> bool:
    unchanged = Q(task_id=source.task_id, worker=source.worker)
    if not ImportSource.objects.filter(unchanged, pk=source.pk).update(task_id="…"):
        return False  # another watcher was quicker
    result = run_source.enqueue(source.pk, settled)
    ImportSource.objects.filter(pk=source.pk, task_id="…").update(task_id=str(result.id))
    return True
