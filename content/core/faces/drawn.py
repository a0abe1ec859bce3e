"""How the rows of a list look, kept in memory: drawing fifty rows costs more than all else about a list.

A process draws a row once for each look (cards, table, JSON) and language, until something that the row shows has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from content.core.freshness import version_of
from content.core.register import Register

MOST = 20_000  # rows kept of one register, some 40 MB
_kept: dict[str, tuple[int, dict[tuple[str, str | None, int], str]]] = {}


def _whole(rows: QuerySet[Any]) -> Iterable[tuple[Any, Any]]:
    return ((row.pk, row) for row in rows)


def drawn(
    register: Register,
    rows: QuerySet[Any],
    look: str,
    draw: Callable[[Sequence[Any]], Sequence[str]],
    *,
    read: Callable[[QuerySet[Any]], Iterable[tuple[Any, Any]]] = _whole,
) -> list[str]:
    """Return the text of each row of a sliced queryset, in its order.

    draw: draws the rows that are not yet known. read: gives primary keys and what `draw` needs of each row. One query
    for the keys, and one more (with those for what is fetched ahead) when rows are missing.
    """
    version = version_of(register.slug)
    if version is None:
        return list(draw([row for _pk, row in read(rows)]))
    known = _known(register.slug, version)
    language = get_language()
    keys = [(look, language, pk) for pk in rows.prefetch_related(None).values_list("pk", flat=True)]
    missing = {key[2] for key in keys if key not in known}
    if missing:
        found = {pk: row for pk, row in read(rows) if pk in missing}
        for pk, text in zip(found, draw(list(found.values())), strict=True):
            known[look, language, pk] = text
    # A row that was withdrawn between the two queries is not drawn.
    return [known[key] for key in keys if key in known]


def _known(slug: str, version: int) -> dict[tuple[str, str | None, int], str]:
    then, known = _kept.get(slug, (version, {}))
    if then != version or len(known) > MOST:
        known = {}
    _kept[slug] = (version, known)
    return known


def forget() -> None:
    """Draw everything again."""
    _kept.clear()
