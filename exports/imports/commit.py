"""Write a checked import into its register: one transaction, under the register's lock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, models
from django.db.models import Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from content.core.among import among
from content.core.locks import register_lock
from content.core.numbering import CodeNumbers

from . import bulk, journal, pending, pulse, states
from .journal import Journal
from .models import ImportJob, ImportRow
from .pauses import seldom_collected
from .problems import ImportRefused, Stale
from .sent import dump_values
from .staging import CHUNK, Stopped
from .values import RowShape

State, Action = ImportJob.State, ImportRow.Action
Staged = tuple[int, int, str, Any, Any, int | None]
"""Primary key of the staged row, number in the file, label, data, before-image, target."""


@seldom_collected()
def write(job: ImportJob, *, user: Any = None) -> None:
    """Write the job's new and changed rows in the name of `user` (None: of whoever uploaded it).

    Raises ImportRefused when rows have errors and the policy is to stop, Busy while another import writes, Stale when
    the register changed since the preview: then nothing is written and the rows must be checked again.
    """
    refuse_errors(job)
    came_from = State.SUBMITTED if job.state == State.SUBMITTED else State.PREVIEWED
    states.claim_writer(job, to=State.COMMITTING, frm=(State.PREVIEWED, State.SUBMITTED), asked_by=user)
    try:
        with pulse.beating(job, lease=states.LEASE) as signs, register_lock(job.register_slug):
            if not states.holds(job):
                raise Stopped
            _Writer(job).run(signs)
            written = {"committed_at": timezone.now(), "committed_by": job.asked_by or job.user, "counts": job.counts}
            if not states.rest(job, to=State.COMMITTED, refreshed=False, **written):
                raise Stopped  # another worker has taken the job over and writes it: nothing of this may stay
    except (Stale, IntegrityError) as error:
        states.rest(job, to=State.INSPECTING)
        raise Stale from error
    except Stopped:
        job.refresh_from_db()
    except Exception:
        states.rest(job, to=came_from)
        raise


def refuse_errors(job: ImportJob) -> None:
    """Raise ImportRefused when rows have errors and the policy is to stop."""
    if job.policy["on_error"] == "stop" and job.counts.get(Action.ERROR):
        raise ImportRefused(
            "errors_in_rows",
            _("%(count)s rows have errors, so nothing is written. Correct them, or choose to set them aside.")
            % {"count": job.counts[Action.ERROR]},
        )


class _Writer:
    def __init__(self, job: ImportJob) -> None:
        self.job = job
        self.register = job.register
        self.model: type[models.Model] = job.register.model
        self.shape = RowShape(self.model, job.fields)
        self.journal = Journal(job, self.model, user=job.asked_by)
        self.division = self.shape.position["division"]
        self.numbers = CodeNumbers(self.register)
        self.touched = stamps(self.model, "auto_now")
        self.stamps = stamps(self.model, "auto_now", "auto_now_add")
        self.own = [
            at for at, field in enumerate(self.shape.fields) if field.is_relation and field.related_model is self.model
        ]
        # Rows of the file may refer to one another, so all new ones know their key beforehand: this and their number.
        self.born_after = self._reserve() if self.own else 0

    def run(self, signs: pulse.Pulse) -> None:
        for rows in staged(self.job, Action.CHANGED):
            self._change(rows)
            signs.beat(len(rows))
        for rows in staged(self.job, Action.RETIRED):
            self._change(rows, journal.RETIRED)
            signs.beat(len(rows))
        for rows in staged(self.job, Action.NEW):
            self._add(rows)
            signs.beat(len(rows))

    def _add(self, rows: list[Staged]) -> None:
        rows = self._linked(rows)
        pks = [self.born_after + row[1] for row in rows] if self.own else bulk.reserve(self.model, len(rows))
        self._give_codes(rows)
        births = self.stamps | pending.born(self.model)
        born = tuple(births.values())
        names = (self.model._meta.pk.name, *self.shape.names, *births)
        bulk.insert(self.model, names, ((pk, *row[3], *born) for pk, row in zip(pks, rows, strict=True)))
        bulk.update(
            ImportRow,
            ("target", "data"),
            ((pk, dump_values(row[3]), row[0]) for pk, row in zip(pks, rows, strict=True)),
        )
        self.journal.write(
            journal.CREATED,
            ((pk, row[2], row[1], row[3][self.division]) for pk, row in zip(pks, rows, strict=True)),
        )

    def _change(self, rows: list[Staged], action: str = journal.CHANGED) -> None:
        now = current(self.model, self.shape, [row[5] for row in rows])
        for row in rows:
            if row[5] not in now or not self.shape.same(now[row[5]], row[4]):
                raise Stale
        relinked = [row for row in rows if any(isinstance(row[3][at], dict) for at in self.own)]
        rows = self._linked(rows)
        if relinked:
            bulk.update(ImportRow, ("data",), ((dump_values(row[3]), row[0]) for row in relinked))
        written = [(row[5], row[4], row[3]) for row in rows]
        overwrite(self.model, self.shape, written, self.touched)
        self._note_drafts(rows, pending.rebase(self.model, self.shape, written, user=self.job.asked_by))
        self.journal.write(
            action,
            ((row[5] or 0, row[2], row[1], row[3][self.division], self._changed(row[4], row[3])) for row in rows),
        )

    def _note_drafts(self, rows: list[Staged], differ: dict[Any, list[str]]) -> None:
        """Log which pending drafts say otherwise, so that the edit form can tell their author."""
        self.journal.write(
            journal.DRAFT,
            ((row[5], row[2], row[1], row[3][self.division], differ[row[5]]) for row in rows if row[5] in differ),
        )

    def _changed(self, before: list[Any], after: list[Any]) -> list[str]:
        """Return the names of the fields that a person sees and the import changed."""
        fields = zip(self.shape.fields, before, after, strict=True)
        return [field.name for field, old, new in fields if old != new and field.editable]

    def _give_codes(self, rows: list[Staged]) -> None:
        code, division = self.shape.position.get("code"), self.shape.position.get("division")
        if code is None or division is None or not self.register.code_prefix:
            return
        for row in rows:
            if not row[3][code]:
                row[3][code] = self.numbers.next(row[3][division])

    def _linked(self, rows: list[Staged]) -> list[Staged]:
        """Settle references to rows of the same file; set rows aside whose row is not written."""
        links = [(row, [at for at in self.own if isinstance(row[3][at], dict)]) for row in rows]
        pks = self._pks({row[3][at]["row"] for row, linked in links for at in linked})
        good = []
        for row, linked in links:
            if all(row[3][at]["row"] in pks for at in linked):
                for at in linked:
                    row[3][at] = pks[row[3][at]["row"]]
                good.append(row)
            else:
                self._refuse(row)
        return good

    def _pks(self, numbers: set[int]) -> dict[int, int]:
        """Return row number → primary key of those of the rows that are there or will be."""
        if not numbers:
            return {}
        written = (Action.NEW, Action.CHANGED, Action.UNCHANGED)
        rows = self.job.rows.filter(action__in=written, number__in=among(list(numbers)))
        return {number: pk or self.born_after + number for number, pk in rows.values_list("number", "target")}

    def _reserve(self) -> int:
        ends = self.job.rows.filter(action=Action.NEW).aggregate(first=Min("number"), last=Max("number"))
        if ends["first"] is None:
            return 0
        return bulk.reserve_run(self.model, ends["last"] - ends["first"] + 1) - int(ends["first"])

    def _refuse(self, row: Staged) -> None:
        staged_row = ImportRow.objects.get(pk=row[0])
        message = _("The row it refers to has errors and is not written.")
        staged_row.problems.append(
            {"field": "", "column": "", "value": "", "code": "reference_failed", "message": message,
             "severity": "error", "suggestion": None}
        )  # fmt: skip
        self.job.counts[staged_row.action] -= 1
        self.job.counts[Action.ERROR] += 1
        staged_row.action = Action.ERROR
        staged_row.save(update_fields=["action", "problems"])


def staged(job: ImportJob, action: str, only: Q | None = None) -> Iterator[list[Staged]]:
    """Yield the job's rows of one action in chunks, in the order of the file; only those that meet a condition, if given."""
    last = -1
    rows = job.rows.filter(only or Q(), action=action).order_by("number")
    while True:
        chunk = list(
            rows.filter(number__gt=last).values_list("pk", "number", "key", "data", "before", "target")[:CHUNK]
        )
        if not chunk:
            return
        last = chunk[-1][1]
        yield chunk


def current(model: type[models.Model], shape: RowShape, pks: Sequence[Any]) -> dict[int, list[Any]]:
    """Return the rows as they are now, locked until the transaction ends."""
    rows = model._default_manager.select_for_update().filter(pk__in=among(pks)).order_by().values("pk", *shape.names)
    return {row["pk"]: shape.encode(row) for row in rows}


def overwrite(
    model: type[models.Model],
    shape: RowShape,
    rows: Sequence[tuple[Any, list[Any], list[Any]]],
    touched: dict[str, Any],
) -> None:
    """Write rows given as (primary key, before, after): only the columns in which any of them differs."""
    befores, afters = zip(*(row[1] for row in rows)), zip(*(row[2] for row in rows))  # noqa: B905 (rows of one shape)
    differ = [at for at, (before, after) in enumerate(zip(befores, afters, strict=True)) if before != after]
    names = [*(shape.names[at] for at in differ), *touched]
    moment = tuple(touched.values())
    if rows:
        bulk.update(model, names, ((*(after[at] for at in differ), *moment, pk) for pk, _before, after in rows))


def stamps(model: type[models.Model], *kinds: str) -> dict[str, Any]:
    """Return the values of the fields that the database row gets by itself on a change (`auto_now`) or at birth."""
    now = timezone.now()
    fields = [field for field in model._meta.concrete_fields if any(getattr(field, kind, False) for kind in kinds)]
    return {field.name: _stamp(field, now) for field in fields}


def _stamp(field: models.Field[Any, Any], now: datetime) -> Any:
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value(now)
    return timezone.localdate(now).isoformat()
