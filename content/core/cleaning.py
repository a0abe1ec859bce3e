"""Cleaners: each turns one dirty cell into a value, or says why it cannot.

A cleaner takes what a reader found in a cell (str, int, float, bool, date, datetime or None) and returns `Cleaned`:
the value (None for an empty cell) and the trace of what was done. It raises `Unclean` for a cell that must be
mended by a person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A clean value and how it came about ("全角→半角", "约200人 → 200"); the trace is empty when nothing was done."""

    value: Any
    trace: tuple[str, ...] = ()


class Unclean(ValueError):
    """A cell that cannot be cleaned. `code` is of docs/error-codes.md; `suggestion` a value a person may accept."""

    def __init__(self, code: str, message: str | Promise, *, suggestion: Any = None) -> None:
        super().__init__(str(message))
        self.code = code
        self.message = message
        self.suggestion = suggestion


Cleaner = Callable[[Any], Cleaned]


def text(value: Any) -> Cleaned:
    return Cleaned(None if value is None else str(value).strip() or None)


name = credit_code = phone = date = boolean = stars = integer = decimal = yuan = yi_yuan = text


def choice(choices: Any, **synonyms: Any) -> Cleaner:
    return text


def several(choices: Any, **synonyms: Any) -> Cleaner:
    return text


def range_of(cleaner: Cleaner) -> Cleaner:
    return cleaner


def for_field(field: models.Field[Any, Any]) -> Cleaner:
    return text
