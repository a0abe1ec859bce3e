"""Text: values between commas, semicolons, tabs or bars; and web pages that call themselves workbooks."""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import islice
from typing import Any

from .answering import Answer, Order, Refused

_MB = 1024 * 1024
_A_CELL = 1_000_000  # characters; Excel's own limit is 32,767


def read_text(path: str, order: Order) -> tuple[str, str]:
    """Read a text file of any encoding and return its kind (csv, html) and encoding."""
    with open(path, "rb") as binary:
        head = binary.read(4096)
    encoding = order["encoding"] or encoding_of(path, head)
    with open(path, encoding=encoding, newline="") as file:
        try:
            start = file.read(4096).lstrip("\ufeff").lstrip()
            lower = start.lower()
            if "urn:schemas-microsoft-com:office:spreadsheet" in lower and lower.startswith("<?xml"):
                raise Refused("old_xml")
            file.seek(0)
            if lower.startswith("<") and any(tag in lower for tag in ("<html", "<table", "<!doctype html", "<body")):
                from .webpages import read_page

                read_page(file, Answer(order))
                return "html", encoding
            name = os.path.splitext(os.path.basename(order["name"] or path))[0]
            Answer(order).sheet(name, csv_rows(file))
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
