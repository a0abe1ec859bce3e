"""One row of the file on its way through the checks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .cells import ColumnPlan, Problem
from .models import ImportRow

Action = ImportRow.Action


@dataclass(slots=True)
class Draft:
    """given: field → value, of the cells that say something. kept: lines for the notes, label → text. data, before: rows as JSON lists (values.py)."""

    number: int
    raw: list[Any]
    action: str = Action.NEW
    given: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, str] | None = None
    references: list[tuple[ColumnPlan, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    existing: dict[str, Any] | None = None
    data: list[Any] | None = None
    before: list[Any] | None = None
    target: int | None = None
    key: str = ""
    waits: bool = False  # for a row further down the file
    same_as: int | None = None  # the record that a person says the row is

    @property
    def has_errors(self) -> bool:
        return any(problem["severity"] == "error" for problem in self.problems)
