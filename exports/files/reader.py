"""Reads a spreadsheet in a subprocess whose memory and time are limited.

The parsers may abort the whole process on hostile or merely careless files (a stray cell in XFD1048576); here only the
subprocess ends. It writes rows into an unnamed spool file, so that this process stays small however large the file is.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from .limits import Limits
from .refusal import FileRefused
from .workbook import Merged, Rows, Sheet, Workbook

_CHILD = Path(__file__).parent / "child.py"
_MB = 1024 * 1024
_OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGKILL)


def read_workbook(path: str | Path, *, limits: Limits | None = None, encoding: str = "", name: str = "") -> Workbook:
    """Read a spreadsheet of any kind (see `Workbook.kind`).

    encoding: of a text file, when a person chose it; otherwise it is found out. name: the file's name as the person
    knows it, when it differs from the path's. Raises FileRefused for what is not read.
    """
    limits, path = limits or Limits.of_settings(), Path(path)
    if not path.is_file():
        raise FileRefused("file_missing", name=path.name)
    size = path.stat().st_size
    if not size:
        raise FileRefused("empty_file")
    if size > limits.file_bytes:
        raise FileRefused("file_too_big", size=_megabytes(size), limit=limits.file_bytes // _MB)
    spool = tempfile.TemporaryFile(prefix="xinghui-rows-")  # noqa: SIM115 - the rows of the workbook keep it open
    status = _run(path, spool, limits, encoding)
    return _workbook(spool, status, limits, Path(name or path.name).suffix.lower().lstrip("."))


def _run(path: Path, spool: IO[bytes], limits: Limits, encoding: str) -> int:
    """Run the reader and return its exit status."""
    order = json.dumps({"path": str(path.resolve()), "encoding": encoding, **limits.as_dict()})
    process = subprocess.Popen(  # noqa: S603 - our own program, no shell
        [sys.executable, "-I", "-B", str(_CHILD), order],
        stdin=subprocess.DEVNULL,
        stdout=spool,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
    )
    try:
        return process.wait(timeout=limits.reader_seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()
    except BaseException:
        process.kill()
        process.wait()
        raise


def _workbook(spool: IO[bytes], status: int, limits: Limits, suffix: str) -> Workbook:
    sheets: list[Sheet] = []
    chunks: list[tuple[int, int]] = []
    title: list[Any] = []
    offset = 0
    spool.seek(0)
    for line in spool:
        if line.startswith(b'["rows"'):
            chunks.append((offset, len(line)))
        elif line.endswith(b"\n"):
            kind, *rest = json.loads(line)
            if kind == "refused":
                raise FileRefused(rest[0], **rest[1])
            if kind == "sheet":
                title, chunks = rest, []
            elif kind == "end":
                count, width, merged, hidden_rows = rest
                rows = Rows(spool, chunks, width, count)
                ranges = [Merged(*range_) for range_ in merged]
                sheets.append(Sheet(title[0], title[1], rows, width, ranges, hidden_rows))
            elif kind == "done" and status == 0:
                if not any(len(sheet.rows) for sheet in sheets):
                    raise FileRefused("no_rows")
                return Workbook(rest[0], sheets, rest[1], _notes(rest[0], rest[1], suffix))
        offset += len(line)
    if status in _OUT_OF_TIME:
        raise FileRefused("too_slow", limit=limits.reader_seconds)
    raise FileRefused("too_large")


def _notes(kind: str, encoding: str, suffix: str) -> list[str]:
    notes = []
    expected = {"et": "xls", "txt": "csv", "tsv": "csv", "htm": "html", "xltx": "xlsx", "xlsm": "xlsm"}.get(
        suffix, suffix
    )
    if suffix and expected != kind:
        notes.append(_("The file is called .%(suffix)s, but is a %(kind)s file.") % {"suffix": suffix, "kind": kind})
    if encoding and encoding not in ("utf-8", "utf-8-sig"):
        notes.append(_("The text was read as %(encoding)s.") % {"encoding": encoding.upper()})
    return notes


def _megabytes(size: int) -> str:
    return f"{size / _MB:.1f}"
