"""References to other registers: cells name a row by code or name, and are resolved a chunk at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from content.core import chinese
from content.core.register import Register

_CHUNK = 5_000
_KNOWN = 10_000  # cells remembered


@dataclass(frozen=True, slots=True)
class Found:
    """A row that a cell may mean: its key and division."""

    pk: int
    division: str


class References:
    """Resolves the cells of one reference column by its lookups, asking the database once a lookup a chunk."""

    def __init__(self, model: type[models.Model], lookups: Iterable[str]) -> None:
        self.model = model
        self.lookups = [_lookup_field(model, lookup) for lookup in lookups]
        self.known: dict[str, list[Found]] = {}

    def load(self, texts: Iterable[str]) -> None:
        """Look up the cells that are not known yet. What was known before may be forgotten."""
        if len(self.known) > _KNOWN:
            self.known.clear()
        wanted = {text for text in texts if text not in self.known}
        self.known.update({text: [] for text in wanted})
        for field in self.lookups:
            spelt: dict[str, list[str]] = defaultdict(list)
            for text in wanted:
                spelt[spelling(field, text)].append(text)
            words = list(spelt)
            for start in range(0, len(words), _CHUNK):
                rows = self.model._default_manager.filter(**{f"{field}__in": words[start : start + _CHUNK]})
                for word, pk, division in rows.values_list(field, "pk", "division_id"):
                    for text in spelt[word]:
                        self.known[text].append(Found(pk, division))
            wanted = {text for text in wanted if not self.known[text]}  # a better lookup found it: leave it at that

    def find(self, text: str, *, division: str | None) -> list[Found]:
        """Return the rows a cell may mean; of several, those in the row's own division."""
        found = self.known.get(text, [])
        near = [row for row in found if row.division == division] if len(found) > 1 else []
        return near or found


def spelling(field: str, text: str) -> str:
    """Return a cell as the field it is looked up in spells it."""
    # A code may stand in groups (81510104 MC00…); no code holds a space.
    return chinese.name_key(text) if field == "name_key" else "".join(chinese.narrow(text).upper().split())


def _lookup_field(model: type[models.Model], lookup: str) -> str:
    """Names are compared by their key where there is one: width and spaces do not count."""
    register: Register | None = getattr(model, "register", None)
    has_key = any(field.name == "name_key" for field in model._meta.concrete_fields)
    return "name_key" if register and lookup == register.title_field and has_key else lookup
