"""Keeps public pages as long as the publish version stands (docs/adr/0007-page-cache.md)."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

from . import versions
from .asked import key_of
from .cached import Cached, may_be_kept

LOCKED = 15  # seconds after which a page that somebody began to render is rendered by another
PATIENCE, STEP = 5.0, 0.03  # seconds that a reader waits for the page that another renders


class PageCacheMiddleware:
    """Answer anonymous readers from the cache. `X-Cache` says HIT, STALE, MISS or BYPASS.

    When the version has risen, one request renders the page anew; those that come meanwhile get the page before it,
    or wait for the new one where there is none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.PAGE_CACHE_SECONDS:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = key_of(request)
        if key is None:
            return _say("BYPASS", self.get_response(request))
        version, found = versions.current(), _read(key)
        if found and found.version == version:
            return _say("HIT", found.answer(request))
        if request.method == "HEAD":  # has no body to keep
            return _say("BYPASS", self.get_response(request))
        if caches["pages"].add(f"{key}:lock", 1, LOCKED):
            try:
                return self._render(request, key, version)
            finally:
                caches["pages"].delete(f"{key}:lock")
        if found:
            return _say("STALE", found.answer(request))
        if made := _wait(key, version):
            return _say("HIT", made.answer(request))
        return self._render(request, key, version)

    def _render(self, request: HttpRequest, key: str, version: int) -> HttpResponse:
        response = self.get_response(request)
        if not may_be_kept(response):
            return _say("BYPASS", response)
        made = Cached.of(response, version=version)
        caches["pages"].set(key, made, settings.PAGE_CACHE_SECONDS)
        return _say("MISS", made.answer(request))


def _read(key: str) -> Cached | None:
    return caches["pages"].get(key)


def _wait(key: str, version: int) -> Cached | None:
    """Wait until another has made the page; None when it has given up, or took too long."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        time.sleep(STEP)
        if (made := _read(key)) and made.version >= version:
            return made
        if not caches["pages"].get(f"{key}:lock"):
            return None
    return None


def _say(what: str, response: HttpResponse) -> HttpResponse:
    response["X-Cache"] = what
    return response
