"""The sender's sheet around a cell."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from exports.imports.around import around
from exports.imports.joblist import may_download
from exports.imports.models import ImportJob

from .base import JobScreen


class SheetView(JobScreen):
    """Rows of the sheet as they were sent. `?column=`: the index of the column whose cell is meant."""

    template_name = "imports/sheet.html"

    def get_page_title(self) -> str:
        sheet, row = self.job.place(self.kwargs["row"])
        name = sheet or self.job.original_name
        if self.column is not None:
            return _("%(cell)s as it was sent") % {"cell": f"{name}!{xl_col_to_name(self.column)}{row}"}
        return _("“%(sheet)s”, row %(row)s, as it was sent") % {"sheet": name, "row": row}

    @cached_property
    def column(self) -> int | None:
        asked = self.request.GET.get("column", "")
        return int(asked) if asked.isdecimal() and len(asked) < 6 else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        index = self.column
        found = around(self.job, self.kwargs["row"], index)
        if found is None:
            raise Http404
        return super().get_context_data(
            around=found,
            column=index,
            letter=found.letters[index] if index is not None and index < len(found.letters) else "",
            back=self.request.GET.get("back", ""),
            fixing=self.job.state == ImportJob.State.PREVIEWED and self.may_write(),
            may_download=may_download(self.request.user, self.job),
            **kwargs,
        )
