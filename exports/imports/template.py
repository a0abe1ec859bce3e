"""The empty workbook of a register: headers, what must be filled in, drop-downs, notes with examples."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from content.core.register import Column, Register

ROWS = 5_000  # rows that carry a drop-down
WIDTH = 60


def write_template(register: Register) -> BytesIO:
    """Return the template as an open .xlsx. It imports as it is, once filled in."""
    target = BytesIO()
    with translation.override("zh-hans"), xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        columns = [column for column in register if column.importable]
        sheet = book.add_worksheet(str(register.verbose_name)[:31])
        notes = book.add_worksheet(_("How to fill in"))
        lists = book.add_worksheet(_("Choices"))
        lists.hide()
        _data_sheet(book, sheet, lists, register, columns)
        _notes_sheet(book, notes, register, columns)
    target.seek(0)
    return target


def _data_sheet(book: Any, sheet: Any, lists: Any, register: Register, columns: list[Column]) -> None:
    head = {"bold": True, "align": "center", "valign": "vcenter", "border": 1, "text_wrap": True}
    required = book.add_format({**head, "bg_color": "#FDE9E7", "font_color": "#A3150B"})
    optional = book.add_format({**head, "bg_color": "#EAF1FB"})
    as_text = book.add_format({"num_format": "@"})
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 0)
    used = 0
    for at, column in enumerate(columns):
        must = register.is_required(column)
        header = register.header(column) + ("*" if must else "")
        sheet.write_string(0, at, header, required if must else optional)
        # Codes and phones stay text, so that no spreadsheet rounds or shortens them.
        sheet.set_column(at, at, max(12, 2 * len(header) + 2), as_text if _is_text(register, column) else None)
        sheet.write_comment(0, at, _explain(register, column), {"width": 260})
        if words := choices_of(register, column):
            name = xl_col_to_name(used)
            lists.write_column(0, used, words)
            source = f"='{_('Choices')}'!${name}$1:${name}${len(words)}"
            sheet.data_validation(
                1, at, ROWS, at, {"validate": "list", "source": source, "error_type": "warning", "ignore_blank": True}
            )
            used += 1


def _notes_sheet(book: Any, sheet: Any, register: Register, columns: list[Column]) -> None:
    bold = book.add_format({"bold": True, "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 2, WIDTH, wrap)
    sheet.set_column(3, 3, 34)
    sheet.write_string(0, 0, _("One row a record, below the header of the first sheet. Columns marked * are required."))
    for at, title in enumerate((_("Column of the sheet"), _("Required"), _("What to write"), _("For example"))):
        sheet.write_string(2, at, title, bold)
    for row, column in enumerate(columns, start=3):
        sheet.write_string(row, 0, register.header(column))
        sheet.write_string(row, 1, _("required") if register.is_required(column) else "")
        sheet.write_string(row, 2, _explain(register, column))
        sheet.write_string(row, 3, column.example)


def choices_of(register: Register, column: Column) -> list[str]:
    """Return what may be chosen in a column, as people read it."""
    field = register.model_field(column)
    if field.get_internal_type() == "BooleanField":
        return [_("yes"), _("no")]
    return [str(label) for value, label in (field.flatchoices or []) if value not in (None, "")]


def _explain(register: Register, column: Column) -> str:
    field = register.model_field(column)
    kind = field.get_internal_type()
    if words := choices_of(register, column):
        return _("One of: %(words)s") % {"words": "、".join(words)}
    if column.field == "division":
        return _("The name of the division, for example 四川省成都市锦江区, or its code 510104.")
    if field.is_relation:
        return _("Its code or full name, as in its own register.")
    if column.key == "code":
        return _("Leave empty for a new record: the system gives it a code.")
    explained = {
        "DateField": _("A date, for example 2023-04-12."),
        "DecimalField": _("A number; a range like 120-150 where prices vary.") if column.upper else _("A number."),
        "PositiveIntegerField": _("A whole number."),
        "PositiveSmallIntegerField": _("A whole number."),
    }
    return explained.get(kind, _("Text.") if not str(field.help_text) else str(field.help_text))


def _is_text(register: Register, column: Column) -> bool:
    return register.model_field(column).get_internal_type() in ("CharField", "TextField")
