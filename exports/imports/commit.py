"""Write a checked import into its register: one transaction, under the register's lock."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, models
from django.utils import timezone
from django.utils.translation import gettext as _

from content.core.locks import register_lock

from . import journal, pending, pulse, states
from .carrying import Carrier
from .journal import Journal
from .models import ImportJob, ImportRow
from .pauses import seldom_collected
from .problems import ImportRefused, Stale
from .settling import Settler
from .spans import Span, spans
from .staging import Stopped
from .values import RowShape

State, Action = ImportJob.State, ImportRow.Action


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
        self.model: type[models.Model] = job.register.model
        self.shape = RowShape(self.model, job.fields)
        self.carrier = Carrier(self.shape)
        self.settler = Settler(job, self.shape)
        self.journal = Journal(job, self.model, user=job.asked_by)
        self.touched = stamps(self.model, "auto_now")
        self.born = stamps(self.model, "auto_now", "auto_now_add") | pending.born(self.model)

    def run(self, signs: pulse.Pulse) -> None:
        writes = {
            Action.CHANGED: lambda span: self._change(span, journal.CHANGED),
            Action.RETIRED: lambda span: self._change(span, journal.RETIRED),
            Action.NEW: self._add,
        }
        for action, write_span in writes.items():
            for span in spans(self.job, action):
                self.settler.settle(span)
                signs.beat(write_span(span))

    def _add(self, span: Span) -> int:
        written = self.carrier.add(span, self.born)
        self.journal.write_span(journal.CREATED, span, self.shape)
        return written

    def _change(self, span: Span, action: str) -> int:
        differ = self.carrier.differing(span)
        written = self.carrier.overwrite(span, differ, self.touched)
        if written < span.rows.count():
            raise Stale
        self._rebase_drafts(span)
        # Only what a person sees and the import changed is named.
        fields = {self.shape.names[at]: self.carrier.changed(at) for at in differ if self.shape.fields[at].editable}
        self.journal.write_span(action, span, self.shape, fields)
        return written

    def _rebase_drafts(self, span: Span) -> None:
        """Carry what was written into pending drafts, and log which of them say otherwise, for their authors."""
        if not pending.has_revisions(self.model):
            return
        division = self.shape.position["division"]
        rows: list[Any] = list(span.rows.values_list("target", "key", "number", "before", "data"))
        written = [(pk, before, data) for pk, _key, _number, before, data in rows]
        differ = pending.rebase(self.model, self.shape, written, user=self.job.asked_by)
        self.journal.write(
            journal.DRAFT,
            ((pk, key, number, data[division], differ[pk]) for pk, key, number, _before, data in rows if pk in differ),
        )


def stamps(model: type[models.Model], *kinds: str) -> dict[str, Any]:
    """Return the values of the fields that the database row gets by itself on a change (`auto_now`) or at birth."""
    now = timezone.now()
    fields = [field for field in model._meta.concrete_fields if any(getattr(field, kind, False) for kind in kinds)]
    return {field.name: _stamp(field, now) for field in fields}


def _stamp(field: models.Field[Any, Any], now: datetime) -> Any:
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value(now)
    return timezone.localdate(now).isoformat()
