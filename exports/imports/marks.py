"""A dictionary of whole numbers that does not grow: beyond some size it goes on in a file of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import islice

MOST = 100_000  # about 10 MB; a file with more rows than people send goes on more slowly
_MOVED = 10_000


class Marks:
    """Numbers (of rows) by number (hashes of what the rows say), of a file that may have a million rows.

    SQLite's temporary database is a file that is gone when the process is, and keeps little of it in memory.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._held: dict[int, int] = {}
        self._file: sqlite3.Connection | None = None

    def setdefault(self, mark: int, number: int) -> int:
        """Note the number unless the mark has one already; return the one that it has."""
        if self._file is None:
            if len(self._held) < self._most:
                return self._held.setdefault(mark, number)
            self._move()
        if self._execute("INSERT OR IGNORE INTO marks VALUES (?, ?)", mark, number).rowcount:
            return number
        return self.get(mark) or number

    def get(self, mark: int) -> int | None:
        if self._file is None:
            return self._held.get(mark)
        found = self._execute("SELECT number FROM marks WHERE mark = ?", mark).fetchone()
        return found[0] if found else None

    def __setitem__(self, mark: int, number: int) -> None:
        if self._file is None and len(self._held) < self._most:
            self._held[mark] = number
            return
        self._move()
        self._execute("INSERT OR REPLACE INTO marks VALUES (?, ?)", mark, number)

    def pop(self, mark: int) -> None:
        """Forget a mark, if it is there."""
        self._held.pop(mark, None)
        if self._file is not None:
            self._execute("DELETE FROM marks WHERE mark = ?", mark)

    def items(self) -> Iterator[tuple[int, int]]:
        if self._file is None:
            yield from self._held.items()
        else:
            yield from self._execute("SELECT mark, number FROM marks")

    def _execute(self, sql: str, *values: int) -> sqlite3.Cursor:
        if self._file is None:
            raise RuntimeError("nothing was moved yet")
        return self._file.execute(sql, values)

    def _move(self) -> None:
        if self._file is not None:
            return
        self._file = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-2000"):
            self._file.execute(f"PRAGMA {pragma}")
        self._file.execute("CREATE TABLE marks (mark INTEGER PRIMARY KEY, number INTEGER NOT NULL)")
        self._file.execute("BEGIN")
        items = iter(self._held.items())
        while some := list(islice(items, _MOVED)):
            self._file.executemany("INSERT INTO marks VALUES (?, ?)", some)
        self._held = {}
