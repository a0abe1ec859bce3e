"""The workbook to fill in, or with the present rows to be changed: headers, types, drop-downs, notes with examples.

With rows, what identifies a row is grey and locked (without a password: the note says how to open it), so that the
file finds its rows again; everything else is open, and so are the rows below.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from content.core.models import Division
from content.core.register import Column, Register
from exports.files import harmless

from .examples import choices_of, divisions_of, example_of, explain, kind_of

ROWS = 5_000  # rows that carry a drop-down, at least
WIDTH = 60
MOST_IN_LIST = 32_000
PATTERNS = {"text": "@", "date": "yyyy-mm-dd", "integer": "0", "number": "General", "any": "General"}
# What people may do with the protected sheet: all but changing the grey cells.
OPEN = ("format_cells", "format_columns", "format_rows", "insert_rows", "insert_hyperlinks", "sort", "autofilter")


def write_template(register: Register, *, codes: list[str] | None = None) -> BytesIO:
    """Return the empty template as an open .xlsx; its drop-down of divisions holds those in `codes` (None: all)."""
    target = BytesIO()
    columns = [column for column in register if column.importable]
    write_workbook(target, register, columns, codes=codes)
    target.seek(0)
    return target


def identifying(register: Register, columns: Sequence[Column]) -> list[Column]:
    """Return the columns that find a row again: its key, and our own code."""
    return [column for column in columns if column.field in register.key or column.key == "code"]


def write_workbook(
    target: Path | BytesIO,
    register: Register,
    columns: Sequence[Column],
    *,
    codes: list[str] | None = None,
    rows: Iterable[Sequence[Any]] | None = None,
) -> int:
    """Write the workbook of these columns and return how many rows it has.

    rows: cells in the order of the columns, written as they come. Memory does not grow with them.
    """
    options = {"constant_memory": True} if rows is not None else {"in_memory": True}
    with (
        translation.override("zh-hans"),
        xlsxwriter.Workbook(target if isinstance(target, BytesIO) else str(target), options) as book,
    ):
        places = divisions_of(codes)
        sheet = book.add_worksheet(str(register.verbose_name)[:31])
        notes = book.add_worksheet(_("How to fill in"))
        lists = book.add_worksheet(_("Choices"))
        lists.hide()
        sources = _lists_sheet(lists, register, columns, places)
        filled = _Sheet(book, sheet, register, columns, sources, places)
        filled.header(locked=rows is not None)
        count = filled.rows(rows) if rows is not None else 0
        filled.validations(max(ROWS, count + 1_000))
        _notes_sheet(book, notes, register, columns, places, locked=rows is not None)
    return count


def _lists_sheet(sheet: Any, register: Register, columns: Sequence[Column], places: list[str]) -> dict[str, str]:
    """Write what may be chosen, a column each, row by row; return the ranges by the columns' keys."""
    lists = {}
    for column in columns:
        is_place = register.model_field(column).related_model is Division
        words = places[:MOST_IN_LIST] if is_place else choices_of(register, column)
        if words:
            lists[column.key] = words
    for row in range(max(map(len, lists.values()), default=0)):
        for at, words in enumerate(lists.values()):
            if row < len(words):
                sheet.write_string(row, at, words[row])
    title = _("Choices")
    return {
        key: f"='{title}'!${xl_col_to_name(at)}$1:${xl_col_to_name(at)}${len(words)}"
        for at, (key, words) in enumerate(lists.items())
    }


class _Sheet:
    """The first sheet: header, rows, and what each cell takes."""

    def __init__(
        self,
        book: Any,
        sheet: Any,
        register: Register,
        columns: Sequence[Column],
        sources: dict[str, str],
        places: list[str],
    ) -> None:
        self.book, self.sheet, self.register, self.columns = book, sheet, register, columns
        self.sources, self.places = sources, places
        self.kinds = [kind_of(register, column) for column in columns]
        self.fixed = {columns.index(column) for column in identifying(register, columns)}

    def header(self, *, locked: bool) -> None:
        head = {"bold": True, "align": "center", "valign": "vcenter", "border": 1, "text_wrap": True}
        required = self.book.add_format({**head, "bg_color": "#FDE9E7", "font_color": "#A3150B"})
        optional = self.book.add_format({**head, "bg_color": "#EAF1FB"})
        self.open = [self.book.add_format({"num_format": PATTERNS[kind], "locked": False}) for kind in self.kinds]
        grey = {"bg_color": "#EFEFEF", "font_color": "#595959"}
        self.shut = [self.book.add_format({"num_format": PATTERNS[kind], **grey}) for kind in self.kinds]
        self.sheet.set_row(0, 32)
        self.sheet.freeze_panes(1, len(self.fixed) if locked else 0)  # they stand first then
        for at, column in enumerate(self.columns):
            must = self.register.is_required(column)
            header = self.register.header(column) + ("*" if must else "")
            self.sheet.write_string(0, at, header, required if must else optional)
            # Codes and phones stay text, so that no spreadsheet rounds or shortens them.
            self.sheet.set_column(at, at, min(max(12, 2 * len(header) + 3), 40), self.open[at])
            self.sheet.write_comment(0, at, explain(self.register, column), {"width": 260})
        if locked:
            self.sheet.protect("", dict.fromkeys(OPEN, True))

    def rows(self, rows: Iterable[Sequence[Any]]) -> int:
        count = 0
        for count, row in enumerate(rows, start=1):
            for at, cell in enumerate(row):
                format = self.shut[at] if at in self.fixed and cell not in (None, "") else self.open[at]
                self._cell(count, at, cell, format)
        self.sheet.autofilter(0, 0, max(count, 1), len(self.columns) - 1)
        return count

    def _cell(self, row: int, at: int, cell: Any, format: Any) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, bool):
            self.sheet.write_string(row, at, _("yes") if cell else _("no"), format)
        elif isinstance(cell, int | float | Decimal):
            self.sheet.write_number(row, at, float(cell), format)
        elif isinstance(cell, datetime | date):
            self.sheet.write_datetime(row, at, cell, format)
        else:
            self.sheet.write_string(row, at, str(harmless(str(cell)))[:32_767], format)

    def validations(self, last: int) -> None:
        """Help while typing; whatever is typed all the same is cleaned by the import, so nothing is forbidden."""
        for at, (column, kind) in enumerate(zip(self.columns, self.kinds, strict=True)):
            rule: dict[str, Any] = {"validate": "any"}
            if source := self.sources.get(column.key):
                rule = {"validate": "list", "source": source}
            elif kind == "date":
                rule = {
                    "validate": "date",
                    "criteria": "between",
                    "minimum": date(1900, 1, 1),
                    "maximum": date(2199, 12, 31),
                }
            elif kind == "integer":
                rule = {"validate": "integer", "criteria": ">=", "value": 0}
            elif kind == "number":
                rule = {"validate": "decimal", "criteria": "between", "minimum": -1e12, "maximum": 1e12}
            message = _("For example: %(example)s") % {"example": example_of(self.register, column, self.places)}
            words = {"input_title": self.register.header(column)[:32], "input_message": message[:255]}
            warning = {
                "error_type": "warning",
                "ignore_blank": True,
                "error_message": explain(self.register, column)[:255],
            }
            self.sheet.data_validation(1, at, last, at, rule | words | warning)


def _notes_sheet(
    book: Any, sheet: Any, register: Register, columns: Sequence[Column], places: list[str], *, locked: bool
) -> None:
    bold = book.add_format({"bold": True, "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 2, WIDTH, wrap)
    sheet.set_column(3, 3, 34)
    sheet.freeze_panes(3, 1)
    sheet.write_string(0, 0, _("One row a record, below the header of the first sheet. Columns marked * are required."))
    if locked:
        sheet.write_string(
            1,
            0,
            _(
                "The grey cells tell which record a row is and are locked; there is no password. Empty cells keep the "
                "present value unless you choose otherwise at the import."
            ),
        )
    for at, title in enumerate((_("Column of the sheet"), _("Required"), _("What to write"), _("For example"))):
        sheet.write_string(2, at, title, bold)
    for row, column in enumerate(columns, start=3):
        sheet.write_string(row, 0, register.header(column))
        sheet.write_string(row, 1, _("required") if register.is_required(column) else "")
        sheet.write_string(row, 2, explain(register, column))
        sheet.write_string(row, 3, example_of(register, column, places))
