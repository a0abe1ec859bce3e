"""One writer at a time for each register."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

_FAMILY = 7_301  # the first half of our advisory lock keys, so that they are nobody else's


@contextmanager
def register_lock(slug: str) -> Iterator[None]:
    """Open a transaction and hold the register's lock until it ends; wait for whoever holds it.

    PostgreSQL: an advisory lock of the transaction. SQLite has one writer anyway, and our transactions begin
    IMMEDIATE (cms/settings/database.py), so the lock is taken by opening the transaction.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                key = zlib.crc32(slug.encode()) - 2**31
                cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_FAMILY, key])
        yield
