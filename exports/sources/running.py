"""Looks at the places when their time has come. At most one looks at a source at a time, on whatever server."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DatabaseError
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from content.core.register import registers
from exports.imports import report, services, states
from exports.imports.models import ImportJob
from exports.imports.permissions import may_import
from exports.imports.problems import Busy, ImportRefused
from exports.imports.whole import carry_through

from . import address, bucket, doubts, folder
from .arrival import Arrival
from .models import ImportSource, SourceRun

Kind, Every, Outcome = ImportSource.Kind, ImportSource.Every, SourceRun.Outcome
LEASE = timedelta(minutes=30)  # renewed with every file; that of a killed process of this machine ends at once
PATIENCE = timedelta(minutes=5)  # after a failure, where files are taken as soon as they come
RETRY = timedelta(minutes=1)  # when another import writes just now
KEPT_RUNS = 100
log = logging.getLogger(__name__)


def ensure_inbox() -> None:
    """Make the server's own inbox: a folder a register, whose files are written when they are clean."""
    there = set(ImportSource.objects.filter(kind=Kind.FOLDER).values_list("place", flat=True))
    for register in registers():
        if register.slug not in there:
            name = _("Inbox of %(register)s") % {"register": register.verbose_name_plural}
            ImportSource.objects.create(
                name=name[:80],
                kind=Kind.FOLDER,
                register_slug=register.slug,
                place=register.slug,
                write=True,
                every=Every.ARRIVAL,
            )


def ask(source: ImportSource) -> None:
    """Have a source looked at as soon as the watcher comes by; one that paused is set going again."""
    failures = source.failures if source.active else 0
    ImportSource.objects.filter(pk=source.pk).update(next_run=timezone.now(), active=True, failures=failures)
    source.refresh_from_db()


def look(*, settled: float = folder.SETTLED) -> Iterator[SourceRun]:
    """Run every source whose time has come, here and now, and yield what came of each file."""
    for source in due(settled=settled):
        try:
            yield from run(source, settled=settled)
        except (
            DatabaseError
        ):  # SQLite's writer is busy, or the server restarts: the others have their turn all the same
            log.exception("source %s could not be run", source.pk)


def due(*, settled: float) -> Iterator[ImportSource]:
    """Yield the sources whose time has come, longest overdue first; of folders those in which a file waits."""
    known = {register.slug for register in registers()}
    come = Q(next_run=None) | Q(next_run__lte=timezone.now())
    for source in ImportSource.objects.filter(come, active=True, register_slug__in=known).order_by("next_run", "pk"):
        if _has_something(source, settled):
            yield source


def _has_something(source: ImportSource, settled: float) -> bool:
    """Spare the database two writes every few seconds for a folder in which nothing lies."""
    if source.kind != Kind.FOLDER or source.every != Every.ARRIVAL:
        return True
    try:
        return next(folder.arrivals(source, settled=settled), None) is not None
    except ImportRefused:
        return True


def run(source: ImportSource, *, settled: float = folder.SETTLED) -> list[SourceRun]:
    """Take what the source has, if nobody else is at it; returns what came of each file.

    A failure is counted; after as many as the source allows it pauses until a person looks.
    """
    if not _claim(source):
        return []
    done: list[SourceRun] = []
    error, busy = "", False
    try:
        user = _actor(source)
        for arrival in _arrivals(source, settled):
            done.append(_take(source, arrival, user))
            ImportSource.objects.filter(pk=source.pk, worker=source.worker).update(lease_until=timezone.now() + LEASE)
    except Busy:
        busy = True
        log.info("source %s: another import writes; the file has its turn later", source.pk)
    except ImportRefused as refusal:
        error = str(refusal.message)
    except Exception:
        log.exception("source %s failed", source.pk)
        error = _("The source failed unexpectedly. Tell the system's administrator its name and the time.")
    if error:
        done.append(
            SourceRun.objects.create(source=source, outcome=Outcome.FAILED, message=error, ended_at=timezone.now())
        )
    elif source.kind == Kind.URL and done and done[-1].outcome == Outcome.FAILED:
        error = done[-1].message
    _rest(source, error, busy)
    return done


def _claim(source: ImportSource) -> bool:
    now = timezone.now()
    dead = Q(lease_until__lt=now)
    if source.worker and states.is_dead(source.worker):
        dead |= Q(worker=source.worker)
    free = Q(lease_until=None) | dead
    due = Q(next_run=None) | Q(next_run__lte=now)
    mine = ImportSource.objects.filter(free & due, pk=source.pk, active=True)
    claimed = mine.update(worker=states.signature(), lease_until=now + LEASE)
    source.refresh_from_db()
    return bool(claimed)


def _rest(source: ImportSource, error: str, busy: bool) -> None:
    """Give the lease back, count a failure, and set the next time: counted from now, so missed ones are made up once."""
    now = timezone.now()
    failures = source.failures + 1 if error else 0
    following = source.following(now)
    if error and source.every == Every.ARRIVAL:
        following = now + PATIENCE
    elif busy:
        following = min(following, now + RETRY)
    asked_meanwhile = Q(next_run__gt=source.next_run or now)  # somebody pressed the button while it ran
    mine = ImportSource.objects.filter(pk=source.pk, worker=source.worker)
    mine.exclude(asked_meanwhile).update(next_run=following)
    mine.update(
        worker="",
        lease_until=None,
        last_run=now,
        last_error=error,
        failures=min(failures, 1000),
        active=F("active") if failures < source.pause_after else False,
    )
    old = source.runs.filter(mark="").order_by("-pk").values_list("pk", flat=True)[KEPT_RUNS:]
    SourceRun.objects.filter(pk__in=list(old)).delete()
    source.refresh_from_db()


def _actor(source: ImportSource) -> Any:
    """Return who acts; None is the server itself. Raises ImportRefused when that person may not import any more."""
    user = source.user
    if user is None and settings.IMPORT_INBOX_USER:
        user = get_user_model().objects.filter(username=settings.IMPORT_INBOX_USER).first()
        if user is None:
            message = _("There is no user “%(name)s”.") % {"name": settings.IMPORT_INBOX_USER}
            raise ImportRefused("user_unknown", message)
    if user is not None and not may_import(user, source.register):
        message = _(
            "“%(name)s”, with whose permissions the source acts, may not import into this register any more. "
            "Choose another person, or have the permission given back."
        )
        raise ImportRefused("forbidden", message % {"name": user.get_full_name() or user.get_username()})
    return user


def _arrivals(source: ImportSource, settled: float) -> Iterator[Arrival]:
    if source.kind == Kind.FOLDER:
        return folder.arrivals(source, settled=settled)
    return bucket.arrivals(source) if source.kind == Kind.S3 else address.arrivals(source)


def _take(source: ImportSource, arrival: Arrival, user: Any) -> SourceRun:
    """Import one file. Raises Busy when another import writes just now: the file has its turn later."""
    sha256 = _digest(arrival)
    last = source.runs.exclude(sha256="").first()
    if arrival.once and last and last.sha256 == sha256 and last.outcome not in (Outcome.FAILED, Outcome.STARTED):
        return _same_again(source, arrival, last)
    begun = source.runs.filter(outcome=Outcome.STARTED, sha256=sha256, mark=arrival.mark, file_name=arrival.name)
    this = begun.first() or SourceRun.objects.create(
        source=source, file_name=arrival.name[:255], mark=arrival.mark, sha256=sha256
    )
    try:
        written = _import(source, arrival, this, user)
    except Busy:
        if this.job:
            services.cancel(this.job)
        this.delete()
        raise
    except ImportRefused as refusal:
        if this.job and this.job.state == ImportJob.State.NEEDS_ANSWER:
            _close(this, Outcome.WAITING, str(refusal.message))
            arrival.finish(not source.write, report.as_json(this.job))
            return this
        answer = report.refused(source.register_slug, refusal.code, str(refusal.message), job=this.job)
        _close(this, Outcome.FAILED, str(refusal.message))
        arrival.finish(False, answer)
        return this
    job: Any = this.job
    _close(this, Outcome.WRITTEN if written else Outcome.WAITING, report.counts_in_words(job))
    arrival.finish(written or not source.write, report.as_json(job))
    log.info("source %s, %s: %s", source.pk, arrival.name, job.counts)
    return this


def _import(source: ImportSource, arrival: Arrival, this: SourceRun, user: Any) -> bool:
    if arrival.refusal:
        raise arrival.refusal
    if this.job is None:
        with arrival.path.open("rb") as file:
            this.job = services.create_job(
                register=source.register,
                file=file,
                name=arrival.name,
                user=user,
                policy=source.policy,
                answers=doubts.answers_of(source),
                profile=source.profile,
            )
        this.save(update_fields=["job"])
    return carry_through(this.job, user=user, write=source.write)


def _same_again(source: ImportSource, arrival: Arrival, last: SourceRun) -> SourceRun:
    """Note that the file is still the same: one line for however many looks."""
    if last.outcome != Outcome.UNCHANGED:
        last = SourceRun.objects.create(
            source=source, file_name=arrival.name[:255], sha256=last.sha256, outcome=Outcome.UNCHANGED, job=last.job
        )
    _close(last, Outcome.UNCHANGED, _("The file is the same as the last time."))
    return last


def _close(this: SourceRun, outcome: str, message: str) -> None:
    this.outcome, this.message, this.ended_at = outcome, message, timezone.now()
    this.save(update_fields=["outcome", "message", "ended_at", "job"])


def _digest(arrival: Arrival) -> str:
    if arrival.refusal:
        return ""
    with arrival.path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
