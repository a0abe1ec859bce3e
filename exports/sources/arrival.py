"""What the three kinds of places hand over: files, one after another, each with what is to be done afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exports.imports.problems import ImportRefused


def nothing(good: bool, report: dict[str, Any]) -> None:
    pass


@dataclass(frozen=True)
class Arrival:
    """A file that lies on our own disk.

    mark: tells it from other files of the place, also when it is not read (a bucket's key and ETag); "" is told apart
    by its content alone. finish: called with whether it went in, and the report, when the file is dealt with.
    refusal: why the file is not even opened. once: a file whose content is that of the last one is the same file (an address), not another delivery (a folder).
    """

    name: str
    path: Path
    mark: str = ""
    once: bool = False
    refusal: ImportRefused | None = None
    finish: Callable[[bool, dict[str, Any]], None] = nothing
