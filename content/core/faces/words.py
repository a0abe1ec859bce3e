"""What the words of a search box find among the rows of a register, as one condition."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db.models import Q
from modelsearch.backends import get_search_backend

from content.core import chinese, divisions
from content.core.among import among

FEW = 1_000
"""So many keys are put into the condition as they are; for more, it asks the index anew."""

SHORTEST = 4  # letters of a place in pinyin


def found_by(model: Any, query: str) -> Q:
    """Return the condition "the row is found by the query": names, places, features; in Chinese, pinyin or initials.

    The last word may be unfinished. A word that is a place's name in pinyin also means the place (suzhou: 苏州).
    One query, two when the words are looked up in pieces.
    """
    condition = _indexed(model, query)
    words = query.split()
    places = {word: codes for word in words if (codes := _places(word))}
    if places:
        named = Q(*(divisions.within(codes) for codes in places.values()))
        rest = " ".join(word for word in words if word not in places)
        condition |= (named & _indexed(model, rest)) if rest else named
    return condition


def _indexed(model: Any, query: str) -> Q:
    rows = model._default_manager.all()
    found = get_search_backend().autocomplete(query, rows, order_by_relevance=False)
    if not hasattr(found, "get_queryset"):  # an empty query finds nothing
        return Q(pk__in=[])
    keys = found.get_queryset().order_by().values_list("pk", flat=True)
    first = list(keys[: FEW + 1])
    return Q(pk__in=among(first) if len(first) <= FEW else keys)


def _places(word: str) -> list[str]:
    return list(_by_pinyin(divisions.names.generation, len(divisions.full_names())).get(word.lower(), ()))


@lru_cache(maxsize=1)
def _by_pinyin(generation: int, count: int) -> dict[str, tuple[str, ...]]:
    """Return pinyin → codes of the provinces, cities and districts so called, with and without their kind (市, 区)."""
    found: dict[str, tuple[str, ...]] = {}
    names = divisions.full_names()
    known = {code for code in names if len(code) == 6}
    for code in known:
        above = names.get(divisions.parent_code(code, known) or "", "")
        syllables = chinese.pinyin(names[code].removeprefix(above)).split()
        bare = syllables[:-1] if len(syllables) > 2 else syllables
        for spelt in {"".join(syllables), "".join(bare)}:
            if len(spelt) >= SHORTEST:
                found[spelt] = (*found.get(spelt, ()), code)
    return found
