"""Whether a workbook counts its days from 1904, as Excel for the Mac did: dates are read right, bare serials are not."""

from __future__ import annotations

import re
import struct
import zipfile

_FLAG = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*[\"'](?:1|true)[\"']")
_BEGINNING = 64 * 1024  # the properties of a workbook stand before its sheets
_DATEMODE, _EOF = 0x0022, 0x000A


def counts_from_1904(path: str, kind: str) -> bool:
    if kind in ("xlsx", "xlsm"):
        return _says_so(path)
    return kind == "xls" and _has_record(path)


def _says_so(path: str) -> bool:
    try:
        with zipfile.ZipFile(path) as archive, archive.open("xl/workbook.xml") as file:
            return bool(_FLAG.search(file.read(_BEGINNING)))
    except (KeyError, OSError, zipfile.BadZipFile):
        return False


def _has_record(path: str) -> bool:
    from .xls import _workbook_stream

    stream, at = _workbook_stream(path), 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == _DATEMODE and size >= 2:
            return stream[at + 4] == 1
        if kind == _EOF:
            break
        at += 4 + size
    return False
