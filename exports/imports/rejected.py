"""The rows that were not accepted, in the sender's own columns, each wrong cell marked and the reason beside it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from .models import ImportJob, ImportRow
from .sent import cell_of

REASON = "错误原因"  # a header that the import ignores, so that the corrected file can be uploaded as it is


def write_rejected(job: ImportJob) -> BytesIO:
    """Return an open .xlsx of the job's rows with errors."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet((job.sheet or "Sheet1")[:31].translate(str.maketrans("[]:*?/\\", "       ")))
        head = book.add_format({"bold": True, "bg_color": "#EAF1FB", "border": 1, "text_wrap": True})
        wrong = book.add_format({"bg_color": "#FDE9E7", "font_color": "#A3150B"})
        why = book.add_format({"font_color": "#A3150B", "text_wrap": True})
        columns = job.columns
        for at, column in enumerate(columns):  # values given for all rows follow the file's own columns
            sheet.write_string(0, at, column["header"], head)
            sheet.set_column(at, at, max(10, 2 * len(column["header"]) + 2))
        last = len(columns)
        sheet.write_string(0, last, REASON, head)
        sheet.set_column(last, last, 70)
        sheet.freeze_panes(1, 0)
        rows = job.rows.filter(action=ImportRow.Action.ERROR).order_by("number")
        for at, row in enumerate(rows.iterator(), start=1):
            errors = [problem for problem in row.problems if problem["severity"] == "error"]
            marked = {problem["column"] for problem in errors}
            for place, column in enumerate(columns):
                value = cell_of(row.raw, column["index"])
                _write(sheet, at, place, value, wrong if column["header"] in marked else None)
            sheet.write_string(at, last, _reasons(job.row_name(row.number), errors), why)
    target.seek(0)
    return target


def _write(sheet: Any, row: int, column: int, value: Any, style: Any) -> None:
    if value is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, str(value), style)  # never a formula


def _reasons(number: str, errors: list[dict[str, Any]]) -> str:
    where = _("Row %(number)s of the file") % {"number": number}
    return where + "：" + "；".join(f"{error['column']} {error['message']}".strip() for error in errors)
