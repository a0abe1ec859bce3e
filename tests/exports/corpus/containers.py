"""Writes one grid of cells as every kind of file that reaches an office."""

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904

Grid = list[list[Any]]


@dataclass
class Extras:
    """What only workbooks have. merged: (first row, first column, last row, last column), all from 0."""

    sheet: str = "Sheet1"
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[str] = field(default_factory=list)
    filtered: bool = False
    mac_dates: bool = False
    before: dict[str, Grid] = field(default_factory=dict)
    after: dict[str, Grid] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)  # other sheet → hidden, veryHidden


class Broken(str):
    """The error that a formula gave, as a cell of its own kind and not as text."""


BIFF_ERRORS = {"#DIV/0!": 0x07, "#REF!": 0x17, "#N/A": 0x2A}


def openpyxl_book(path: Path, grid: Grid, extras: Extras) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    if extras.mac_dates:
        book.epoch = CALENDAR_MAC_1904
    for title, rows in {**extras.before, extras.sheet: grid, **extras.after}.items():
        sheet = book.create_sheet(title)
        sheet.sheet_state = extras.states.get(title, "visible")
        for r, cells in enumerate(rows, 1):
            for c, cell in enumerate(cells, 1):
                if cell is not None:
                    target = sheet.cell(r, c)
                    target.value = cell
                    if isinstance(cell, str):
                        # A text that begins with = is a text.
                        target.data_type = "e" if isinstance(cell, Broken) else "s"
    sheet = book[extras.sheet]
    for r1, c1, r2, c2 in extras.merged:
        sheet.merge_cells(start_row=r1 + 1, start_column=c1 + 1, end_row=r2 + 1, end_column=c2 + 1)
    for row in extras.hidden_rows:
        sheet.row_dimensions[row + 1].hidden = True
    for letter in extras.hidden_columns:
        sheet.column_dimensions[letter].hidden = True
    if extras.filtered:
        sheet.auto_filter.ref = sheet.dimensions
    book.active = list(book.sheetnames).index(extras.sheet)
    book.save(path)


def xlsxwriter_book(path: Path, grid: Grid, extras: Extras) -> None:
    book = xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    dates = book.add_format({"num_format": "yyyy年m月d日"})
    sheet = book.add_worksheet(extras.sheet)
    for r, cells in enumerate(grid):
        for c, cell in enumerate(cells):
            if isinstance(cell, datetime | date):
                sheet.write_datetime(
                    r, c, datetime.combine(cell, datetime.min.time()) if type(cell) is date else cell, dates
                )
            elif cell is not None:
                sheet.write(r, c, cell)
    for r1, c1, r2, c2 in extras.merged:
        sheet.merge_range(r1, c1, r2, c2, grid[r1][c1])
    book.close()


def xls(path: Path, grid: Grid, extras: Extras) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    if extras.mac_dates:
        book.dates_1904 = True
    dates = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    covered = {(r, c) for r1, c1, r2, c2 in extras.merged for r in range(r1, r2 + 1) for c in range(c1, c2 + 1)}
    for title, rows in {**extras.before, extras.sheet: grid, **extras.after}.items():
        sheet = book.add_sheet(title)
        sheet.visibility = {"visible": 0, "hidden": 1, "veryHidden": 2}[extras.states.get(title, "visible")]
        for r, cells in enumerate(rows):
            for c, cell in enumerate(cells):
                if isinstance(cell, Broken):
                    sheet.row(r).set_cell_error(c, BIFF_ERRORS[cell])
                elif cell is not None and not (title == extras.sheet and (r, c) in covered):
                    sheet.write(r, c, cell, *([dates] if isinstance(cell, date) else []))
        if title == extras.sheet:
            for row in extras.hidden_rows:
                sheet.row(row).hidden = True
            for letter in extras.hidden_columns:
                sheet.col(ord(letter) - 65).hidden = True
            for r1, c1, r2, c2 in extras.merged:
                sheet.write_merge(r1, r2, c1, c2, grid[r1][c1])
    book.save(str(path))


def ods(path: Path, grid: Grid, extras: Extras) -> None:
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text", "style")
    )
    spaces += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    hide = ' table:visibility="%s"'
    sign = "filter" if extras.filtered else "collapse"
    rows = "".join(
        f"<table:table-column{hide % 'collapse' if chr(65 + c) in extras.hidden_columns else ''}/>"
        for c in range(max(map(len, grid), default=0))
    ) + "".join(_ods_row(cells, hide % sign if r in extras.hidden_rows else "") for r, cells in enumerate(grid))
    others = "".join(
        f'<table:table table:name="{title}" table:style-name="{extras.states.get(title, "visible")}">'
        f"{''.join(map(_ods_row, content))}</table:table>"
        for title, content in extras.after.items()
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:automatic-styles><style:style style:name="hidden" '
        f'style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>'
        f'<table:table table:name="{extras.sheet}">{rows}</table:table>{others}</office:spreadsheet></office:body></office:document-content>'
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
        archive.writestr("content.xml", content)


def _ods_row(cells: list[Any], more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(map(_ods_cell, cells))}</table:table-row>"


def _ods_cell(cell: Any) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, Broken):
        return (
            '<table:table-cell table:formula="of:=X" office:value-type="string" office:string-value="" '
            f'calcext:value-type="error"><text:p>{cell}</text:p></table:table-cell>'
        )
    if isinstance(cell, bool):
        return f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(cell).lower()}"/>'
    if isinstance(cell, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
    if isinstance(cell, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{cell.isoformat()}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escaped(cell)}</text:p></table:table-cell>'


def escaped(text: Any) -> str:
    return str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def text_of(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def separated(encoding: str, delimiter: str = ",", end: str = "\r\n", bom: bool = False) -> Callable[..., None]:
    def write(path: Path, grid: Grid, extras: Extras) -> None:
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter, lineterminator=end).writerows([map(text_of, cells) for cells in grid])
        path.write_bytes((("\ufeff" if bom else "") + out.getvalue()).encode(encoding))

    return write


def html(encoding: str) -> Callable[..., None]:
    def write(path: Path, grid: Grid, extras: Extras) -> None:
        rows = "".join(
            f"<tr{' style=display:none' if r in extras.hidden_rows else ''}>"
            + "".join(f"<td>{escaped(text_of(cell))}</td>".replace("\n", "<br>") for cell in cells)
            + "</tr>\n"
            for r, cells in enumerate(grid)
        )
        head = f'<html><head><meta charset="{encoding}"><style>td {{mso-number-format:"\\@"}}</style></head>'
        path.write_bytes(f"{head}<body><table border=1>{rows}</table></body></html>".encode(encoding))

    return write


# name: (suffix of the file, writer, knows types, keeps line breaks and blanks of a cell as they are)
CONTAINERS: dict[str, tuple[str, Callable[..., None], bool]] = {
    "xlsx": ("xlsx", openpyxl_book, True),
    "xlsx-by-xlsxwriter": ("xlsx", xlsxwriter_book, True),
    "xls": ("xls", xls, True),
    "et": ("et", xls, True),
    "ods": ("ods", ods, True),
    "xlsx-called-csv": ("csv", openpyxl_book, True),
    "xls-called-xlsx": ("xlsx", xls, True),
    "csv-utf-8": ("csv", separated("utf-8"), False),
    "csv-utf-8-bom": ("csv", separated("utf-8", bom=True), False),
    "csv-gb18030": ("csv", separated("gb18030"), False),
    "csv-gb18030-unix": ("csv", separated("gb18030", end="\n"), False),
    "csv-semicolon": ("csv", separated("utf-8", ";"), False),
    "csv-pipe": ("txt", separated("gb18030", "|"), False),
    "csv-called-xls": ("xls", separated("gb18030"), False),
    "tsv-utf-8": ("tsv", separated("utf-8", "\t"), False),
    "tsv-utf-16": ("txt", separated("utf-16", "\t"), False),
    "tsv-utf-16-le-without-bom": ("txt", separated("utf-16-le", "\t"), False),
    "csv-utf-16-be": ("csv", separated("utf-16-be", bom=True), False),
    "html-called-xls": ("xls", html("utf-8"), False),
    "html-gb18030-called-xls": ("xls", html("gb18030"), False),
}
