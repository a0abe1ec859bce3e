"""What stands above the data of a sheet, and how wide its columns are: so that rows can be sent back in the same layout."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from datetime import date
from itertools import takewhile
from typing import Any

from exports.files import Sheet, Workbook

from .layout import Layout
from .models import ImportJob
from .sent import as_json

_PART = 262_144  # bytes read of a part of the archive: widths stand before the rows
_SHEET = re.compile(rb'<(?:\w+:)?sheet\s[^>]*?\bname="([^"]*)"[^>]*?\b\w+:id="([^"]+)"')
_RELATION = re.compile(rb"<Relationship\s[^>]*>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s[^>]*>")
_ATTRIBUTE = re.compile(rb'\b(\w+)="([^"]*)"')
_WIDEST = 80.0
_PADDING = 5 / 7  # a file counts five pixels more than people set, in characters of seven


def heads_of(workbook: Workbook, read: Iterable[Layout]) -> dict[str, Any]:
    """Return sheet → its rows down to the header, as (number, cells), and the ranges merged among them."""
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    return {layout.sheet: _head(sheets[layout.sheet], max(layout.header_rows)) for layout in read}


def _head(sheet: Sheet, last: int) -> dict[str, Any]:
    rows = takewhile(lambda row: row[0] <= last, sheet.rows)
    kept = [[number, [as_json(cell) if isinstance(cell, date) else cell for cell in cells]] for number, cells in rows]
    return {"rows": kept, "merged": [list(range_) for range_ in sheet.merged if range_.last_row <= last]}


def column_widths(job: ImportJob, sheet: str) -> dict[int, float]:
    """Return index → width of the columns of a sheet of the job's file, as far as an .xlsx tells; in characters."""
    if job.kind not in ("xlsx", "xlsm") or not job.file:
        return {}
    try:
        with job.file.open("rb") as file, zipfile.ZipFile(file) as archive:
            part = _part_of(archive, sheet)
            text = _beginning(archive, part).partition(b"<sheetData")[0] if part else b""
    except (OSError, KeyError, ValueError, RuntimeError, zipfile.BadZipFile):
        return {}  # damaged, or locked with a password
    widths: dict[int, float] = {}
    for column in _COLUMN.findall(text):
        said = dict(_ATTRIBUTE.findall(column))
        try:
            first, last, width = int(said[b"min"]), int(said[b"max"]), float(said[b"width"]) - _PADDING
        except (KeyError, ValueError):
            continue
        widths |= {index - 1: min(width, _WIDEST) for index in range(first, min(last, first + 500) + 1)}
    return widths


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    from xml.sax.saxutils import unescape

    entities = {"&quot;": '"', "&apos;": "'"}
    names = {
        unescape(name.decode("utf-8", "replace"), entities): key
        for name, key in _SHEET.findall(_beginning(archive, "xl/workbook.xml"))
    }
    for relation in _RELATION.findall(_beginning(archive, "xl/_rels/workbook.xml.rels")):
        said = dict(_ATTRIBUTE.findall(relation))
        if sheet in names and said.get(b"Id") == names[sheet]:
            target = said[b"Target"].decode()
            return target[1:] if target.startswith("/") else "xl/" + target
    return ""


def _beginning(archive: zipfile.ZipFile, part: str) -> bytes:
    with archive.open(part) as source:
        return source.read(_PART)
