"""Reads a spreadsheet in a subprocess whose memory and time are limited.

The parsers may abort the whole process on hostile or merely careless files (a stray cell in XFD1048576); here only the
subprocess ends. It writes rows into an unnamed spool file, so that this process stays small however large the file is.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from .limits import Limits
from .refusal import FileRefused
from .workbook import Merged, Rows, Runs, Sheet, Workbook

_CHILD = Path(__file__).parent / "child.py"
_MB = 1024 * 1024
_OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGKILL)


@sensitive_variables("password", "order")
def read_workbook(
    path: str | Path, *, limits: Limits | None = None, encoding: str = "", name: str = "", password: str = ""
) -> Workbook:
    """Read a spreadsheet of any kind (see `Workbook.kind`).

    encoding: of a text file, when a person chose it; otherwise it is found out. name: the file's name as the person
    knows it, when it differs from the path's. password: of a protected file, which is opened into a scratch folder and
    forgotten. Raises FileRefused for what is not read: `password` and `password_wrong` say that (another) one is needed.
    """
    limits, path = limits or Limits.of_settings(), Path(path)
    _check_size(path, limits)
    name = name or path.name
    spool = tempfile.TemporaryFile(prefix="xinghui-rows-")  # noqa: SIM115 - the rows of the workbook keep it open
    with tempfile.TemporaryDirectory(prefix="xinghui-read-") as scratch:
        order = {"path": str(path.resolve()), "name": name, "encoding": encoding, "password": password}
        status = _run(order | {"scratch": scratch, "only_open": False}, spool, limits)
    return _workbook(spool, status, limits, Path(name).suffix.lower().lstrip("."))


@sensitive_variables("password", "order")
def open_protected(path: str | Path, target: str | Path, *, password: str, limits: Limits | None = None) -> bool:
    """Write a copy of a protected file that needs no password; False when the file needs none itself.

    Raises FileRefused: `password_wrong` and others.
    """
    limits, path = limits or Limits.of_settings(), Path(path)
    _check_size(path, limits)
    with tempfile.TemporaryDirectory(prefix="xinghui-read-") as scratch, tempfile.TemporaryFile() as spool:
        order = {"path": str(path.resolve()), "name": "", "encoding": "", "password": password}
        status = _run(order | {"scratch": scratch, "only_open": True}, spool, limits)
        _refusal(spool, status, limits)
        opened = Path(scratch) / "opened"
        if not opened.is_file():
            return False
        shutil.move(opened, target)
    return True


def _check_size(path: Path, limits: Limits) -> None:
    if not path.is_file():
        raise FileRefused("file_missing", name=path.name)
    size = path.stat().st_size
    if not size:
        raise FileRefused("empty_file")
    if size > limits.file_bytes:
        raise FileRefused("file_too_big", size=_megabytes(size), limit=limits.file_bytes // _MB)


@sensitive_variables("order")
def _run(order: dict[str, Any], spool: IO[bytes], limits: Limits) -> int:
    """Run the reader and return its exit status. The order goes by a pipe: arguments of a process are seen by others."""
    try:
        process = subprocess.Popen(  # noqa: S603 - our own program, no shell
            [sys.executable, "-I", str(_CHILD)],
            stdin=subprocess.PIPE,
            stdout=spool,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
        )
    except OSError:  # too little memory for another process, too many files open
        raise FileRefused("reader_failed") from None
    try:
        process.communicate(json.dumps(order | limits.as_dict()).encode() + b"\n", timeout=limits.reader_seconds)
        return process.returncode
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()
    except BaseException:
        process.kill()
        process.wait()
        raise


def _ended(status: int, limits: Limits) -> FileRefused:
    """Return why a reader ended without a word: one that gets as far as the file never does so with a status of its own."""
    if status > 0:
        return FileRefused("reader_failed")
    if status in _OUT_OF_TIME:
        return FileRefused("too_slow", limit=limits.reader_seconds)
    return FileRefused("too_large")


def _refusal(spool: IO[bytes], status: int, limits: Limits) -> None:
    """Raise what the reader refused with, when nothing but that or "done" is awaited."""
    spool.seek(0)
    for line in spool:
        kind, *rest = json.loads(line)
        if kind == "refused":
            raise FileRefused(rest[0], **rest[1])
        if kind == "done" and status == 0:
            return
    raise _ended(status, limits)


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
                sheets.append(_sheet(title, Rows(spool, chunks, rest[0]["width"], rest[0]["rows"]), rest[0]))
            elif kind == "done" and status == 0:
                if not any(len(sheet.rows) for sheet in sheets):
                    raise FileRefused("no_rows")
                about = rest[0]
                from_1904 = bool(about.get("from_1904"))
                return Workbook(about["kind"], sheets, about["encoding"], _notes(about, suffix), from_1904)
        offset += len(line)
    raise _ended(status, limits)


def _sheet(title: list[Any], rows: Rows, about: dict[str, Any]) -> Sheet:
    return Sheet(
        name=title[0],
        hidden=title[1],
        rows=rows,
        width=about["width"],
        merged=[Merged(*ends) for ends in about["merged"]],
        hidden_rows=Runs(about["hidden_rows"]),
        hidden_columns=[index for index in about["hidden_columns"] if index < about["width"]],
        filtered=about["filtered"],
    )


def _notes(about: dict[str, Any], suffix: str) -> list[str]:
    notes = []
    kind, encoding = about["kind"], about["encoding"]
    expected = {"et": "xls", "txt": "csv", "tsv": "csv", "htm": "html", "xltx": "xlsx", "xltm": "xlsm"}.get(
        suffix, suffix
    )
    if suffix and expected != kind:
        notes.append(_("The file is called .%(suffix)s, but is a %(kind)s file.") % {"suffix": suffix, "kind": kind})
    if encoding and encoding not in ("utf-8", "utf-8-sig"):
        notes.append(_("The text was read as %(encoding)s.") % {"encoding": encoding.upper()})
    if kind == "xlsm":
        notes.append(_("The workbook holds macros. They are ignored: only the values of the cells are read."))
    if kind == "xlsb":
        notes.append(
            _(
                "In .xlsb files hidden rows and columns are not recognised: they are read like the others. "
                "If they are not meant, save the file as .xlsx and upload that."
            )
        )
    return notes


def _megabytes(size: int) -> str:
    return f"{size / _MB:.1f}"
