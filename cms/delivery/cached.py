"""One answer as it lies in the cache."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

# Better compression takes ten times as long for a tenth of the size.
QUALITY = 5
# What a cache between us and the reader must tell apart; whatever else an answer depends on is not kept at all.
VARIES = frozenset({"cookie", "accept-language", "accept-encoding", "hx-request"})
KINDS = ("text/html", "application/json", "application/xml", "application/atom+xml")


@dataclass(frozen=True, slots=True)
class Cached:
    """Headers and body of an answer, plain and compressed, and the publish version it was made for."""

    version: int
    headers: tuple[tuple[str, str], ...]
    etag: str
    plain: bytes
    compressed: bytes

    @classmethod
    def of(cls, response: HttpResponse, *, version: int) -> Cached:
        plain = response.content
        # Weak: the same tag stands for both encodings.
        etag = f'W/"{hashlib.blake2b(plain, digest_size=12).hexdigest()}"'
        left_out = ("content-length", "etag")
        headers = tuple((name, value) for name, value in response.items() if name.lower() not in left_out)
        return cls(version, headers, etag, plain, brotli.compress(plain, quality=QUALITY))

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Return this as an answer, or 304 when the reader has it already.

        Compression tells nothing (BREACH): what is kept holds no secret, being the same for everyone.
        """
        wants = request.META.get("HTTP_ACCEPT_ENCODING", "")
        packed = "br" in {name.partition(";")[0].strip() for name in wants.split(",") if not name.endswith(";q=0")}
        response = HttpResponse(self.compressed if packed else self.plain)
        for name, value in self.headers:
            response[name] = value
        if packed:
            response["Content-Encoding"] = "br"
        response["Content-Length"] = str(len(response.content))
        response["ETag"] = self.etag
        patch_vary_headers(response, ("Accept-Encoding", "Accept-Language", "Cookie"))
        if "Cache-Control" not in response:
            # A browser keeps it, and asks each time whether it still holds: a withdrawn page is gone at once.
            response["Cache-Control"] = "max-age=0, must-revalidate"
        return get_conditional_response(request, etag=self.etag, response=response) or response


def may_be_kept(response: HttpResponse) -> bool:
    """Tell whether an answer is the same for every anonymous reader."""
    if response.status_code != 200 or response.streaming or response.cookies or "Content-Encoding" in response:
        return False
    if response.get("Content-Type", "").partition(";")[0] not in KINDS:
        return False
    if any(word in response.get("Cache-Control", "") for word in ("private", "no-store", "no-cache")):
        return False
    return {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()} <= VARIES
