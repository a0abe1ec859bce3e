"""Signs of life of a commit or an undo. Each is one transaction, so what it writes itself nobody outside would see.

PostgreSQL: a second connection writes progress and lengthens the lease. SQLite has one writer, who is busy: a small file
tells how far it is, which is enough, as whoever would take the job over has to wait for the writer anyway.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from .models import ImportJob

EVERY = 1.0  # seconds between two signs


class Pulse:
    """`beat(rows)` counts rows that were just written. Nothing that fails here stops the work."""

    def __init__(self, job: ImportJob, lease: timedelta) -> None:
        self.job = job
        self.lease = lease
        self.done = 0
        self._last = 0.0
        self._other: Any = None
        # Within someone's transaction (a test) the job is nowhere to be seen from another connection.
        self._shown = not connection.in_atomic_block

    def beat(self, rows: int) -> None:
        self.done += rows
        now = time.monotonic()
        if self._shown and now - self._last >= EVERY:
            self._last = now
            if connection.vendor == "postgresql":
                self._tell_database()
            else:
                self._tell_file()

    def close(self) -> None:
        if self._other is not None:
            self._other.close()
        forget(self.job)

    def _tell_database(self) -> None:
        try:
            if self._other is None:
                self._other = connection.copy()
                with self._other.cursor() as cursor:
                    cursor.execute("SET lock_timeout = '500ms'")
            with self._other.cursor() as cursor:
                cursor.execute(
                    f"UPDATE {ImportJob._meta.db_table} SET rows_done = %s, lease_until = %s"  # noqa: S608 (our table)
                    " WHERE id = %s AND worker = %s",
                    [self.done, timezone.now() + self.lease, self.job.pk, self.job.worker],
                )
        except DatabaseError:
            self._last = time.monotonic() + 10 * EVERY

    def _tell_file(self) -> None:
        with suppress(OSError):
            place = _place(self.job)
            place.parent.mkdir(parents=True, exist_ok=True)
            made = place.with_suffix(".new")
            made.write_text(json.dumps([self.done, self.job.worker]))
            made.replace(place)


@contextmanager
def beating(job: ImportJob, *, lease: timedelta) -> Iterator[Pulse]:
    """Give signs of life while the job's rows are written."""
    found = Pulse(job, lease)
    try:
        yield found
    finally:
        found.close()


def rows_done(job: ImportJob) -> int:
    """Return how many rows are written, as far as anyone can tell from outside."""
    with suppress(OSError, ValueError):
        done, worker = json.loads(_place(job).read_text())
        if worker == job.worker:
            return max(int(done), job.rows_done)
    return job.rows_done


def is_fresh(job: ImportJob, *, within: timedelta) -> bool:
    with suppress(OSError):
        return time.time() - _place(job).stat().st_mtime < within.total_seconds()
    return False


def forget(job: ImportJob) -> None:
    with suppress(OSError):
        _place(job).unlink(missing_ok=True)


def _place(job: ImportJob) -> Path:
    return Path(settings.IMPORT_PROGRESS_ROOT) / f"{job.pk}.json"
