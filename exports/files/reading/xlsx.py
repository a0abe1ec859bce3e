"""What the parser keeps silent about in .xlsx: errors of formulas, formulas without a kept result, what is hidden."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

from .answering import Order, Refused, Unsaid
from .books import UNCOMPUTED

_MB = 1024 * 1024
_OVERLAP = 20_000  # longer than one cell of interest
_HIDDEN = re.compile(rb'<(?:\w+:)?row\s(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d+)"')
_COLUMN = re.compile(rb'<(?:\w+:)?col\s(?=[^>]*\bhidden="(?:1|true)")[^>]*>')
_ERROR = re.compile(
    rb'<(?:\w+:)?c\s(?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,3})(\d+)"[^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<',
    re.S,
)
_FORMULA = re.compile(
    rb'<(?:\w+:)?c\s(?![^>]*\bt="str")[^>]*\br="([A-Z]{1,3})(\d+)"[^>]*>\s*'
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_HAS_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_COLUMNS = 16_384


class Silences:
    """Looks through the XML of a sheet block by block, without parsing it: most sheets hold none of all this."""

    def __init__(self, path: str, order: Order) -> None:
        self.archive = zipfile.ZipFile(path)
        self.parts = self._sheet_parts()
        self.order = order
        self.found = {name: self._look(name, part) for name, part in self.parts.items()}

    def of(self, name: str) -> Unsaid:
        return self.found.get(name) or Unsaid()

    def _look(self, name: str, part: str) -> Unsaid:
        found = Unsaid()
        rows = cells = 0
        try:
            source = self.archive.open(part)
        except KeyError:
            return found
        with source:
            rest, head = b"", True
            while block := source.read(_MB):
                text = rest + block
                rows += block.count(b"<row ")
                cells += block.count(b"<c ")
                self._limit(name, rows, cells)
                if head:  # the columns stand before the rows, within the first block
                    _columns(found, text)
                    head = False
                if b' hidden="' in text:
                    found.hidden_rows.update(map(int, _HIDDEN.findall(text)))
                if b't="e"' in text:
                    for column, row, error in _ERROR.findall(text):
                        found.cells.setdefault(int(row), {})[column_index(column)] = error.decode("ascii", "replace")
                if (b"<f" in text or b":f" in text) and _HAS_FORMULA.search(text):  # the first look is much quicker
                    for column, row in _FORMULA.findall(text):
                        found.cells.setdefault(int(row), {}).setdefault(column_index(column), UNCOMPUTED)
                found.filtered = found.filtered or b"filterColumn" in text
                rest = text[-_OVERLAP:]
        return found

    def _limit(self, name: str, rows: int, cells: int) -> None:
        """Refuse before the parser takes memory. Blank rows and cells with a style only count too, so up to a factor."""
        if cells > 10 * self.order["cells"]:
            raise Refused("too_many_cells", limit=self.order["cells"])
        if rows > max(10 * self.order["rows"], 2**20 + 1):
            raise Refused("too_many_rows", sheet=name, limit=self.order["rows"])

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


def _columns(found: Unsaid, head: bytes) -> None:
    for tag in _COLUMN.findall(head):
        ends = [re.search(rb'\b%s="(\d+)"' % name, tag) for name in (b"min", b"max")]
        if ends[0] and ends[1]:
            first, last = int(ends[0][1]), min(int(ends[1][1]), _COLUMNS)
            found.hidden_columns.update(range(first - 1, last))


def column_index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1
