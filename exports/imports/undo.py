"""Put back what an import changed, from its before-images. What was changed since is listed and left alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, router
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from pyroaring import BitMap64
from wagtail.models import ReferenceIndex

from content.core.among import among, is_among
from content.core.locks import register_lock

from . import journal, pending, pulse, states
from .commit import stamps
from .journal import Journal
from .models import WRITES, ImportJob, ImportRow
from .pauses import seldom_collected
from .problems import ImportRefused
from .ranges import Ranges, among_rows
from .restoring import Staged, current, overwrite, staged
from .staging import CHUNK, Stopped
from .values import RowShape

State, Action = ImportJob.State, ImportRow.Action
UNDONE = "undone"  # in `ImportJob.counts`: rows put back or removed again


@seldom_collected()
def take_back(job: ImportJob, *, user: Any = None, rows: Ranges | None = None) -> dict[str, Any]:
    """Undo a written import, or chosen rows of it. Returns what this run did: restored, deleted (counts), left (rows).

    `job.undo_report` sums up all runs. Rows left alone may be tried again; what is undone stays undone.
    Raises ImportRefused when the old values cannot come back or nothing is left to undo, Busy while another import writes.
    """
    came_from = job.state if job.state in (State.COMMITTED, State.UNDONE) else State.COMMITTED
    if job.state == State.UNDONE and not remaining(job):
        raise states.wrong_state(job)
    asked = {"undo_rows": rows, "asked_by": user}
    states.claim_writer(job, to=State.UNDOING, frm=(State.COMMITTED, State.UNDONE), **asked)
    try:
        with pulse.beating(job, lease=states.LEASE) as signs, register_lock(job.register_slug):
            if not states.holds(job):
                raise Stopped
            run = _Undo(job, user, signs)
            report = run.run()
            _settle(job, run, report)
            return report
    except IntegrityError as error:
        states.rest(job, to=came_from)
        raise ImportRefused(
            "undo_conflict",
            _("Another row has taken a name or code that would come back. Change that row, then undo again."),
        ) from error
    except Stopped:
        job.refresh_from_db()
    except Exception:
        states.rest(job, to=came_from)
        raise
    return job.undo_report


def remaining(job: ImportJob) -> int:
    """Return how many of the rows that the import wrote are not undone."""
    return sum(job.counts.get(action, 0) for action in WRITES) - int(job.counts.get(UNDONE, 0))


def _settle(job: ImportJob, run: _Undo, report: dict[str, Any]) -> None:
    """Mark what was undone, add this run to the job's report, and let the job rest."""
    left = {entry["row"]: entry for entry in report["left"]}
    rows = job.rows.filter(run.only, action__in=WRITES)
    done = rows.exclude(number__in=among(list(left))).update(undone_at=timezone.now())
    counts = job.counts | {UNDONE: job.counts.get(UNDONE, 0) + done}
    before = job.undo_report.get("left", [])
    still = job.rows.filter(number__in=among([entry["row"] for entry in before]), undone_at=None)
    open_rows = set(still.values_list("number", flat=True)) - set(left)
    earlier = [entry for entry in before if entry["row"] in open_rows]
    summed = {
        "restored": job.undo_report.get("restored", 0) + report["restored"],
        "deleted": job.undo_report.get("deleted", 0) + report["deleted"],
        "left": earlier + report["left"],
    }
    job.counts = counts
    whole = job.undo_rows is None or not remaining(job)
    moved = states.rest(
        job,
        to=State.UNDONE if whole else State.COMMITTED,
        undone_at=timezone.now(),
        undo_report=summed,
        undo_rows=None,
        counts=counts,
        refreshed=False,
    )
    if not moved:  # another worker has taken the job over: it does the same again, so nothing of this may stay
        raise Stopped


class _Undo:
    def __init__(self, job: ImportJob, user: Any, signs: pulse.Pulse) -> None:
        self.job = job
        self.signs = signs
        self.model: type[models.Model] = job.register.model
        self.shape = RowShape(self.model, job.fields)
        self.journal = Journal(job, self.model, user=user)
        self.division = self.shape.position["division"]
        self.only = Q(undone_at=None) & among_rows(job.undo_rows)
        self.left: list[dict[str, Any]] = []

    def run(self) -> dict[str, Any]:
        restored = sum(map(self._restore, staged(self.job, Action.CHANGED, self.only)))
        for rows in staged(self.job, Action.RETIRED, self.only):
            restored += self._restore(rows, journal.REINSTATED)
        return {"restored": restored, "deleted": self._delete_new(), "left": self.left}

    def _restore(self, rows: list[Staged], action: str = journal.RESTORED) -> int:
        now = current(self.model, self.shape, [row[5] for row in rows])
        good = []
        for row in rows:
            if row[5] not in now:
                self._leave(row, "deleted_since", _("The row was deleted since."))
            elif not self.shape.same(now[row[5]], row[3]):
                self._leave(row, "changed_since", _("The row was changed since."))
            else:
                good.append(row)
        touched = stamps(self.model, "auto_now")
        back = [(row[5], now[row[5] or 0], row[4]) for row in good]
        overwrite(self.model, self.shape, back, touched)
        pending.rebase(self.model, self.shape, back, user=self.job.asked_by)
        self.signs.beat(len(rows))
        self.journal.write(action, ((row[5] or 0, row[2], row[1], row[4][self.division]) for row in good))
        return len(good)

    def _delete_new(self) -> int:
        """Delete the rows the import made, but for those changed since and those that others refer to.

        All are looked at before the first one goes: what may go depends on the others. In between, only their keys stay.
        """
        going = BitMap64()
        for rows in staged(self.job, Action.NEW, self.only):
            going.update(self._as_written(rows))
            self.signs.beat(len(rows))
        staying = self._referenced(going)
        going -= staying
        for rows in staged(self.job, Action.NEW, self.only):
            for row in rows:
                if (row[5] or 0) in staying:
                    self._leave(row, "referenced", _("Other records refer to the row."))
            self._delete([row for row in rows if (row[5] or 0) in going])
        return len(going)

    def _as_written(self, rows: list[Staged]) -> list[int]:
        """Return the keys of new rows that are as the import wrote them."""
        now = current(self.model, self.shape, [row[5] for row in rows])
        drafted = pending.waiting(self.model, list(now))
        found = []
        for row in rows:
            if row[5] in drafted:
                self._leave(row, "draft_since", _("Someone has a draft of the record that is not published yet."))
            elif row[5] in now and self.shape.same(now[row[5]], row[3]):
                found.append(row[5])
            elif row[5] in now:
                self._leave(row, "changed_since", _("The row was changed since."))
        return found

    def _delete(self, rows: list[Staged]) -> None:
        pks = [row[5] for row in rows]
        if not pks:
            return
        queryset = self.model._default_manager.filter(pk__in=among(pks))
        queryset._raw_delete(using=router.db_for_write(self.model))
        pending.forget(self.model, pks)
        self.journal.write(journal.REMOVED, ((row[5], row[2], row[1], row[3][self.division]) for row in rows))

    def _referenced(self, going: BitMap64) -> BitMap64:
        """Return the rows that something refers to which stays; what stays may in turn hold others."""
        staying = BitMap64()
        while more := self._held(going - staying) - staying:
            staying |= more
        return staying

    def _held(self, leaving: BitMap64) -> BitMap64:
        held = BitMap64()
        for chunk in _chunks(leaving):
            for relation in self.model._meta.related_objects:
                related, name = relation.related_model, relation.field.attname
                if relation.many_to_many or isinstance(related, str):
                    continue
                rows = related._default_manager.filter(**{f"{name}__in": among(chunk)}).values_list("pk", name)
                held.update(pk for source, pk in rows if related is not self.model or source not in leaving)
            held.update(self._held_by_pages(chunk, leaving))
        return held

    def _held_by_pages(self, chunk: list[int], leaving: BitMap64) -> Iterator[int]:
        own = ContentType.objects.get_for_model(self.model)
        references = ReferenceIndex.objects.filter(is_among("to_object_id", list(map(str, chunk))), to_content_type=own)
        for source, pk, to in references.values_list("content_type_id", "object_id", "to_object_id"):
            if source != own.pk or int(pk) not in leaving:
                yield int(to)

    def _leave(self, row: Staged, code: str, message: str) -> None:
        self.left.append(_left(self.job, row[1], row[2], row[5], code, message))


def _left(job: ImportJob, number: int, label: str, pk: int | None, code: str, message: str) -> dict[str, Any]:
    return {"row": number, "name": job.row_name(number), "title": label, "target": pk, "code": code, "message": message}


def _chunks(keys: Iterable[int]) -> Iterator[list[int]]:
    keys = iter(keys)
    while chunk := list(islice(keys, CHUNK)):
        yield chunk
