"""Tables of web pages: what many systems hand out as .xls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import IO, Any

from .answering import Answer, Refused, Unsaid

_MB = 1024 * 1024
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)


def read_page(file: IO[str], answer: Answer) -> None:
    """Write every table with values as a sheet."""
    tables = Tables()
    while block := file.read(_MB):
        tables.feed(block)
    tables.close()
    full = [table for table in tables.tables if any(any(row.values()) for row in table.rows)]
    if not full:
        raise Refused("not_a_spreadsheet", what="web")
    for number, table in enumerate(full, 1):
        answer.sheet(f"Table {number}", table.listed(), merged=table.merged, unsaid=table.unsaid)


class Table:
    def __init__(self) -> None:
        self.rows: list[dict[int, str]] = []
        self.merged: list[list[int]] = []
        self.taken: set[tuple[int, int]] = set()
        self.unsaid = Unsaid()
        self.columns = 0

    def add(self, text: str, down: int, right: int) -> None:
        row, column = len(self.rows) - 1, 0
        while column in self.rows[row] or (row, column) in self.taken:
            column += 1
        self.rows[row][column] = text
        if down > 1 or right > 1:
            self.merged.append([row + 1, column, row + down, column + right - 1])
            self.taken |= {(row + r, column + c) for r in range(down) for c in range(right)}

    def column(self, span: int, *, hidden: bool) -> None:
        if hidden:
            self.unsaid.hidden_columns.update(range(self.columns, self.columns + span))
        self.columns += span

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
            if is_hidden(attrs):
                self.tables[-1].unsaid.hidden_rows.add(len(self.tables[-1].rows))
        elif self.depth == 1 and tag == "col" and self.tables:
            self.tables[-1].column(span_of(dict(attrs).get("span")), hidden=is_hidden(attrs))
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


def is_hidden(attrs: list[tuple[str, str | None]]) -> bool:
    return any(name == "style" and text and _HIDDEN.search(text) for name, text in attrs)
