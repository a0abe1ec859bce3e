"""A deck of phrases that is dealt out and only then shuffled again, so that texts do not repeat side by side."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Deck(Generic[T]):
    def __init__(self, rng: Random, cards: Sequence[T]) -> None:
        self._rng, self._cards, self._left = rng, list(cards), list[T]()

    def deal(self) -> T:
        if not self._left:
            self._left = list(self._cards)
            self._rng.shuffle(self._left)
        return self._left.pop()
