"""Remembers what is costly to count, for as long as nothing public has changed.

Who knows when that is lies above us (cms/delivery): it says so by `provide`. Until then nothing is remembered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import cache
from django.utils.translation import get_language

T = TypeVar("T")
LONGEST = 600  # seconds
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
    """
    version = version_of(register)
    if version is None:
        return make()
    about = (register, version, get_language(), about)
    key = "fresh:" + hashlib.blake2b(repr(about).encode(), digest_size=20).hexdigest()
    if (found := cache.get(key)) is None:
        found = make()
        cache.set(key, found, LONGEST)
    return found
