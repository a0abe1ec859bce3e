"""What a request asks for, in the one form under which the answer is kept."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, QueryDict
from django.utils import translation

from content.core.display import COOKIE, LARGE
from content.core.faces.filters import build_filterset
from content.core.register import registers

# Parameters of lists, search, channels and the API beside the registers' own filters.
KNOWN = {
    "q",
    "page",
    "sort",
    "view",
    "near",
    "codes",
    "add",
    "only",
    "kind",
    "year",
    "subject",
    "channel",
    "limit",
    "offset",
    "order",
}
# Where a visitor came from; no page reads them, so they are taken off.
TRACKING = ("utm_", "spm", "gclid", "fbclid", "bd_vid", "from_source", "isappinstalled")
API = "/api/v3/registers/"
NEVER = ("/admin/", "/api/", "/documents/", "/media/", "/static/", "/healthz", "/readyz", "/metrics", "/display/")
LONGEST = 2_000


def key_of(request: HttpRequest) -> str | None:
    """Return the key under which the answer is kept, or None for what is not cached; tidies the request's query.

    The page is rendered from the tidied query, so that nobody's tracking parameters reach another's page.
    """
    if not _anonymous(request) or not _public(request.path_info) or not _tidy(request):
        return None
    large = request.COOKIES.get(COOKIE) == LARGE
    partial = request.headers.get("HX-Request", "")
    language = translation.get_language_from_request(request)
    static = getattr(staticfiles_storage, "manifest_hash", "")  # a page names the static files of its release
    parts = (request.scheme, request.get_host(), request.get_full_path(), language, large, partial, static)
    return hashlib.blake2b(repr(parts).encode(), digest_size=20).hexdigest()


def _anonymous(request: HttpRequest) -> bool:
    """Tell whether nothing about the request belongs to one person: no session, message, form token, preview."""
    if request.method not in ("GET", "HEAD") or getattr(request, "is_dummy", False):
        return False
    own = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages")
    return "HTTP_AUTHORIZATION" not in request.META and not any(name in request.COOKIES for name in own)


def _public(path: str) -> bool:
    if path.startswith(NEVER) and not path.startswith(API):
        return False
    name = path.rpartition("/")[2]
    return "." not in name or name.endswith(".xml")


def _tidy(request: HttpRequest) -> bool:
    """Bring the query into its one form. False for one that is too long, or that no page of ours is known to read."""
    query = request.META.get("QUERY_STRING", "")
    if not query:
        return True
    if len(query) > LONGEST:
        return False
    api = request.path_info.startswith(API)
    tidied = QueryDict(mutable=True)
    for name in sorted(request.GET):
        if name.startswith(TRACKING):
            continue
        if name not in _known():
            return False
        # An empty field of a form asks for nothing; the API says so as an error.
        tidied.setlist(name, [value for value in request.GET.getlist(name) if value or api])
    request.META["QUERY_STRING"] = tidied.urlencode()
    tidied._mutable = False
    request.GET = tidied  # type: ignore[assignment]
    return True


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(KNOWN).union(*(build_filterset(register).base_filters for register in registers()))
