"""Downloads: of the public lists for everyone, of the back-office listings for those who may."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from content.core.jurisdiction import may_export, may_import, may_see_personal_data
from content.core.register import Register, get_register
from exports.bulletins.errors import NotPrintable

from .columns import UnknownColumn
from .forms import ExportForm
from .models import ExportChoice, ExportJob
from .queueing import ask, is_large, look_after
from .selectors import listed_rows, public_rows
from .services import MEDIA_TYPES, Exported, export_rows, file_name, media_type, personal_headers, record_export

WORKING = (ExportJob.State.WAITING, ExportJob.State.RUNNING)
RECENT = 5


@require_safe
def download(request: HttpRequest, slug: str, format: str) -> HttpResponseBase:
    """Send the public columns of the published rows that the same address parameters show on the list.

    `?columns=name,division` chooses columns and their order.
    """
    register = _register_or_404(slug)
    if format not in MEDIA_TYPES:
        raise Http404
    keys = [key for part in request.GET.getlist("columns") for key in part.split(",") if key]
    try:
        rows = public_rows(register, request.GET)
        response, _exported = _file(register, rows, format, columns=keys, public=True)
    except (NotPrintable, UnknownColumn) as error:
        return render(
            request, "resources/not_printable.html", {"register": register, "message": str(error)}, status=400
        )
    response["X-Robots-Tag"] = "noindex"
    return response


@require_admin_access
def export(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Ask for format and columns, then send the rows that the listing shows with the same address parameters."""
    register = _register_or_404(slug)
    user: Any = request.user
    if not may_export(user, register):
        raise PermissionDenied
    rows = listed_rows(register, request)
    count = rows.count()
    last = ExportChoice.objects.filter(user=user, register_slug=slug).first()
    form = ExportForm(
        request.POST or None,
        register=register,
        may_see_personal=may_see_personal_data(request.user),
        may_import=may_import(request.user, register),
        chosen=last.columns if last else (),
        initial={"format": request.GET.get("as") or (last.format if last else "xlsx")},
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        _remember(request.user, slug, chosen, form)
        if is_large(chosen["format"], count):
            return redirect("register_export_job", _ask(request, slug, chosen, count).pk)
        try:
            return _send(request, register, rows, chosen)
        except NotPrintable as error:
            messages.error(request, str(error))
    listing = _listing(register)
    context = {
        "register": register,
        "header_title": _("Export of %(register)s") % {"register": register.verbose_name_plural},
        "header_icon": "download",
        "breadcrumbs_items": [
            {"url": listing, "label": register.verbose_name_plural},
            {"url": "", "label": _("Export register")},
        ],
        "form": form,
        "count": count,
        "filtered": any(value for name, value in request.GET.items() if name not in ("p", "as")),
        "back": f"{listing}?{request.GET.urlencode()}",
        "recent": ExportJob.objects.filter(user=user, register_slug=slug)[:RECENT],
    }
    return render(request, "resources/export.html", context)


def _remember(user: Any, slug: str, chosen: dict[str, Any], form: ExportForm) -> None:
    """Keep the choice for the next time; the usual columns need no keeping."""
    columns = [] if chosen["columns"] == form.usual else chosen["columns"]
    ExportChoice.objects.update_or_create(
        user=user, register_slug=slug, defaults={"columns": columns, "format": chosen["format"]}
    )


def _ask(request: HttpRequest, slug: str, chosen: dict[str, Any], count: int) -> ExportJob:
    return ask(
        user=request.user,
        register_slug=slug,
        format=chosen["format"],
        columns=chosen["columns"],
        filters=request.GET.urlencode(),
        personal=chosen["personal"],
        reason=chosen["reason"],
        rows_total=count,
    )


def _send(request: HttpRequest, register: Register, rows: QuerySet[Any], chosen: dict[str, Any]) -> FileResponse:
    response, exported = _file(register, rows, chosen["format"], columns=chosen["columns"], personal=chosen["personal"])
    record_export(
        user=request.user,
        register=register,
        format=chosen["format"],
        exported=exported,
        filters=request.GET.urlencode(),
        personal=personal_headers(register, exported),
        reason=chosen["reason"],
    )
    return response


@require_admin_access
def export_job(request: HttpRequest, number: int) -> HttpResponseBase:
    """How far the worker is, then the file."""
    job = look_after(_own_job(request, number))
    listing = _listing(job.register)
    context = {
        "job": job,
        "working": job.state in WORKING,
        "header_title": _("Export of %(register)s") % {"register": job.register.verbose_name_plural},
        "header_icon": "download",
        "breadcrumbs_items": [
            {"url": listing, "label": job.register.verbose_name_plural},
            {"url": "", "label": _("Export register")},
        ],
        "back": f"{listing}?{job.filters}" if job.filters else listing,
        "again": reverse("register_export", args=[job.register_slug]) + (f"?{job.filters}" if job.filters else ""),
    }
    return render(request, "resources/job.html", context)


@require_admin_access
def export_status(request: HttpRequest, number: int) -> JsonResponse:
    job = look_after(_own_job(request, number))
    return JsonResponse({"working": job.state in WORKING, "percent": job.percent, "rows": job.rows_done})


@require_admin_access
def export_file(request: HttpRequest, number: int) -> HttpResponseBase:
    """Send a finished file to the person who asked for it, who must still be allowed to have it."""
    job = _own_job(request, number)
    if job.state != ExportJob.State.DONE:
        return redirect("register_export_job", number)
    if not may_export(request.user, job.register) or (job.personal and not may_see_personal_data(request.user)):
        raise PermissionDenied
    response = FileResponse(
        job.file.open("rb"), as_attachment=True, filename=job.file_name, content_type=media_type(job.format)
    )
    response["Cache-Control"] = "private, no-store"
    return response


def _own_job(request: HttpRequest, number: int) -> ExportJob:
    user: Any = request.user
    job = ExportJob.objects.filter(pk=number, user=user).first()
    if job is None:
        raise Http404
    return job


def _listing(register: Register) -> str:
    return reverse(register.model.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]


def _register_or_404(slug: str) -> Register:
    try:
        return get_register(slug)
    except KeyError:
        raise Http404 from None


def _file(register: Register, rows: QuerySet[Any], format: str, **options: Any) -> tuple[FileResponse, Exported]:
    """Write the file to disk and send it from there: memory stays flat, and an error is not half a file."""
    with tempfile.TemporaryDirectory(prefix="xinghui-export-") as folder:
        path = Path(folder) / f"export.{format}"
        exported = export_rows(register=register, rows=rows, path=path, format=format, **options)
        file = path.open("rb")  # stays readable after the folder is gone, and goes with the response
    response = FileResponse(
        file, as_attachment=True, filename=file_name(register, format), content_type=media_type(format)
    )
    response["Cache-Control"] = "private, no-store" if not options.get("public") else "public, max-age=60"
    return response, exported
