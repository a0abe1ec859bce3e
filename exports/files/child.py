"""The reader's own process: `python -I child.py '{"path": …, limits …}'`. Imports nothing of the project.

Writes JSON lines to standard output: ["sheet", name, hidden], then ["rows", [[number, cells], …], dates] in chunks
(`dates`: positions [row, column] of ISO dates), then ["end", rows, width, merged, hidden rows]; last ["done", kind, encoding],
or ["refused", code, details] instead.
"""

from __future__ import annotations

import csv
import json
import mmap
import os
import re
import resource
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from html.parser import HTMLParser
from io import StringIO
from itertools import islice
from typing import Any

_CHUNK = 500
_MB = 1024 * 1024
_A_CELL = 1_000_000  # characters; Excel's own limit is 32,767
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"{\\rtf", "word"),
)
UNCOMPUTED = "#未计算!"  # a formula whose result the writing program did not keep


class Refused(Exception):
    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code, self.details = code, details


def main() -> None:
    order = json.loads(sys.argv[1])
    memory, seconds = order["reader_memory_bytes"], order["reader_seconds"]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (4 * order["unpacked_bytes"], 4 * order["unpacked_bytes"]))
    try:
        kind, encoding = read(order)
        emit(["done", kind, encoding])
    except Refused as refusal:
        emit(["refused", refusal.code, refusal.details])
    except MemoryError:
        emit(["refused", "too_large", {}])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        emit(["refused", "damaged", {}])
    except BaseException as error:  # a panic of the Rust parser is no Exception
        emit(["refused", "password" if "Password" in type(error).__name__ else "damaged", {}])
    sys.stdout.flush()
    os._exit(0)  # skip freeing a large workbook cell by cell


def emit(line: list[Any]) -> None:
    text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")


def read(order: dict[str, Any]) -> tuple[str, str]:
    """Recognise the file by its content, read it, and return its kind and encoding."""
    path = order["path"]
    with open(path, "rb") as file:
        head = file.read(4096)
    if head.startswith(b"PK"):
        kind = of_zip(path, order)
    elif head.startswith(_OLE):
        kind = of_ole(path)
    else:
        for magic, what in _OTHER:
            if head.startswith(magic):
                raise Refused("not_a_spreadsheet", what=what)
        return of_text(path, head, order)
    calamine(path, kind, order)
    return kind, ""


def of_zip(path: str, order: dict[str, Any]) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            sizes = {info.filename: info.file_size for info in archive.infolist()}
            if sum(sizes.values()) > order["unpacked_bytes"]:
                size, limit = f"{sum(sizes.values()) / _MB:.0f}", order["unpacked_bytes"] // _MB
                raise Refused("unpacks_too_big", size=size, limit=limit)
            mimetype = archive.read("mimetype")[:100] if sizes.get("mimetype", 1000) < 200 else b""
    except zipfile.BadZipFile:
        raise Refused("damaged") from None
    names = {name.replace("\\", "/").lower() for name in sizes}
    if b"opendocument.spreadsheet" in mimetype:
        return "ods"
    if b"opendocument" in mimetype or any(name.startswith("word/") for name in names):
        raise Refused("not_a_spreadsheet", what="word")
    if any(name.startswith("ppt/") for name in names):
        raise Refused("not_a_spreadsheet", what="slides")
    if "xl/workbook.bin" in names:
        return "xlsb"
    if not any(name.startswith("xl/") for name in names):
        raise Refused("not_a_spreadsheet", what="archive")
    return "xlsm" if "xl/vbaproject.bin" in names else "xlsx"


def of_ole(path: str) -> str:
    """Look for the names of the streams inside, which are written in UTF-16."""
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            raise Refused("password")
        if content.find("Workbook".encode("utf-16-le")) >= 0 or content.find("Book\0".encode("utf-16-le")) >= 0:
            return "xls"
        word = content.find("WordDocument".encode("utf-16-le")) >= 0
    raise Refused("not_a_spreadsheet", what="word" if word else "unknown")


# --- sheets ---------------------------------------------------------------------------------------------------------


def spool(
    name: str,
    hidden: bool,
    rows: Iterable[tuple[int, list[Any]]],
    merged: list[Any],
    order: dict[str, Any],
    hidden_rows: int = 0,
) -> None:
    """Write one sheet: rows that are not blank, without trailing empty cells."""
    emit(["sheet", name, hidden])
    chunk: list[Any] = []
    dates: list[list[int]] = []
    width = count = 0
    for number, cells in rows:
        while cells and ((last := cells[-1]) is None or (type(last) is str and (not last or last.isspace()))):
            cells.pop()
        if not cells:
            continue
        if len(cells) > order["columns"]:
            raise Refused("too_many_columns", sheet=name, count=len(cells), limit=order["columns"])
        for column, cell in enumerate(cells):
            kind = type(cell)
            if kind is float:
                if cell.is_integer() and abs(cell) < 10**15:
                    cells[column] = int(cell)
            elif kind is str:
                if not cell:
                    cells[column] = None
            elif kind is date or kind is datetime:
                cells[column] = cell.isoformat()
                dates.append([len(chunk), column])
            elif kind is time or kind is timedelta:
                cells[column] = str(cell)
        width, count = max(width, len(cells)), count + 1
        if count > order["rows"]:
            raise Refused("too_many_rows", sheet=name, limit=order["rows"])
        chunk.append([number, cells])
        if len(chunk) == _CHUNK:
            emit(["rows", chunk, dates])
            chunk, dates = [], []
    if chunk:
        emit(["rows", chunk, dates])
    emit(["end", count, width, merged, hidden_rows])


def calamine(path: str, kind: str, order: dict[str, Any]) -> None:
    import python_calamine

    # The parser goes by the name: called otherwise, it cannot tell a password from damage.
    with tempfile.TemporaryDirectory(prefix="xinghui-book-") as folder:
        link = os.path.join(folder, "book." + kind)
        os.symlink(path, link)
        workbook = python_calamine.load_workbook(link)
    metadata = workbook.sheets_metadata
    lost = LostCells(path) if kind in ("xlsx", "xlsm") else None
    for position, about in enumerate(metadata):
        if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(position)
        merged = [[r1 + 1, c1, r2 + 1, c2] for (r1, c1), (r2, c2) in sheet.merged_cell_ranges or []]
        hidden = about.visible != python_calamine.SheetVisibleEnum.Visible
        cells = lost.of(about.name) if lost else {}
        spool(about.name, hidden, sheet_rows(sheet, cells), merged, order, lost.hidden_rows if lost else 0)


def sheet_rows(sheet: Any, lost: dict[int, dict[int, str]]) -> Iterator[tuple[int, list[Any]]]:
    """Yield rows with their number in the file; the parser leaves out empty columns on the left."""
    number, left = 0, [None] * (sheet.start[1] if sheet.start else 0)
    for number, cells in enumerate(sheet.iter_rows() if sheet.start else (), 1):
        yield number, mended(left + cells if left else cells, lost.get(number))
    for below in sorted(row for row in lost if row > number):
        yield below, mended([], lost[below])


def mended(cells: list[Any], lost: dict[int, str] | None) -> list[Any]:
    for column, text in (lost or {}).items():
        cells.extend([None] * (column + 1 - len(cells)))
        cells[column] = text
    return cells


class LostCells:
    """What the parser keeps silent about: errors of formulas, formulas without a kept result, hidden rows.

    hidden_rows: how many rows with cells the sheet last asked for hides, by hand or by a filter.
    """

    _hidden = re.compile(rb'<(?:\w+:)?row\s(?=[^>]*\bhidden="(?:1|true)")[^>]*[^/]>')

    _error = re.compile(
        rb'<(?:\w+:)?c\s(?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,3})(\d+)"[^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<',
        re.S,
    )
    _formula = re.compile(
        rb'<(?:\w+:)?c\s(?![^>]*\bt="str")[^>]*\br="([A-Z]{1,3})(\d+)"[^>]*>\s*'
        rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
    )
    _overlap = 20_000  # longer than one cell of interest

    def __init__(self, path: str) -> None:
        self.archive = zipfile.ZipFile(path)
        self.parts = self._sheet_parts()
        self.hidden_rows = 0

    def _sheet_parts(self) -> dict[str, str]:
        """Return sheet name → part of the archive; empty when the archive is built in an unusual way."""
        from xml.etree import ElementTree

        def attributes(part: str) -> Iterator[dict[str, str]]:
            with self.archive.open(part) as source:
                if b"<!DOCTYPE" in source.read(500):
                    raise Refused("damaged")
            with self.archive.open(part) as source:
                for _event, element in ElementTree.iterparse(source):  # noqa: S314 - no document type, so no entities
                    yield {key.rpartition("}")[2]: value for key, value in element.attrib.items()} | {
                        "tag": element.tag.rpartition("}")[2]
                    }

        try:
            targets = {a["Id"]: a["Target"] for a in attributes("xl/_rels/workbook.xml.rels") if "Target" in a}
            sheets = [a for a in attributes("xl/workbook.xml") if a["tag"] == "sheet"]
            parts = {a["name"]: targets[a["id"]] for a in sheets}
        except (KeyError, ElementTree.ParseError):
            return {}
        return {name: part[1:] if part.startswith("/") else "xl/" + part for name, part in parts.items()}

    def of(self, name: str) -> dict[int, dict[int, str]]:
        """Return row number → column index → text of the sheet's lost cells."""
        found: dict[int, dict[int, str]] = {}
        self.hidden_rows = 0
        try:
            source = self.archive.open(self.parts[name])
        except KeyError:
            return found
        with source:
            rest = b""
            while block := source.read(_MB):
                text = rest + block
                if b' hidden="' in block or b' hidden="' in rest:
                    self.hidden_rows += len(self._hidden.findall(text)) - len(self._hidden.findall(rest))
                if b't="e"' in text:
                    for column, row, error in self._error.findall(text):
                        found.setdefault(int(row), {})[column_index(column)] = error.decode("ascii", "replace")
                if re.search(rb"<(?:\w+:)?f\b", text):
                    for column, row in self._formula.findall(text):
                        found.setdefault(int(row), {}).setdefault(column_index(column), UNCOMPUTED)
                rest = text[-self._overlap :]
        return found


def column_index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1


# --- text -----------------------------------------------------------------------------------------------------------


def of_text(path: str, head: bytes, order: dict[str, Any]) -> tuple[str, str]:
    encoding = order["encoding"] or encoding_of(path, head)
    with open(path, encoding=encoding, newline="") as file:
        try:
            start = file.read(4096).lstrip("\ufeff").lstrip()
            lower = start.lower()
            if "urn:schemas-microsoft-com:office:spreadsheet" in lower and lower.startswith("<?xml"):
                raise Refused("old_xml")
            file.seek(0)
            if lower.startswith("<") and any(tag in lower for tag in ("<html", "<table", "<!doctype html", "<body")):
                html(file, order)
                return "html", encoding
            rows = csv_rows(file)
            name = os.path.splitext(os.path.basename(path))[0]
            spool(name, False, rows, [], order)
        except UnicodeError:
            raise Refused("encoding") from None
    return "csv", encoding


def encoding_of(path: str, head: bytes) -> str:
    """Find the encoding: byte order mark, strict UTF-8, strict GB18030, UTF-16 without a mark."""
    if head.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\0" in head:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        guess = "utf-16-le" if odd > even else "utf-16-be"
        if decodes(path, guess) and max(even, odd) > 2 * min(even, odd):
            return guess
        raise Refused("not_a_spreadsheet", what="unknown")
    for guess in ("utf-8", "gb18030"):
        if decodes(path, guess):
            if looks_binary(head):
                raise Refused("not_a_spreadsheet", what="unknown")
            return guess
    if looks_binary(head):
        raise Refused("not_a_spreadsheet", what="unknown")
    raise Refused("encoding")


def looks_binary(head: bytes) -> bool:
    """Tell whether control characters abound that no table holds."""
    return sum(byte < 32 and byte not in (9, 10, 12, 13) for byte in head) > len(head) // 50


def decodes(path: str, encoding: str) -> bool:
    try:
        with open(path, encoding=encoding, newline="") as file:
            while file.read(_MB):
                pass
    except UnicodeError:
        return False
    return True


def csv_rows(file: Any) -> Iterator[tuple[int, list[Any]]]:
    csv.field_size_limit(_A_CELL)
    delimiter = delimiter_of(file.read(65_536))
    file.seek(0)
    try:
        for number, cells in enumerate(csv.reader(without_nul(file), delimiter=delimiter), 1):
            if number == 1 and cells:
                cells[0] = cells[0].removeprefix("\ufeff")
            yield number, cells
    except csv.Error:
        raise Refused("damaged") from None


def without_nul(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield line.replace("\0", "")


def delimiter_of(sample: str) -> str:
    """Return the delimiter that cuts the most rows of the sample into one same number of cells, above one.

    Titles, notes and blank lines are one cell wide whatever the delimiter, so they have no say.
    """
    best, most = ",", 0
    for delimiter in (",", "\t", ";", "|"):
        try:
            rows = islice(csv.reader(StringIO(sample, newline=""), delimiter=delimiter), 200)
            widths = Counter(len(row) for row in rows if len(row) > 1)
        except csv.Error:
            continue
        score = max(((width - 1) * count for width, count in widths.items()), default=0)
        if score > most:
            best, most = delimiter, score
    return best


def html(file: Any, order: dict[str, Any]) -> None:
    tables = Tables()
    while block := file.read(_MB):
        tables.feed(block)
    tables.close()
    full = [table for table in tables.tables if any(any(row.values()) for row in table.rows)]
    if not full:
        raise Refused("not_a_spreadsheet", what="web")
    for number, table in enumerate(full, 1):
        spool(f"Table {number}", False, table.listed(), table.merged, order)


class Table:
    def __init__(self) -> None:
        self.rows: list[dict[int, str]] = []
        self.merged: list[list[int]] = []
        self.taken: set[tuple[int, int]] = set()

    def add(self, text: str, down: int, right: int) -> None:
        row, column = len(self.rows) - 1, 0
        while column in self.rows[row] or (row, column) in self.taken:
            column += 1
        self.rows[row][column] = text
        if down > 1 or right > 1:
            self.merged.append([row + 1, column, row + down, column + right - 1])
            self.taken |= {(row + r, column + c) for r in range(down) for c in range(right)}

    def listed(self) -> Iterator[tuple[int, list[Any]]]:
        for number, row in enumerate(self.rows, 1):
            yield number, [row.get(column) for column in range(max(row, default=-1) + 1)]


class Tables(HTMLParser):
    """Collects the outermost tables; what stands in a table inside a cell is text of that cell."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Table] = []
        self.depth = 0
        self.cell: list[str] | None = None
        self.span = (1, 1)
        self.exact: str | None = None
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.tables.append(Table())
        elif tag in ("script", "style", "head", "title"):
            self.silent += 1
        elif tag == "br" and self.cell is not None:
            self.cell.append("\n")
        elif self.depth == 1 and tag == "tr":
            self.end_cell()
            self.tables[-1].rows.append({})
        elif self.depth == 1 and tag in ("td", "th"):
            self.end_cell()
            if not self.tables[-1].rows:
                self.tables[-1].rows.append({})
            given = dict(attrs)
            self.span = (span_of(given.get("rowspan")), span_of(given.get("colspan")))
            self.exact = given.get("x:num")  # Excel's own: the number behind what is shown
            self.cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self.depth:
            if self.depth == 1:
                self.end_cell()
            self.depth -= 1
        elif tag in ("script", "style", "head", "title"):
            self.silent = max(0, self.silent - 1)
        elif self.depth == 1 and tag in ("td", "th", "tr"):
            self.end_cell()

    def handle_data(self, data: str) -> None:
        if self.cell is not None and not self.silent:
            self.cell.append(re.sub(r"[ \t\r\n]+", " ", data))

    def end_cell(self) -> None:
        if self.cell is not None:
            self.tables[-1].add(self.exact or "".join(self.cell).strip(), *self.span)
        self.cell = None

    def close(self) -> None:
        super().close()
        if self.depth:
            self.end_cell()


def span_of(text: str | None) -> int:
    return min(int(text), 1000) if text and text.isdigit() and int(text) > 0 else 1


if __name__ == "__main__":
    main()
