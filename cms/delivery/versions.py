"""Reads and raises the publish version. What was made for an older version is not shown any more."""

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from .models import PublishVersion

THE_ROW = 1


def current() -> int:
    """Return the publish version. Every cached page asks, so it is plain SQL; the database itself says what is committed."""
    table = connection.ops.quote_name(PublishVersion._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number FROM {table} WHERE id = {THE_ROW}")  # noqa: S608 (our table, our number)
        found = cursor.fetchone()
    return found[0] if found else 0


def to_remember_by() -> int | None:
    """Return the version by which parts of pages may be remembered, or None while the page cache is off."""
    return current() if settings.PAGE_CACHE_SECONDS else None


def raise_version() -> None:
    """Empty what was made for the version so far."""
    if not PublishVersion.objects.filter(pk=THE_ROW).update(number=F("number") + 1):
        PublishVersion.objects.get_or_create(pk=THE_ROW, defaults={"number": 1})


def raise_once() -> None:
    """Raise the version when the transaction commits: once, however many rows it writes, and not if it fails.

    Not inside the transaction: the row would stay locked for as long as an import lasts.
    """
    if not any(planned[1] is raise_version for planned in connection.run_on_commit):
        transaction.on_commit(raise_version)
