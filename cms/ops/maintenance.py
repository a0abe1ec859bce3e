"""Maintenance: while the sign hangs, the public reads when to come back; the back office and health checks stay open.

The sign is a file in the instance's folder, so that it hangs for every process at once and needs no database.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

OPEN = ("/admin/", "/static/", "/media/", "/healthz", "/readyz", "/language/", "/display/")
LEAST, USUAL = 60, 600  # seconds after which a reader or a robot should ask again


@dataclass(frozen=True)
class Sign:
    """until: when it should be over, as ISO 8601 with its offset; empty when nobody knows. reason: said to readers."""

    until: str = ""
    reason: str = ""

    @property
    def end(self) -> datetime | None:
        return timezone.localtime(datetime.fromisoformat(self.until)) if self.until else None

    @property
    def retry_after(self) -> int:
        left = (self.end - timezone.now()).total_seconds() if self.end else USUAL
        return max(LEAST, int(left))


def hang(*, minutes: int | None, reason: str) -> Sign:
    """Close the public site. minutes: how long it should take, None for nobody knows."""
    until = (timezone.now() + timedelta(minutes=minutes)).isoformat() if minutes else ""
    sign = Sign(until, reason)
    settings.MAINTENANCE_SIGN.write_text(json.dumps(asdict(sign), ensure_ascii=False))
    return sign


def take_down() -> bool:
    """Open the public site; tell whether it was closed."""
    closed: bool = settings.MAINTENANCE_SIGN.exists()
    settings.MAINTENANCE_SIGN.unlink(missing_ok=True)
    return closed


def read() -> Sign | None:
    try:
        return Sign(**json.loads(settings.MAINTENANCE_SIGN.read_text()))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError):  # being written, or written by hand: it hangs all the same
        return Sign()


class MaintenanceMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(OPEN) or (sign := read()) is None:
            return self.get_response(request)
        if request.path_info.startswith("/api/"):
            detail = _("The site is being maintained. Please ask again later.")
            response: HttpResponse = JsonResponse(
                {"status": 503, "title": "Service Unavailable", "detail": detail},
                status=503,
                content_type="application/problem+json",
            )
        else:
            response = render(request, "503.html", {"sign": sign}, status=503)
        response["Retry-After"] = str(sign.retry_after)
        response["Cache-Control"] = "no-store"
        return response
