"""Reads and raises the publish versions. What was made for an older version is not shown any more."""

import threading
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from .models import PublishVersion

SITE = ""


class _Request(threading.local):
    """The versions as the request of this thread began: all that it shows is of one state. None outside of requests."""

    active = False
    versions: dict[str, int] | None = None


_request = _Request()


def begin_request(**kwargs: Any) -> None:
    _request.active, _request.versions = True, None


def end_request(**kwargs: Any) -> None:
    _request.active, _request.versions = False, None


def current(register: str = SITE) -> int:
    """Return the publish version of the site, or of one register of it: the database itself says what is committed."""
    versions = _request.versions or _read()
    if _request.active:
        _request.versions = versions
    return versions.get(register, 0)


def _read() -> dict[str, int]:
    """Every page asks, so it is plain SQL."""
    table = connection.ops.quote_name(PublishVersion._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT register, number FROM {table}")  # noqa: S608 (our table)
        return dict(cursor.fetchall())


def to_remember_by(register: str = SITE) -> int | None:
    """Return the version by which parts of pages may be remembered, or None while the page cache is off."""
    return current(register) if settings.PAGE_CACHE_SECONDS else None


def raise_version(register: str = SITE) -> None:
    """Empty what was made for the version so far.

    A version is never met again, not even after the database was put back from a copy: it goes with the clock.
    """
    clock = int(timezone.now().timestamp() * 1_000_000)
    number = Greatest(F("number") + 1, clock)
    if not PublishVersion.objects.filter(register=register).update(number=number):
        PublishVersion.objects.get_or_create(register=register, defaults={"number": clock})
    _request.versions = None


def raise_once(*registers: str) -> None:
    """Raise the version of the site, and those of registers, when the transaction commits: once, not if it fails.

    Not inside the transaction: the rows would stay locked for as long as an import lasts.
    """
    hooks = [hook[1] for hook in connection.run_on_commit]
    planned = [hook.args for hook in hooks if isinstance(hook, partial) and hook.func is raise_version]
    for register in (SITE, *registers):
        if (register,) not in planned:
            transaction.on_commit(partial(raise_version, register))
