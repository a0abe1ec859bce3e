"""Large files are made by the worker: a person would wait too long, and others for the web process meanwhile."""

from __future__ import annotations

import logging
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.http import HttpRequest, QueryDict
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from content.core.file_formats import FILE_FORMATS
from content.core.jurisdiction import codes_of, may_export, may_see_personal_data
from exports.bulletins.errors import NotPrintable

from .columns import UnknownColumn
from .models import ExportJob
from .selectors import listed_rows
from .services import EDIT, export_rows, file_name, personal_headers, record_export

State = ExportJob.State
log = logging.getLogger(__name__)
SILENCE = timedelta(minutes=3)  # without a sign of life, after which the worker is taken to be gone


def is_large(format: str, count: int) -> bool:
    """Tell whether a file is for the worker. Typesetting a row costs a hundred times what writing it does."""
    inline = settings.EXPORT_INLINE_ROWS
    if format == EDIT:
        return count > inline // 5
    return count > (inline // 100 if FILE_FORMATS[format].printed else inline)


def ask(**fields: Any) -> ExportJob:
    """Keep what a person asked for and let the worker make it."""
    job = ExportJob.objects.create(**fields)
    make_export.enqueue(job.pk)
    job.refresh_from_db()
    return job


@task()
def make_export(number: int) -> None:
    """Make a file. Whatever goes wrong is kept on the job in words."""
    now = timezone.now()
    if not ExportJob.objects.filter(pk=number, state=State.WAITING).update(state=State.RUNNING, beat_at=now):
        return
    job = ExportJob.objects.select_related("user").get(pk=number)
    prune()
    try:
        with translation.override(settings.LANGUAGE_CODE):
            _make(job)
    except (NotPrintable, UnknownColumn) as error:
        _end(job, state=State.FAILED, error=str(error))
    except Exception:
        message = _(
            "The file could not be made. Try again, or tell the system's administrator the number of the export."
        )
        _end(job, state=State.FAILED, error=message)
        log.exception("export %s failed", number)


def _make(job: ExportJob) -> None:
    register, user = job.register, job.user
    if not may_export(user, register) or (job.personal and not may_see_personal_data(user)):
        _end(job, state=State.FAILED, error=_("You may no longer export this. Ask an administrator."))
        return
    request = HttpRequest()
    request.user, request.GET = user, QueryDict(job.filters)
    with tempfile.TemporaryDirectory(prefix="xinghui-export-") as folder:
        path = Path(folder) / "file"
        exported = export_rows(
            register=register,
            rows=listed_rows(register, request),
            path=path,
            format=job.format,
            columns=job.columns,
            personal=job.personal,
            codes=codes_of(user),
            progress=lambda done: _beat(job, done),
        )
        with path.open("rb") as source:
            job.file.save("file", File(source), save=False)
    record_export(
        user=user,
        register=register,
        format=job.format,
        exported=exported,
        filters=job.filters,
        personal=personal_headers(register, exported),
        reason=job.reason,
    )
    name = file_name(register, job.format)
    _end(job, state=State.DONE, file=job.file.name, file_name=name, rows_done=exported.rows)


def _beat(job: ExportJob, done: int) -> None:
    ExportJob.objects.filter(pk=job.pk).update(rows_done=done, beat_at=timezone.now())


def _end(job: ExportJob, **fields: Any) -> None:
    ExportJob.objects.filter(pk=job.pk).update(finished_at=timezone.now(), **fields)


def look_after(job: ExportJob) -> ExportJob:
    """Return the job as it is now; one whose worker was killed is given up, so that nobody waits for ever."""
    dead = ExportJob.objects.filter(pk=job.pk, state=State.RUNNING, beat_at__lt=timezone.now() - SILENCE)
    dead.update(state=State.FAILED, error=_("The work was interrupted. Ask for the file once more."))
    job.refresh_from_db()
    return job


def prune() -> int:
    """Delete the files that have stood long enough, and return how many."""
    before = timezone.now() - timedelta(hours=settings.EXPORT_KEEP_HOURS)
    old = list(ExportJob.objects.filter(state=State.DONE, finished_at__lt=before))
    for job in old:
        job.file.delete(save=False)
        ExportJob.objects.filter(pk=job.pk).update(state=State.EXPIRED, file="")
    return len(old)
