"""Circles that only the file as a whole shows: A below B in one row, B below A in another."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from django.db import models

from content.core import lookups

Node = Hashable
"""An existing row by its primary key, or a new one as ("row", number in the file)."""


class Circles:
    """Collects the references of a register to itself that a file would write, and finds the circles among them."""

    def __init__(self, model: type[models.Model], field: str) -> None:
        self.model = model
        self.field = field
        self._above: dict[Node, Node] = {}
        self._rows: dict[Node, int] = {}

    def note(self, *, number: int, target: int | None, above: Any) -> None:
        """Note that row `number` (an existing row when `target` is given) would hang below `above`."""
        if above is None:
            return
        node: Node = target if target is not None else ("row", number)
        self._above[node] = ("row", above["row"]) if isinstance(above, dict) else above
        self._rows[node] = number
        if target is not None:
            self._above[("row", number)] = target  # others may refer to it by its row

    def forget(self, number: int) -> None:
        """Take back what was noted of a new row."""
        self._above.pop(("row", number), None)
        self._rows.pop(("row", number), None)

    def rows(self) -> list[int]:
        """Return the numbers of the rows that would close a circle."""
        keys = [node for node in self._above.values() if isinstance(node, int)]
        with lookups.batch() as batch:
            batch.load_ancestors(self.model, self.field, keys)
            return sorted(number for node, number in self._rows.items() if self._returns(node))

    def _returns(self, start: Node) -> bool:
        seen: set[Node] = set()
        node = self._next(start)
        while node is not None and node not in seen:
            if node == start:
                return True
            seen.add(node)
            node = self._next(node)
        return False

    def _next(self, node: Node) -> Node | None:
        if node in self._above:
            return self._above[node]
        row = lookups.find(self.model, node) if isinstance(node, int) else None
        return row[self.field] if row else None
