"""How far an import is, in numbers and in words, and whether it can still be given up."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import pulse, states
from .models import WRITES, ImportJob

State = ImportJob.State
_SETTLED = 2.0  # seconds of work after which its speed says something


@dataclass(frozen=True)
class Progress:
    """done, total: rows; total 0 is not known yet. speed: rows a second, 0 is not known yet. words: what happens now.

    left: time to go in words, or empty. stop: what giving up means now ("give_up", "withdraw"), or empty with the reason
    in `why_not`.
    """

    words: str
    done: int = 0
    total: int = 0
    speed: int = 0
    left: str = ""
    stop: str = ""
    why_not: str = ""

    @property
    def percent(self) -> int:
        return min(99, 100 * self.done // self.total) if self.total else 0

    @property
    def measured(self) -> str:
        """Rows, speed and time left as one line."""
        if not self.total or not self.done:
            return ""
        parts = [_("%(done)s of %(total)s rows") % {"done": self.done, "total": self.total}]
        if self.speed:
            parts.append(_("%(speed)s rows a second") % {"speed": self.speed})
        return " · ".join([*parts, *filter(None, [self.left])])


def is_working(job: ImportJob) -> bool:
    """Tell whether someone works on the job or will without being asked again."""
    return bool(job.queued) or job.state in states.WORKING or bool(job.committed_at and job.lease_until)


def progress_of(job: ImportJob) -> Progress:
    if job.queued:
        return _queued(job)
    if job.state in (State.COMMITTING, State.UNDOING):
        return _writing(job)
    if job.state in states.WORKING:
        total = job.rows_total or 0
        speed, left = _pace(job, job.rows_done, total)
        words = _("The rows are being checked. You may leave this page and come back.")
        return Progress(words, job.rows_done, total, speed, left, stop="give_up")
    return Progress(
        _("The rows are written. Search, public pages and answers are being brought up to date."),
        why_not=_("It is written already; once this is done it can be undone."),
    )


def _queued(job: ImportJob) -> Progress:
    stop = "withdraw" if job.queued in ("commit", "undo") else "give_up" if job.queued == "check" else ""
    writes = job.queued in ("commit", "undo")
    if writes and (other := states.writer(job.register_slug, but=job)):
        words = _(
            "Import %(number)s of %(who)s is being written into the same register. This one begins by itself as soon as"
            " that is done; you may leave this page."
        )
        return Progress(words % {"number": other.pk, "who": states.who(other)}, stop=stop)
    if job.queued == "refresh":
        words = _("The rows are written. Search, public pages and answers are being brought up to date.")
        return Progress(words, why_not=_("It is written already; once this is done it can be undone."))
    words = _("The import waits for the worker in the background. You may leave this page and come back.")
    return Progress(words, stop=stop)


def _writing(job: ImportJob) -> Progress:
    total = rows_to_write(job)
    done = pulse.rows_done(job)
    speed, left = _pace(job, done, total)
    undoing = job.state == State.UNDOING
    words = (
        _("The import is being undone.")
        if undoing
        else _("The rows are being written. Either all of them are, or none.")
    )
    why_not = (
        _("An undo that has begun is carried through.")
        if undoing
        else _("Writing has begun, so it can no longer be given up. When it is done, you can undo it.")
    )
    return Progress(words, done, total, speed, left, why_not=why_not)


def rows_to_write(job: ImportJob) -> int:
    return sum(job.counts.get(action, 0) for action in WRITES)


def _pace(job: ImportJob, done: int, total: int) -> tuple[int, str]:
    """Return rows a second and the time left in words, once both can be told."""
    seconds = (timezone.now() - job.work_since).total_seconds() if job.work_since else 0.0
    if seconds < _SETTLED or not done:
        return 0, ""
    speed = done / seconds
    return round(speed), in_words((total - done) / speed) if total > done else ""


def in_words(seconds: float) -> str:
    """Return a time to go as people say it: no more exact than it can be."""
    if seconds < 5:
        return _("a few seconds left")
    if seconds < 55:
        tens = max(10, round(seconds / 10) * 10)
        return _("about %(count)s seconds left") % {"count": tens}
    if seconds < 55 * 60:
        minutes = max(1, round(seconds / 60))
        return ngettext("about %(count)s minute left", "about %(count)s minutes left", minutes) % {"count": minutes}
    hours = max(1, round(seconds / 3600))
    return ngettext("about %(count)s hour left", "about %(count)s hours left", hours) % {"count": hours}
