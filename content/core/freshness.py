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
_providers: list[Callable[[], int | None]] = []


def provide(version: Callable[[], int | None]) -> None:
    """Take what returns the version of all that the public sees; None when nothing is to be remembered."""
    _providers[:] = [version]


def remembered(make: Callable[[], T], *about: Any) -> T:
    """Return what `make` returns, made at most once a version, a language and whatever else it is `about`."""
    version = _providers[0]() if _providers else None
    if version is None:
        return make()
    key = "fresh:" + hashlib.blake2b(repr((version, get_language(), about)).encode(), digest_size=20).hexdigest()
    if (found := cache.get(key)) is None:
        found = make()
        cache.set(key, found, LONGEST)
    return found
