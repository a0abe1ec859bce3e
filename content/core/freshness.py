"""Remembers what is costly to count, for as long as nothing public has changed.

Who knows when that is lies above us (cms/delivery): it says so by `provide`. Until then nothing is remembered.
Each process remembers for itself: to ask another one costs more than most of this.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar

from django.utils.translation import get_language

T = TypeVar("T")
LONGEST = 600  # seconds
MOST = 500  # things remembered, some 30 MB
_remembered: dict[Any, tuple[float, Any]] = {}
_providers: list[Callable[[str], int | None]] = []


def provide(version: Callable[[str], int | None]) -> None:
    """Take what returns the version of a register by its slug, or of all that the public sees by the empty string;
    None when nothing is to be remembered."""
    _providers[:] = [version]


def version_of(register: str) -> int | None:
    """Return the version of a register's rows, None when nobody tells."""
    return _providers[0](register) if _providers else None


def remembered(make: Callable[[], T], *about: Any, register: str = "") -> T:
    """Return what `make` returns, made at most once a version, a language and whatever else it is `about`.

    register: the slug of the only one whose rows it depends on; none is all that the public sees.
    What is returned is everyone's: nobody changes it.
    """
    version = version_of(register)
    if version is None:
        return make()
    key = (register, version, get_language(), about)
    known = _remembered.get(key)
    if known is None or known[0] < monotonic():
        known = (monotonic() + LONGEST, make())
        if len(_remembered) >= MOST:
            _remembered.clear()
        _remembered[key] = known
    found: T = known[1]
    return found


def forget() -> None:
    """Make everything again."""
    _remembered.clear()
