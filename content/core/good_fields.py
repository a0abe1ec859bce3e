"""A row of which some fields are wrong, as the rules of its register see it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any


class LookedAtWrong(Exception):
    """A rule looked at a field that holds nothing good."""


class GoodFields(Mapping[str, Any]):
    """A row as rules see it in which some fields are wrong."""

    def __init__(self, values: Mapping[str, Any], wrong: Collection[str]) -> None:
        self._values, self._wrong = values, wrong

    def __getitem__(self, name: str) -> Any:
        if name in self._wrong:
            raise LookedAtWrong
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)
