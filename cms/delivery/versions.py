"""Reads and raises the publish versions. What was made for an older version is not shown any more."""

from functools import partial

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from .models import PublishVersion

SITE = ""


def current(register: str = SITE) -> int:
    """Return the publish version of the site, or of one register of it.

    Every cached page asks, so it is plain SQL; the database itself says what is committed.
    """
    table = connection.ops.quote_name(PublishVersion._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number FROM {table} WHERE register = %s", [register])  # noqa: S608 (our table)
        found = cursor.fetchone()
    return found[0] if found else 0


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


def raise_once(*registers: str) -> None:
    """Raise the version of the site, and those of registers, when the transaction commits: once, not if it fails.

    Not inside the transaction: the rows would stay locked for as long as an import lasts.
    """
    hooks = [hook[1] for hook in connection.run_on_commit]
    planned = [hook.args for hook in hooks if isinstance(hook, partial) and hook.func is raise_version]
    for register in (SITE, *registers):
        if (register,) not in planned:
            transaction.on_commit(partial(raise_version, register))
