"""Downloads: of the public lists for everyone, of the back-office listings for those who may."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from content.core.jurisdiction import may_export, may_see_personal_data
from content.core.register import Register, get_register
from exports.bulletins.errors import NotPrintable

from .forms import ExportForm
from .selectors import listed_rows, public_rows
from .services import MEDIA_TYPES, Exported, export_rows, file_name, record_export


@require_safe
def download(request: HttpRequest, slug: str, format: str) -> HttpResponseBase:
    """Send the public columns of the published rows that the same address parameters show on the list."""
    register = _register_or_404(slug)
    if format not in MEDIA_TYPES:
        raise Http404
    try:
        response, _exported = _file(register, public_rows(register, request.GET), format, public=True)
    except NotPrintable as error:
        return render(
            request, "resources/not_printable.html", {"register": register, "message": str(error)}, status=400
        )
    response["X-Robots-Tag"] = "noindex"
    return response


@require_admin_access
def export(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Ask for the format, then send the rows that the listing shows with the same address parameters."""
    register = _register_or_404(slug)
    if not may_export(request.user, register):
        raise PermissionDenied
    rows = listed_rows(register, request)
    personal_allowed = may_see_personal_data(request.user) and any(column.personal for column in register)
    form = ExportForm(request.POST or None, may_see_personal=personal_allowed)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        personal = bool(chosen.get("personal"))
        try:
            response, exported = _file(register, rows, chosen["format"], personal=personal)
        except NotPrintable as error:
            messages.error(request, str(error))
        else:
            record_export(
                user=request.user,
                register=register,
                format=chosen["format"],
                exported=exported,
                filters=request.GET.urlencode(),
                personal=personal,
                reason=(chosen.get("reason") or "").strip() if personal else "",
            )
            return response
    listing = reverse(register.model.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]
    context = {
        "register": register,
        "header_title": _("Export of %(register)s") % {"register": register.verbose_name_plural},
        "header_icon": "download",
        "breadcrumbs_items": [
            {"url": listing, "label": register.verbose_name_plural},
            {"url": "", "label": _("Export register")},
        ],
        "form": form,
        "count": rows.count(),
        "filtered": any(value for name, value in request.GET.items() if name != "p"),
        "back": f"{listing}?{request.GET.urlencode()}",
    }
    return render(request, "resources/export.html", context)


def _register_or_404(slug: str) -> Register:
    try:
        return get_register(slug)
    except KeyError:
        raise Http404 from None


def _file(register: Register, rows: QuerySet[Any], format: str, **options: bool) -> tuple[FileResponse, Exported]:
    """Write the file to disk and send it from there: memory stays flat, and an error is not half a file."""
    with tempfile.TemporaryDirectory(prefix="xinghui-export-") as folder:
        path = Path(folder) / f"export.{format}"
        exported = export_rows(register=register, rows=rows, path=path, format=format, **options)
        file = path.open("rb")  # stays readable after the folder is gone, and goes with the response
    response = FileResponse(
        file, as_attachment=True, filename=file_name(register, format), content_type=MEDIA_TYPES[format]
    )
    response["Cache-Control"] = "private, no-store" if not options.get("public") else "public, max-age=60"
    return response, exported
