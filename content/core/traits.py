"""Choices that no single column holds as it stands: what several columns say together, or a stretch of numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Q
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Trait:
    """A filter of the public list beside those of the columns.

    key: its parameter. choices: (value, label). where: value → the condition that rows of it fulfil, asked anew at
    each request, since it may depend on the day.
    every: a row must fulfil all chosen values (facilities); else one of them is enough (this price band or that).
    """

    key: str
    label: str | Promise
    choices: tuple[tuple[str, str | Promise], ...]
    where: Callable[[str], Q]
    every: bool = False

    def condition(self, values: Sequence[str]) -> Q:
        """Return the condition of several chosen values."""
        joined = Q()
        for value in values:
            joined = joined & self.where(value) if self.every else joined | self.where(value)
        return joined


def bands(*, key: str, field: str, label: str | Promise, edges: tuple[int, ...]) -> Trait:
    """Return the stretches of numbers between the edges as choices: `-200`, `200-300`, `300-`.

    A stretch holds its lower edge and not its upper one, so that each row is in one of them.
    """
    ends: list[tuple[int | None, int | None]] = [(None, edges[0]), *pairwise(edges), (edges[-1], None)]
    conditions = {}
    for low, high in ends:
        condition = Q(**{f"{field}__isnull": False})
        if low is not None:
            condition &= Q(**{f"{field}__gte": low})
        if high is not None:
            condition &= Q(**{f"{field}__lt": high})
        conditions[f"{'' if low is None else low}-{'' if high is None else high}"] = condition
    names = [lazy(_name_of_band, str)(low, high) for low, high in ends]
    return Trait(key, label, tuple(zip(conditions, names, strict=True)), conditions.__getitem__)


def _name_of_band(low: int | None, high: int | None) -> str:
    if low is None:
        return _("below %(number)d") % {"number": high}
    if high is None:
        return _("%(number)d and more") % {"number": low}
    return f"{low}–{high - 1}"
