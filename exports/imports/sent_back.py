"""Rows of an import in the sender's own layout, each marked cell coloured and what was found beside it.

What stands above the data (titles, header rows, merged cells), the order and the widths of the columns are the sender's;
below stand the rows asked for alone, as they are with all changes made in the preview. Other sheets are left out. Written
row by row, so that memory stays flat; only so many cells get a comment as a spreadsheet opens without delay.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import groupby, islice
from typing import IO, Any, NamedTuple

import xlsxwriter
from django.db.models import Max
from django.utils.translation import gettext as _

from exports.files import harmless
from exports.files.writers.quick_rows import QuickRows

from .findings import Places
from .heads import column_widths
from .models import ImportJob, ImportRow
from .selectors import HIDDEN, Texts, rows_of
from .sent import cell_of
from .values import RowShape

REASON, OUTCOME = "错误原因", "核对结果"  # headers that the import ignores, so that the file can be uploaded as it is
ALL = "all"
COMMENTS = 1_000
Action = ImportRow.Action
_CHUNK = 1_000
_TITLE = str.maketrans("[]:*?/\\", "       ")
_COLOURS = {"error": ("#FDE9E7", "#A3150B"), "warning": ("#FFF4D6", "#6B4A00"), "changed": ("#E3EEFB", "#0B3D78")}


class _Row(NamedTuple):
    number: int
    action: str
    raw: list[Any]
    data: list[Any] | None
    before: list[Any] | None
    problems: list[dict[str, Any]]


def write_back(job: ImportJob, *, action: str, code: str = "", personal: bool = False) -> IO[bytes]:
    """Return an open .xlsx of the job's rows.

    action, code: as `selectors.rows_of` takes them, or ALL. personal: whether the reader may see what stood in personal
    columns before; what the file itself says is shown anyway.
    """
    target: Any = tempfile.TemporaryFile(prefix="xinghui-rows-")  # noqa: SIM115 - the answer closes it
    with xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False}) as book:
        writer = _Writer(book, job, only_errors=action == Action.ERROR and not code, personal=personal)
        for sheet, found in groupby(_rows(job, action, code), key=lambda row: job.place(row.number)[0]):
            writer.write(sheet, found)
        if not book.worksheets():
            writer.write(job.sheet, iter(()))
    target.seek(0)
    return target


def _rows(job: ImportJob, action: str, code: str) -> Iterator[_Row]:
    """Yield the rows in the order of the file, so many of its lines at a time: the database need not sort them all."""
    rows = rows_of(job, action="" if action == ALL else action, code=code)
    last = rows.order_by().aggregate(last=Max("number"))["last"] or 0
    for start in range(0, last + 1, _CHUNK):
        some = rows.filter(number__gte=start, number__lt=start + _CHUNK)
        if action == Action.ERROR:
            for number, kind, raw, problems in some.values_list("number", "action", "raw", "problems"):
                yield _Row(number, kind, raw, None, None, problems)
        else:
            yield from map(_Row._make, some.values_list(*_Row._fields))


class _Writer:
    def __init__(self, book: Any, job: ImportJob, *, only_errors: bool, personal: bool) -> None:
        self.book, self.job, self.only_errors = book, job, only_errors
        self.places = Places(job)
        self.compared = _Compared(job, personal=personal)
        self.comments = 0
        self.title = book.add_format({"bold": True, "font_size": 14, "align": "center", "valign": "vcenter"})
        head = {"bold": True, "bg_color": "#EAF1FB", "border": 1, "text_wrap": True, "valign": "vcenter"}
        self.head = book.add_format(head | {"align": "center"})
        # By what a cell is marked for, and whether it holds a date.
        self.styles: dict[tuple[str, bool], Any] = {("", False): None}
        self.styles["", True] = book.add_format({"num_format": "yyyy-mm-dd"})
        for mark, (paper, ink) in _COLOURS.items():
            self.styles[mark, False] = book.add_format({"bg_color": paper, "font_color": ink})
            self.styles[mark, True] = book.add_format(
                {"bg_color": paper, "font_color": ink, "num_format": "yyyy-mm-dd"}
            )
        why = {"text_wrap": True, "valign": "top"}
        self.why = {False: book.add_format(why), True: book.add_format(why | {"font_color": "#A3150B"})}

    def write(self, name: str, rows: Iterator[_Row]) -> None:
        """Write one sheet: its head, then its rows."""
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
            extra = []
            if number == last:
                extra = [column["header"] for column in given] + [REASON if self.only_errors else OUTCOME]
            for at, cell in enumerate([*cells, *[None] * (width - len(cells)), *extra]):
                if cell is not None or is_header:
                    _write(sheet, number - 1, at, cell_of([cell], 0), self.head if is_header else self.title)
        for first_row, first, last_row, end in head["merged"]:
            sheet.merge.append([first_row - 1, first, last_row - 1, end])  # merge_range would go back to rows written
        sheet.freeze_panes(last, 0)
        quick = QuickRows(sheet, last)
        while chunk := list(islice(rows, _CHUNK)):
            self.compared.load(chunk)
            for row in chunk:
                self._write_row(sheet, quick, row, order)
        quick.close()

    def _write_row(self, sheet: Any, quick: QuickRows, row: _Row, order: list[int]) -> None:
        problems = [p for p in row.problems if p["severity"] == "error"] if self.only_errors else row.problems
        notes: dict[int, list[str]] = {}
        marks: dict[int, str] = {}
        changes = [] if self.only_errors else self.compared.changes(row)
        marks |= {at: "changed" for at, _change in changes}
        for problem in sorted(problems, key=lambda found: found["severity"] == "error"):
            if (index := self.places.index(problem)) is not None:
                notes.setdefault(index, []).append(problem["message"])
                marks[index] = "error" if problem["severity"] == "error" else "warning"
        cells = []
        for place, index in enumerate(order):
            value = cell_of(row.raw, index)
            cells.append((value, self.styles[marks.get(index, ""), hasattr(value, "isoformat")]))
            if index in notes and self.comments < COMMENTS:
                sheet.write_comment(quick.at, place, "\n".join(notes[index]), {"x_scale": 2})
                self.comments += 1
        wrong = row.action == Action.ERROR
        found = [f"{problem['column']} {problem['message']}".strip() for problem in problems]
        found += [change for _index, change in changes]
        if not self.only_errors:
            found.insert(0, str(Action(row.action).label))
        where = _("Row %(number)s of the file") % {"number": self.job.row_name(row.number)}
        quick.write([*cells, (where + "：" + "；".join(found), self.why[wrong])])

    def _set_widths(self, sheet: Any, name: str, order: list[int], own: list[dict[str, Any]]) -> None:
        known = column_widths(self.job, name)
        headers = {column["index"]: column["header"] for column in own}
        for place, at in enumerate(order):
            sheet.set_column(place, place, known.get(at) or max(10, 2 * len(headers.get(at, "")) + 2))
        sheet.set_column(len(order), len(order), 70)

    def _plain_head(self) -> dict[str, Any]:
        headers: list[str | None] = []
        for column in self.job.columns:
            if column["how"] != "constant":
                headers += [None] * (column["index"] + 1 - len(headers))
                headers[column["index"]] = column["header"]
        return {"rows": [[max(self.job.header_rows), headers]], "merged": []}


class _Compared:
    """What rows change, in words: 职工人数：100 → 200."""

    def __init__(self, job: ImportJob, *, personal: bool) -> None:
        self.job = job
        register = job.register
        self.shape = RowShape(register.model, job.fields) if job.fields else None
        self.columns: list[tuple[int, str, int, int | None, bool]] = []
        for column in job.columns:
            if column["key"] and self.shape:
                declared = register.by_key[column["key"]]
                at = self.shape.position[declared.field]
                upper = self.shape.position[declared.upper] if declared.upper else None
                shown = personal or not declared.personal
                self.columns.append((column["index"], column["header"], at, upper, shown))

    def load(self, rows: list[_Row]) -> None:
        """Read the names of what some rows refer to."""
        self.texts = Texts(self.job, self.shape, [row for row in rows if row.action == Action.CHANGED])

    def changes(self, row: _Row) -> list[tuple[int, str]]:
        """Return the index of each changed column, and old → new."""
        if row.action != Action.CHANGED or row.data is None or row.before is None:
            return []
        found = []
        for index, header, at, upper, shown in self.columns:
            if row.data[at] != row.before[at] or (upper is not None and row.data[upper] != row.before[upper]):
                old, new = self.texts.text(at, row.before, upper), self.texts.text(at, row.data, upper)
                found.append((index, f"{header} {old if shown or not old else HIDDEN} → {new}"))
        return found


def _write(sheet: Any, row: int, column: int, value: Any, style: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif hasattr(value, "isoformat"):
        sheet.write_datetime(row, column, value, style)
    elif isinstance(value, bool | int | float):
        sheet.write(row, column, value, style)
    else:
        sheet.write_string(row, column, harmless(str(value))[:32_767], style)  # never a formula
