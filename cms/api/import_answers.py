"""How jobs, rows and sources are told to programs."""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.api.v3.errors import problem_response

from content.core.jurisdiction import may_see_personal_data
from exports.imports import questions, report
from exports.imports.models import ImportJob
from exports.imports.permissions import may_see
from exports.imports.problems import Busy, ImportRefused
from exports.imports.selectors import Preview, preview_page
from exports.sources.models import ImportSource, SourceRun
from exports.sources.permissions import own_sources

STATUS_OF = {
    "forbidden": 403,
    "busy": 409,
    "wrong_state": 409,
    "errors_in_rows": 409,
    "retire_unconfirmed": 409,
    "retire_with_errors": 409,
    "warnings_unseen": 409,
}
MOST_ERRORS = 1000


def visible(request: HttpRequest, number: int) -> ImportJob | None:
    job = ImportJob.objects.filter(pk=number).first()
    return job if job is not None and may_see(request.user, job) else None


def status(job: ImportJob) -> dict[str, Any]:
    errors = []
    for error in report.errors(job):
        errors.append(error)
        if len(errors) == MOST_ERRORS:
            break
    locked = job.error_code.startswith("password")
    return {
        "job": job.pk,
        "register": job.register_slug,
        "state": str(job.state),
        "queued": job.queued,
        "url": reverse("wagtailapi_v3:imports_status", kwargs={"job": job.pk}),
        "sha256": job.sha256,
        "counts": report.counts_of(job),
        "error_code": job.error_code,
        "error": job.error,
        "errors": errors,
        "questions": [questions.PASSWORD] if locked else questions.possible(job),
        "sheets": job.mapping.get("sheets", []),
        "findings": job.findings.get("kinds", []),
        "notes": [str(note) for note in job.notes],
        "undo_report": job.undo_report or {},
    }


def rows(request: HttpRequest, job: ImportJob, *, action: str, page: int, code: str) -> dict[str, Any]:
    preview: Preview = preview_page(
        job, action=action, page=page, code=code, personal=may_see_personal_data(request.user)
    )
    return {
        "count": preview.page.paginator.count,
        "page": preview.page.number,
        "pages": preview.page.paginator.num_pages,
        "rows": [
            {
                "number": row.number,
                "action": row.action,
                "cells": [
                    {
                        "column": column["header"],
                        "raw": cell.raw,
                        "value": cell.value,
                        "old": cell.old,
                        "changed": cell.changed,
                        "problems": [problem["message"] for problem in cell.problems],
                    }
                    for column, cell in zip(preview.columns, row.cells, strict=True)
                ],
                "problems": [problem["message"] for problem in row.problems],
            }
            for row in preview.rows
        ],
    }


def sources(user: Any) -> list[dict[str, Any]]:
    last = SourceRun.objects.filter(source=OuterRef("pk")).exclude(job=None).order_by("-pk").values("job")[:1]
    return [source(found) for found in own_sources(user).annotate(last_job=Subquery(last))]


def source(found: Any) -> dict[str, Any]:
    kept: ImportSource = found
    return {
        "source": kept.pk,
        "name": kept.name,
        "register": kept.register_slug,
        "kind": kept.kind,
        "schedule": kept.when(),
        "write": kept.write,
        "active": kept.active,
        "paused": kept.paused,
        "last_run": kept.last_run.isoformat() if kept.last_run else None,
        "next_run": kept.next_run.isoformat() if kept.next_run and kept.active else None,
        "last_error": kept.last_error,
        "last_job": getattr(found, "last_job", None),
    }


def refused(refusal: ImportRefused) -> HttpResponse:
    status_code = 409 if isinstance(refusal, Busy) else STATUS_OF.get(refusal.code, 422)
    errors = [{"type": refusal.code, "msg": str(refusal.message)}]
    return problem_response(
        status=status_code, title=_("The import was refused"), detail=str(refusal.message), errors=errors
    )
