"""Divisions that are no more, and which one took most of each over: suggestions, for a person to check.

The file was written from what was announced since 2009, and each successor checked against the divisions in force. It
is no complete history of GB/T 2260.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).resolve().parents[1] / "data" / "abolished.csv"


class Abolished(NamedTuple):
    code: str
    name: str
    successor: str


@cache
def _all() -> tuple[Abolished, ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(Abolished(row["code"], row["name"], row["successor"]) for row in csv.DictReader(file))


def abolished(text: str) -> Abolished | None:
    """Return the division that a code, a name or the end of a path names and that is no more."""
    if text.isdigit():
        return next((old for old in _all() if text[:6] == old.code), None)
    found = [old for old in _all() if text.endswith(old.name)]
    return found[0] if len(found) == 1 else None
