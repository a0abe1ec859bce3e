"""Columns of the file that no column of the register takes: kept as lines `列名：值` in the notes of their row.

A row's line of a column is replaced when the column comes again, so that importing a file twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from content.core import cleaning

_COLON = "："


def kept_columns(columns: Sequence[Mapping[str, Any]]) -> list[tuple[int, str]]:
    """Return index and label of the columns that are kept, from those of a job."""
    return [(column["index"], label(column)) for column in columns if column["how"] == "kept"]


def label(column: Mapping[str, Any]) -> str:
    """Return what the lines of a column begin with: its header on one line, without the colon that ends a label."""
    return " ".join(column["header"].split()).replace(_COLON, ":") or f"#{column['index'] + 1}"


def lines_of(cells: Sequence[Any], kept: Sequence[tuple[int, str]]) -> dict[str, str]:
    """Return label → text of a row's kept cells; the text is empty where the cell is."""
    return {name: _text(cells[index] if index < len(cells) else None) for index, name in kept}


def with_lines(notes: str, lines: Mapping[str, str], *, clear: bool = False) -> str:
    """Return notes with these lines: each replaces the earlier line of its label, new ones follow behind.

    An empty text leaves the earlier line alone, or removes it with `clear`.
    """
    left = {name: text for name, text in lines.items() if text or clear}
    found = []
    for line in notes.splitlines():
        name, colon, _rest = line.partition(_COLON)
        if not colon or name not in lines or not (lines[name] or clear):
            found.append(line)
        elif text := left.pop(name, ""):
            found.append(f"{name}{_COLON}{text}")
    found += [f"{name}{_COLON}{text}" for name, text in left.items() if text]
    # Line ends of a form's text field are no change.
    return notes if found == notes.splitlines() else "\n".join(found)


def line_of(notes: str, name: str) -> str:
    """Return the text of a label's line, or the empty text."""
    start = name + _COLON
    return next((line[len(start) :] for line in notes.splitlines() if line.startswith(start)), "")


def _text(value: Any) -> str:
    try:
        return cleaning.line(value).value or ""
    except cleaning.Unclean:  # a formula's error, a number without its last digits: as it stands
        return " ".join(str(value).split())
