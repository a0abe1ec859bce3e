"""Mend a checked file on the spot: one row, or many cells at once. What was mended is checked again at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from exports.imports import fixing, queueing
from exports.imports.edits import WHOLE
from exports.imports.models import ImportJob
from exports.imports.problems import ImportRefused
from exports.imports.selectors import shown_row

from .base import JobScreen

BACK = ("show", "code", "p")  # what of the preview's address leads back to the same page of rows


class FixScreen(JobScreen):
    """A change to a job that waits for confirmation, by someone who may write it."""

    def back(self) -> HttpResponse:
        asked = QueryDict(self.request.POST.get("back") or self.request.GET.get("back") or "")
        query = urlencode({name: asked[name] for name in BACK if name in asked})
        return redirect(reverse("imports:job", args=[self.job.pk]) + (f"?{query}" if query else ""))

    def mended(self, changes: Sequence[fixing.Change]) -> HttpResponse:
        """Check again what was mended, say how many cells that were, and lead back."""
        count = len(changes)
        if not count:
            messages.info(self.request, _("Nothing was changed."))
        else:
            try:
                queueing.recheck(self.job, changes=changes)
            except ImportRefused as refusal:
                return self.refused(refusal)
            messages.success(self.request, _said(changes) % {"count": count})
        return self.back()


def _said(changes: Sequence[fixing.Change]) -> str:
    count = len(changes)
    if all(index == WHOLE for _number, index, _old, _new in changes):
        return ngettext(
            "It is settled what %(count)s row is, and the file was checked again.",
            "It is settled what %(count)s rows are, and the file was checked again.",
            count,
        )
    return ngettext(
        "%(count)s cell was changed and the file checked again.",
        "%(count)s cells were changed and the file checked again.",
        count,
    )


class RowView(FixScreen):
    """All cells of one row, to be changed."""

    template_name = "imports/row.html"

    def get_page_title(self) -> str:
        return _("Change row %(row)s of import %(number)s") % {
            "row": self.job.row_name(self.kwargs["row"]),
            "number": self.job.pk,
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.job.state != ImportJob.State.PREVIEWED or not self.may_write():
            return self.home()
        return super().get(request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = shown_row(self.job, number=self.kwargs["row"])
        if shown is None or not shown.rows[0].is_of_file:
            raise Http404
        cells = list(zip(shown.columns, shown.rows[0].cells, strict=True))
        return super().get_context_data(
            row=shown.rows[0],
            cells=cells,
            edited=any(cell.edited for _column, cell in cells),
            back=self.request.GET.get("back", ""),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        number = self.kwargs["row"]
        try:
            if "withdraw" in request.POST:
                return self.mended(fixing.withdraw(self.job, user=request.user, number=number))
            cells = {
                int(name[5:]): str(text)
                for name, text in request.POST.items()
                if name.startswith("cell-") and name[5:].isdecimal()
            }
            return self.mended(fixing.edit_row(self.job, user=request.user, number=number, cells=cells))
        except ImportRefused as refusal:
            return self.refused(refusal)


class FixView(FixScreen):
    """The buttons above and in the grid: take suggestions, replace in a column, accept warnings."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        data = request.POST
        try:
            if "take" in data:
                number, index, code = [*data["take"].split(":", 2), "", ""][:3]
                place = {"number": _whole(number), "index": _whole(index)}
                return self.mended(fixing.take_suggestions(self.job, user=request.user, code=code, **place))
            if "take_all" in data:
                return self.mended(fixing.take_suggestions(self.job, user=request.user, code=data["take_all"]))
            if "take_in" in data:
                return self.mended(fixing.take_in(self.job, user=request.user, number=_whole(data["take_in"])))
            if "accept" in data:
                count = fixing.accept_warnings(self.job, user=request.user)
                messages.success(request, _("The warnings on %(count)s rows are accepted.") % {"count": count})
                return self.home()
            words = {"old": data.get("old", ""), "new": data.get("new", "")}
            return self.mended(
                fixing.replace(self.job, user=request.user, index=_whole(data.get("index", "")), **words)
            )
        except ImportRefused as refusal:
            return self.refused(refusal)


def _whole(text: str) -> int:
    if not text.isdecimal():
        raise ImportRefused("row_unknown", _("Say which column and which row is meant."))
    return int(text)
