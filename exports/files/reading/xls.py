"""What the parser keeps silent about in .xls and .et: errors, formulas without a result, hidden rows and columns.

The records of BIFF8 ([MS-XLS]) are walked through; of each kind only the few bytes are read that tell.
"""

from __future__ import annotations

import struct

from .answering import Unsaid
from .books import UNCOMPUTED

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_FORMULA, _BOOLERR, _ROW, _COLINFO = 0x0006, 0x0205, 0x0208, 0x007D
_FILTERMODE, _BOUNDSHEET, _BOF, _EOF = 0x009B, 0x0085, 0x0809, 0x000A
_OPERATORS = [bytes([token]) for token in (*range(0x03, 0x08), *range(0x09, 0x0F))]  # + - * / ^ and comparisons
_NUMERIC = (0, 4, 5, 6, 7, 24, 25, 27, 212, 213)  # COUNT SUM AVERAGE MIN MAX ABS INT ROUND ROUNDUP ROUNDDOWN
_record = struct.Struct("<HH").unpack_from
_place = struct.Struct("<HH").unpack_from


class Silences:
    """The sheets of a workbook, looked at one by one when they are asked for."""

    def __init__(self, path: str) -> None:
        self.stream = _workbook_stream(path)
        self.sheets = _sheets(self.stream)

    def of(self, name: str) -> Unsaid:
        start = self.sheets.get(name)
        return _look(self.stream, start) if start is not None else Unsaid()


def _workbook_stream(path: str) -> bytes:
    import olefile

    try:
        with olefile.OleFileIO(path) as ole:
            for name in ("Workbook", "Book"):
                if ole.exists(name):
                    content: bytes = ole.openstream(name).read()
                    return content
    except (OSError, struct.error, IndexError, AttributeError, TypeError):
        pass  # an unusual container: the parser may still read it
    return b""


def _sheets(stream: bytes) -> dict[str, int]:
    """Return sheet name → position of its records."""
    found: dict[str, int] = {}
    at = 0
    while at + 4 <= len(stream):
        kind, size = _record(stream, at)
        body = at + 4
        if kind == _BOUNDSHEET and size > 8:
            start, length, wide = struct.unpack_from("<I2xBB", stream, body)
            raw = stream[body + 8 : body + size]
            found[raw[: 2 * length].decode("utf-16-le", "replace") if wide & 1 else raw[:length].decode("latin-1")] = (
                start
            )
        if kind == _EOF:
            break
        at = body + size
    return found


def _look(stream: bytes, at: int) -> Unsaid:
    found, depth, end = Unsaid(), 0, len(stream)
    while at + 4 <= end:
        kind, size = _record(stream, at)
        body = at + 4
        if kind == _ROW:
            if size >= 16 and stream[body + 12] & 0x20:  # height zero
                found.hidden_rows.add(_place(stream, body)[0] + 1)
        elif kind == _FORMULA:
            if size >= 16 and stream[body + 12 : body + 14] == b"\xff\xff":
                _formula(found, stream, body)
        elif kind == _BOOLERR:
            if size >= 8 and stream[body + 7] == 1:
                _note(found, stream, body, _ERRORS.get(stream[body + 6], "#ERR!"))
        elif kind == _COLINFO:
            if size >= 10 and stream[body + 8] & 1:
                first, last = _place(stream, body)
                found.hidden_columns.update(range(first, min(last, 255) + 1))
        elif kind == _FILTERMODE:
            found.filtered = True
        elif kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if not depth:
                break
        at = body + size
    return found


def _formula(found: Unsaid, stream: bytes, body: int) -> None:
    """Read a result that is no number: 2 is an error, 3 an empty text, which programs also write for no result at all."""
    kind = stream[body + 6]
    if kind == 2:
        _note(found, stream, body, _ERRORS.get(stream[body + 8], "#ERR!"))
    elif kind == 3:
        to_be_reckoned = stream[body + 14] & 3
        size = int.from_bytes(stream[body + 20 : body + 22], "little")
        if to_be_reckoned or _gives_number(stream[body + 22 : body + 22 + size]):
            _note(found, stream, body, UNCOMPUTED)


def _gives_number(tokens: bytes) -> bool:
    """Tell whether a formula's last step gives a number or a truth, which an empty text cannot be the result of."""
    if tokens[-1:] in _OPERATORS or tokens[-4:] == b"\x19\x10\0\0":  # the latter a sum
        return True
    variable = len(tokens) >= 4 and tokens[-4] & 0x1F == 0x02 and tokens[-4] & 0x60
    fixed = len(tokens) >= 3 and tokens[-3] & 0x1F == 0x01 and tokens[-3] & 0x60
    return bool(variable or fixed) and int.from_bytes(tokens[-2:], "little") in _NUMERIC


def _note(found: Unsaid, stream: bytes, body: int, text: str) -> None:
    row, column = _place(stream, body)
    found.cells.setdefault(row + 1, {})[column] = text
