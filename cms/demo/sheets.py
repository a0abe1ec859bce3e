"""Writes the demo spreadsheets as federations lay them out: titles above the header, totals and signatures below."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from .dirt import Cell, as_text

MADE_ON = datetime(2023, 4, 26)
"""Written into the files as their date, so that making them again gives the same files."""


@dataclass(frozen=True)
class Sheet:
    """One table: `headers` over `rows`, with what people put around it.

    repeat: after how many rows the header comes again, as on printed pages. wide: headers of columns with long texts.
    group: words over neighbouring headers, which makes the header two rows high, and the first and last of them.
    guide: lines of a second sheet that says how to fill in the first. Both only in XLSX.
    """

    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    subtitle: str = ""
    footer: Sequence[str] = ()
    total: Sequence[Cell] = ()
    repeat: int = 0
    sheet_name: str = "Sheet1"
    wide: Sequence[str] = ()
    group: tuple[str, str, str] | None = None
    guide: Sequence[str] = ()

    def lines(self) -> list[Sequence[Cell]]:
        """Return header, rows, repeated headers and totals in the order of the file."""
        body: list[Sequence[Cell]] = [self.headers]
        for index, row in enumerate(self.rows):
            if self.repeat and index and index % self.repeat == 0:
                body.append(self.headers)
            body.append(row)
        if self.total:
            body.append(self.total)
        return body


def numbered(headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> tuple[list[str], list[list[Cell]]]:
    """Put a 序号 column before the others."""
    return ["序号", *headers], [[index, *row] for index, row in enumerate(rows, 1)]


def write_xlsx(path: Path, sheet: Sheet) -> None:
    """Write one sheet with a merged title; the same content gives the same bytes (with the same compression library)."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy/m/d"}) as book:
        book.set_properties({"title": sheet.title, "author": "示例", "created": MADE_ON})
        page = book.add_worksheet(sheet.sheet_name)
        bold = {"bold": True, "align": "center", "valign": "vcenter", "font_name": "宋体"}
        title = book.add_format({**bold, "font_size": 16})
        header = book.add_format({**bold, "text_wrap": True, "border": 1, "bg_color": "#F3E3D3"})
        cell_format = book.add_format({"border": 1, "font_name": "宋体", "text_wrap": False})
        date_format = book.add_format({"border": 1, "font_name": "宋体", "num_format": "yyyy/m/d"})
        last = len(sheet.headers) - 1
        page.merge_range(0, 0, 0, last, sheet.title, title)
        line = 1
        if sheet.subtitle:
            page.merge_range(line, 0, line, last, sheet.subtitle, book.add_format({"font_name": "宋体"}))
            line += 1
        for column, words in enumerate(sheet.headers):
            page.set_column(column, column, 40 if words in sheet.wide else 6 if words == "序号" else 16)
        if sheet.group:
            line = _write_grouped_header(page, sheet, line, header)
        for row in sheet.lines():
            if row is sheet.headers and sheet.group:
                continue
            for column, cell in enumerate(row):
                if row is sheet.headers:
                    page.write_string(line, column, str(cell), header)
                elif isinstance(cell, date):
                    page.write_datetime(line, column, datetime(cell.year, cell.month, cell.day), date_format)
                elif isinstance(cell, str):
                    page.write_string(line, column, cell, cell_format)
                elif cell is not None:
                    page.write(line, column, cell, cell_format)
            line += 1
        for words in sheet.footer:
            page.merge_range(line, 0, line, last, words, book.add_format({"font_name": "宋体"}))
            line += 1
        if sheet.guide:
            book.add_worksheet("填表说明").write_column(0, 0, sheet.guide)


def _write_grouped_header(page: Any, sheet: Sheet, line: int, header: Any) -> int:
    """Write two header rows: the group's words over its columns, every other header over both rows."""
    assert sheet.group
    words, first, last = sheet.group
    left, right = sheet.headers.index(first), sheet.headers.index(last)
    page.merge_range(line, left, line, right, words, header)
    for column, name in enumerate(sheet.headers):
        if left <= column <= right:
            page.write_string(line + 1, column, name, header)
        else:
            page.merge_range(line, column, line + 1, column, name, header)
    return line + 2


def write_gb18030(path: Path, sheet: Sheet) -> None:
    """Write what Excel in China saves as CSV: GB18030 without a mark, lines ended by CR LF."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    blank = [""] * (len(sheet.headers) - 1)
    writer.writerow([sheet.title, *blank])
    if sheet.subtitle:
        writer.writerow([sheet.subtitle, *blank])
    writer.writerows([[as_text(cell) for cell in row] for row in sheet.lines()])
    writer.writerows([[words, *blank] for words in sheet.footer])
    path.write_bytes(buffer.getvalue().encode("gb18030"))
