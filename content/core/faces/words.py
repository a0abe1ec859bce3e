"""What the words of a search box find among the rows of a register, as one condition."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from modelsearch.backends import get_search_backend

from content.core.among import among

FEW = 1_000
"""So many keys are put into the condition as they are; for more, it asks the index anew."""


def found_by(model: Any, query: str) -> Q:
    """Return the condition "the row is found by the query": names, places, features; in Chinese, pinyin or initials.

    The last word may be unfinished. One query, two when the words are looked up in pieces.
    """
    rows = model._default_manager.all()
    found = get_search_backend().autocomplete(query, rows, order_by_relevance=False)
    if not hasattr(found, "get_queryset"):  # an empty query finds nothing
        return Q(pk__in=[])
    keys = found.get_queryset().order_by().values_list("pk", flat=True)
    first = list(keys[: FEW + 1])
    return Q(pk__in=among(first) if len(first) <= FEW else keys)
