"""The rows that were not accepted, in the sender's own layout, each wrong cell marked and the reason beside it.

What stands above the data (titles, header rows, merged cells), the order and the widths of the columns are the sender's;
below stand the rejected rows alone, as they are with all changes made in the preview. Other sheets are left out. Written
row by row, so that memory stays flat; only so many cells get a comment as a spreadsheet opens without delay.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from itertools import groupby
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _

from exports.files.writers.formulas import harmless

from .findings import Places
from .heads import column_widths
from .models import ImportJob, ImportRow
from .sent import cell_of

REASON = "错误原因"  # a header that the import ignores, so that the corrected file can be uploaded as it is
COMMENTS = 1_000
_TITLE = str.maketrans("[]:*?/\\", "       ")


def write_rejected(job: ImportJob) -> IO[bytes]:
    """Return an open .xlsx of the job's rows with errors."""
    target: Any = tempfile.TemporaryFile(prefix="xinghui-rejected-")  # noqa: SIM115 - the answer closes it
    rows = job.rows.filter(action=ImportRow.Action.ERROR).order_by("number").iterator(chunk_size=500)
    with xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False}) as book:
        writer = _Writer(book, job)
        for sheet, found in groupby(rows, key=lambda row: job.place(row.number)[0]):
            writer.write(sheet, found)
        if not book.worksheets():
            writer.write(job.sheet, ())
    target.seek(0)
    return target


class _Writer:
    def __init__(self, book: Any, job: ImportJob) -> None:
        self.book, self.job = book, job
        self.places = Places(job)
        self.comments = 0
        self.title = book.add_format({"bold": True, "font_size": 14, "align": "center", "valign": "vcenter"})
        head = {"bold": True, "bg_color": "#EAF1FB", "border": 1, "text_wrap": True, "valign": "vcenter"}
        self.head = book.add_format(head | {"align": "center"})
        self.wrong = {False: book.add_format({"bg_color": "#FDE9E7", "font_color": "#A3150B"}),
                      True: book.add_format({"bg_color": "#FDE9E7", "font_color": "#A3150B", "num_format": "yyyy-mm-dd"})}  # fmt: skip
        self.good = {False: None, True: book.add_format({"num_format": "yyyy-mm-dd"})}
        self.why = book.add_format({"font_color": "#A3150B", "text_wrap": True, "valign": "top"})

    def write(self, name: str, rows: Iterable[ImportRow]) -> None:
        """Write one sheet: its head, then its rejected rows."""
        sheet = self.book.add_worksheet(name[:31].translate(_TITLE).strip("'") or "Sheet1")
        head = self.job.mapping.get("heads", {}).get(name) or self._plain_head()
        header_rows = next(
            (part["header_rows"] for part in self.job.sheets if part["name"] == name), self.job.header_rows
        )
        own = [column for column in self.job.columns if column["how"] != "constant"]
        given = [column for column in self.job.columns if column["how"] == "constant"]
        width = max([len(cells) for _number, cells in head["rows"]] + [column["index"] + 1 for column in own])
        order = [*range(width), *(column["index"] for column in given)]
        self._set_widths(sheet, name, order, own)
        last = max(header_rows)
        for number, cells in head["rows"]:
            is_header = number in header_rows
            extra = [column["header"] for column in given] + [REASON] if number == last else []
            for at, cell in enumerate([*cells, *[None] * (width - len(cells)), *extra]):
                if cell is not None or is_header:
                    _write(sheet, number - 1, at, cell_of([cell], 0), self.head if is_header else self.title)
        for first_row, first, last_row, end in head["merged"]:
            sheet.merge.append([first_row - 1, first, last_row - 1, end])  # merge_range would go back to rows written
        sheet.freeze_panes(last, 0)
        for at, row in enumerate(rows, start=last):
            self._write_row(sheet, at, row, order)

    def _write_row(self, sheet: Any, at: int, row: ImportRow, order: list[int]) -> None:
        errors = [problem for problem in row.problems if problem["severity"] == "error"]
        marked: dict[int, list[str]] = {}
        for problem in errors:
            if (index := self.places.index(problem)) is not None:
                marked.setdefault(index, []).append(problem["message"])
        for place, index in enumerate(order):
            value = cell_of(row.raw, index)
            styles = self.wrong if index in marked else self.good
            _write(sheet, at, place, value, styles[hasattr(value, "isoformat")])
            if index in marked and self.comments < COMMENTS:
                sheet.write_comment(at, place, "\n".join(marked[index]), {"x_scale": 2})
                self.comments += 1
        sheet.write_string(at, len(order), _reasons(self.job.row_name(row.number), errors), self.why)

    def _set_widths(self, sheet: Any, name: str, order: list[int], own: list[dict[str, Any]]) -> None:
        known = column_widths(self.job, name)
        headers = {column["index"]: column["header"] for column in own}
        for place, index in enumerate(order):
            sheet.set_column(place, place, known.get(index) or max(10, 2 * len(headers.get(index, "")) + 2))
        sheet.set_column(len(order), len(order), 70)

    def _plain_head(self) -> dict[str, Any]:
        headers: list[str | None] = []
        for column in self.job.columns:
            if column["how"] != "constant":
                headers += [None] * (column["index"] + 1 - len(headers))
                headers[column["index"]] = column["header"]
        return {"rows": [[max(self.job.header_rows), headers]], "merged": []}


def _write(sheet: Any, row: int, column: int, value: Any, style: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, style)
    elif hasattr(value, "isoformat"):
        sheet.write_datetime(row, column, value, style)
    else:
        sheet.write_string(row, column, harmless(str(value))[:32_767], style)  # never a formula


def _reasons(row: str, errors: list[dict[str, Any]]) -> str:
    where = _("Row %(number)s of the file") % {"number": row}
    return where + "：" + "；".join(f"{error['column']} {error['message']}".strip() for error in errors)
