"""Circles that only the file as a whole shows: A below B in one row, B below A in another."""

from __future__ import annotations

from typing import Any

from django.db import models

from content.core.among import among

from .marks import Marks

CHUNK = 2_000

Node = int
"""An existing row by its primary key, or a new one by the negative of its number in the file."""


class Circles:
    """Collects the references of a register to itself that a file would write, and finds the circles among them."""

    def __init__(self, model: type[models.Model], field: str) -> None:
        self.model = model
        self.field = field
        self._above = Marks()
        self._rows = Marks()
        self._known: dict[Node, Node | None] = {}  # existing rows that the file does not change

    def note(self, *, number: int, target: int | None, above: Any) -> None:
        """Note that row `number` (an existing row when `target` is given) would hang below `above`."""
        if above is None:
            return
        node: Node = target if target is not None else -number
        self._above[node] = -above["row"] if isinstance(above, dict) else above
        self._rows[node] = number
        if target is not None:
            self._above[-number] = target  # others may refer to it by its row

    def forget(self, number: int) -> None:
        """Take back what was noted of a new row."""
        self._above.pop(-number)
        self._rows.pop(-number)

    def rows(self) -> list[int]:
        """Return the numbers of the rows that would close a circle."""
        self._read_ancestors({above for _node, above in self._above.items() if above > 0})
        return sorted(number for node, number in self._rows.items() if self._returns(node))

    def _read_ancestors(self, level: set[Node]) -> None:
        """Read, level by level, all that stands above these rows in the register."""
        self._known = {}
        while level:
            self._known |= dict.fromkeys(level)
            keys = list(level)
            for start in range(0, len(keys), CHUNK):
                found = self.model._default_manager.filter(pk__in=among(keys[start : start + CHUNK])).order_by()
                self._known |= dict(found.values_list("pk", self.field))
            level = {above for key in keys if (above := self._known[key]) is not None} - self._known.keys()

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
        above = self._above.get(node)
        return self._known.get(node) if above is None else above
