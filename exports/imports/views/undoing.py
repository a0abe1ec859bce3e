"""Undo a written import, or the rows of it that a person ticks: ask in words, then undo."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from exports.imports import queueing, ranges, written
from exports.imports.models import WRITES, ImportJob, ImportRow
from exports.imports.problems import ImportRefused
from exports.imports.undo import remaining

from .base import JobScreen

SHOWN = 20


class UndoView(JobScreen):
    """GET asks, with the rows in words; POST undoes. Without rows it is about the whole import."""

    template_name = "imports/confirm_undo.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.job  # noqa: B018 - a 404 before anything is read
        try:
            self.ranges  # noqa: B018 - refused before anything is rendered
        except ImportRefused as refusal:
            return self.refused(refusal)
        return super().get(request)

    @cached_property
    def ranges(self) -> ranges.Ranges | None:
        """The chosen rows: those ticked, those written as 3,7-9, or all that the list shows; None is the whole import."""
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        if "listed" in asked:
            rows = written.filtered(
                self.job, action=asked.get("show", ""), q=asked.get("q", ""), state=written.STANDING
            )
            return ranges.of(rows.values_list("number", flat=True))
        if "row" in asked or "rows" in asked or "chosen" in asked:
            return ranges.parse(",".join([*asked.getlist("row"), asked.get("rows", "")]))
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.job.rows.filter(ranges.among_rows(self.ranges), undone_at=None, action__in=WRITES).order_by(
            "number"
        )
        new = rows.filter(action=ImportRow.Action.NEW).count()
        count = rows.count()
        return super().get_context_data(
            rows=ranges.text(self.ranges) if self.ranges is not None else "",
            new=new,
            changed=count - new,
            titles=rows.values_list("number", "key")[:SHOWN] if self.ranges is not None else [],
            more=max(0, count - SHOWN),
            until=written.undo_until(self.job),
            possible=count > 0 and written.can_be_undone(self.job),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            queueing.undo(self.job, user=request.user, rows=self.ranges)
        except ImportRefused as refusal:
            return self.refused(refusal)
        if not self.job.queued and self.job.state in (ImportJob.State.COMMITTED, ImportJob.State.UNDONE):
            left = len(self.job.undo_report.get("left", []))
            if left:
                messages.warning(request, _("%(left)s rows could not be undone and are listed below.") % {"left": left})
            else:
                messages.success(request, _("Undone. Rows still written: %(count)s.") % {"count": remaining(self.job)})
        return self.home()
