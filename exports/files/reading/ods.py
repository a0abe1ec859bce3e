"""What the parser keeps silent about in .ods: errors, formulas without a result, hidden rows and columns."""

from __future__ import annotations

import zipfile
from typing import Any
from xml.parsers import expat

from .answering import Refused, Unsaid
from .books import UNCOMPUTED

_BLOCK = 1024 * 1024
_SIGNS = (b"table:visibility=", b"table:formula=", b'calcext:value-type="error"')
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_ERROR_TYPE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_HIDDEN = ("collapse", "filter")


class Silences:
    """Parses the content once, and only when it mentions any of what is looked for: most files do not."""

    def __init__(self, path: str) -> None:
        self.found: dict[str, Unsaid] = {}
        with zipfile.ZipFile(path) as archive:
            if _mentioned(archive):
                with archive.open("content.xml") as source:
                    _Parser(self.found).parse(source)

    def of(self, name: str) -> Unsaid:
        return self.found.get(name) or Unsaid()


def _mentioned(archive: zipfile.ZipFile) -> bool:
    try:
        source = archive.open("content.xml")
    except KeyError:
        raise Refused("damaged") from None
    with source:
        if b"<!DOCTYPE" in (block := source.read(_BLOCK))[:1000]:
            raise Refused("damaged")
        rest = b""
        while block:
            text = rest + block
            if any(sign in text for sign in _SIGNS):
                return True
            rest, block = text[-100:], source.read(_BLOCK)
    return False


class _Parser:
    def __init__(self, found: dict[str, Unsaid]) -> None:
        self.found = found
        self.sheet: Unsaid | None = None
        self.depth = self.row = self.repeated = self.column = self.across = 0
        self.header_column = 0
        self.lost: str | None = None  # the text of the cell being read, when it is a formula's
        self.error = self.empty = False

    def parse(self, source: Any) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.buffer_text = True
        try:
            parser.ParseFile(source)
        except expat.ExpatError:
            raise Refused("damaged") from None

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag == _TABLE + "table":
            self.depth += 1
            if self.depth == 1:  # a table in a cell is none of ours
                self.sheet = self.found.setdefault(given.get(_TABLE + "name", ""), Unsaid())
                self.row = self.repeated = self.header_column = 0
        elif self.sheet is None or self.depth != 1:
            return
        elif tag == _TABLE + "table-row":
            self.row += self.repeated or 1
            self.repeated = _count(given, "number-rows-repeated")
            self.column, self.across = -1, 1
            if (seen := given.get(_TABLE + "visibility")) in _HIDDEN:
                self.sheet.hidden_runs.append((self.row, self.row + self.repeated - 1))
                self.sheet.filtered |= seen == "filter"
        elif tag in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            self.column += self.across
            self.across = _count(given, "number-columns-repeated")
            self.error = given.get(_ERROR_TYPE) == "error"
            kept = any(_OFFICE + name in given for name in ("value", "date-value", "time-value", "boolean-value"))
            if self.error or (_TABLE + "formula" in given and not kept):
                self.empty = given.get(_OFFICE + "value-type") != "string"
                self.lost = ""
        elif tag == _TABLE + "table-column":
            count = _count(given, "number-columns-repeated")
            if given.get(_TABLE + "visibility") in _HIDDEN:
                self.sheet.hidden_columns.update(range(self.header_column, min(self.header_column + count, 16_384)))
            self.header_column += count

    def text(self, data: str) -> None:
        if self.lost is not None:
            self.lost += data

    def end(self, tag: str) -> None:
        if tag == _TABLE + "table":
            self.depth -= 1
            if not self.depth:
                self.sheet = None
        elif tag == _TABLE + "table-cell" and self.depth == 1 and self.lost is not None and self.sheet is not None:
            text, self.lost = self.lost.strip(), None
            if self.error or text.startswith(("#", "Err:")):
                self._note(text if text.startswith("#") else "#ERR!")
            elif self.empty and not text:
                self._note(UNCOMPUTED)

    def _note(self, text: str) -> None:
        if self.sheet is None:
            return
        for row in range(self.row, self.row + min(self.repeated, 1000)):
            for column in range(self.column, self.column + min(self.across, 1000)):
                self.sheet.cells.setdefault(row, {})[column] = text


def _count(given: dict[str, str], name: str) -> int:
    text = given.get(_TABLE + name, "1")
    return max(1, int(text)) if text.isdigit() else 1
