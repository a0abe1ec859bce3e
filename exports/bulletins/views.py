"""Serves the PDF of a page: published ones to everyone, drafts to those who may edit the page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from wagtail.models import Page

from . import compose
from .errors import NotPrintable
from .published import published_cover, published_pdf
from .services import compile_bulletin, file_name


@require_safe
def bulletin_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer `/bulletins/<pk>.pdf`: the live page, or with `?draft=1` (and while unpublished) the latest draft."""
    page = get_object_or_404(Page.objects.specific(), pk=pk)
    if not compose.is_printable(page):
        page = get_object_or_404(Page.objects.none())
    if "draft" in request.GET or not page.live:
        return _draft(request, page)
    restrictions = list(page.get_view_restrictions())
    for restriction in restrictions:
        if not restriction.accept_request(request):
            return redirect(page.get_url(request) or settings.LOGIN_URL)  # the page itself asks for what is needed
    return _live(request, page, everyone=not restrictions)


@require_safe
def bulletin_cover(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer `/bulletins/<pk>.webp`: the first leaf of a live page that everyone may read, as a small picture."""
    page = get_object_or_404(Page.objects.live().public().specific(), pk=pk)
    if not compose.is_printable(page):
        raise Http404
    try:
        cover = published_cover(page)
    except NotPrintable:
        return redirect(static("img/leaf.svg"))
    return _kept_by_readers(request, HttpResponse(cover.content, content_type="image/webp"), cover.key, everyone=True)


def _live(request: HttpRequest, page: Any, *, everyone: bool) -> HttpResponse:
    try:
        published = published_pdf(page)
    except NotPrintable as error:
        return render(request, "pdf/failed.html", {"page": page, "message": error}, status=500)
    return _kept_by_readers(request, _answer(published.content, file_name(page)), published.key, everyone=everyone)


def _kept_by_readers(request: HttpRequest, response: HttpResponse, key: str, *, everyone: bool) -> HttpResponse:
    response["ETag"] = f'"{key}"'
    patch_cache_control(response, no_cache=True, **{"public" if everyone else "private": True})
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _draft(request: HttpRequest, page: Any) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), reverse("wagtailadmin_login"))
    permissions = page.permissions_for_user(request.user)
    if not (permissions.can_edit() or permissions.can_publish()):
        raise PermissionDenied
    try:
        compiled = compile_bulletin(page, revision=page.get_latest_revision())
    except NotPrintable as error:
        messages.error(request, str(error))
        return redirect("wagtailadmin_pages:edit", page.pk)
    response = _answer(compiled.pdf, compiled.file_name)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _answer(pdf: bytes, name: str) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    return response
