"""A dictionary of whole numbers that does not grow: beyond some size it goes on in a file of its own."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

MOST = 100_000  # about 10 MB; a file with more rows than people send goes on more slowly


class Marks:
    """Numbers (of rows) by number (hashes of what the rows say), of a file that may have a million rows.

    SQLite's temporary database is a file that is gone when the process is, and keeps little of it in memory.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._held: dict[int, int] = {}
        self._file: sqlite3.Connection | None = None

    def first(self, marks: Sequence[int], numbers: Sequence[int]) -> list[int]:
        """Note a number for each mark that has none yet; return the numbers that they have."""
        if self._file is None:
            if len(self._held) + len(marks) <= self._most:
                return list(map(self._held.setdefault, marks, numbers))
            self._move()
        return self._first_in_file(marks, numbers)

    def setdefault(self, mark: int, number: int) -> int:
        """Note the number unless the mark has one already; return the one that it has."""
        return self.first([mark], [number])[0]

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

    def _first_in_file(self, marks: Sequence[int], numbers: Sequence[int]) -> list[int]:
        asked = json.dumps(list(marks))
        sql = "SELECT mark, number FROM marks WHERE mark IN (SELECT value FROM json_each(?))"
        there: dict[int, int] = dict(self._execute(sql, asked))
        known = dict(there)
        found = list(map(known.setdefault, marks, numbers))
        self._write((mark, number) for mark, number in known.items() if mark not in there)
        return found

    def _execute(self, sql: str, *values: int | str) -> sqlite3.Cursor:
        return self._moved.execute(sql, values)

    def _write(self, items: Iterable[tuple[int, int]]) -> None:
        self._moved.executemany("INSERT INTO marks VALUES (?, ?)", items)

    @property
    def _moved(self) -> sqlite3.Connection:
        if self._file is None:
            raise RuntimeError("nothing was moved yet")
        return self._file

    def _move(self) -> None:
        if self._file is not None:
            return
        self._file = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-2000"):
            self._file.execute(f"PRAGMA {pragma}")
        self._file.execute("CREATE TABLE marks (mark INTEGER PRIMARY KEY, number INTEGER NOT NULL)")
        self._file.execute("BEGIN")
        self._write(self._held.items())
        self._held = {}
