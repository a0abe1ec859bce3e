"""The door to the writers."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import IO, Any

from content.core.file_formats import FILE_FORMATS

from .as_csv import write_csv
from .as_json import write_json, write_jsonl
from .as_xlsx import write_xlsx

WRITERS = {"xlsx": write_xlsx, "csv": write_csv, "json": write_json, "jsonl": write_jsonl}
FORMATS = {name: FILE_FORMATS[name].media_type for name in WRITERS}
"""Format → media type."""


def write_table(
    target: str | Path | IO[bytes],
    format: str,
    headers: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    text: Collection[str] = (),
    title: str = "",
) -> int:
    """Write a table and return how many rows it had.

    target: a path or a binary file. rows: cells are str, int, float, Decimal, bool, date, datetime or None.
    text: headers whose cells stay text in Excel whatever they look like (codes, phones). title: the sheet's name.
    Texts that look like formulas are made harmless in XLSX and CSV. Raises KeyError for an unknown format.
    """
    write = WRITERS[format]
    if isinstance(target, str | Path):
        return write(Path(target), headers, rows, text=text, title=title)
    with tempfile.TemporaryDirectory(prefix="xinghui-table-") as folder:
        path = Path(folder) / f"table.{format}"
        count = write(path, headers, rows, text=text, title=title)
        with path.open("rb") as source:
            shutil.copyfileobj(source, target)
    return count
