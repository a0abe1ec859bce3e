"""Rows of a file as people write them: `3,7-9`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from content.core.among import among

from .models import ImportJob
from .problems import ImportRefused

Ranges = list[list[int]]
"""Pairs of first and last number, ascending, none touching another. Kept as JSON."""

_MOST = 300  # SQLite nests at most 1,000 conditions
_SEPARATORS = re.compile(r"[,，、;；\s]+")
_RANGE = re.compile(r"(\d{1,9})(?:[-–—~～至](\d{1,9}))?")


def parse(text: str, *, job: ImportJob | None = None) -> Ranges:
    """Read `3,7-9`, also with Chinese commas; of a job that read several sheets, also `二区!3-5`, as its rows are called.

    Raises ImportRefused for anything else, and for no row at all.
    """
    pairs = []
    for part in filter(None, _SEPARATORS.split(text.strip())):
        sheet, mark, numbers = part.rpartition("!")
        offset = job.number(sheet, 0) if job and mark else 0
        found = _RANGE.fullmatch(numbers)
        if offset is None or (mark and not job) or not found or int(found[2] or found[1]) < int(found[1]):
            raise ImportRefused(
                "rows_unreadable",
                _("“%(part)s” says no rows. Write numbers and ranges, such as 3,7-9.") % {"part": part[:40]},
            )
        pairs.append([offset + int(found[1]), offset + int(found[2] or found[1])])
    if not pairs:
        raise ImportRefused("rows_unreadable", _("Say which rows: tick them, or write numbers such as 3,7-9."))
    return _merged(pairs)


def of(numbers: Iterable[int]) -> Ranges:
    """Return the ranges that hold exactly these numbers."""
    return _merged([[number, number] for number in numbers])


def text(ranges: Ranges) -> str:
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)


def among_rows(ranges: Ranges | None, *, field: str = "number") -> Q:
    """Return the condition that a row is one of these; all rows for None."""
    if ranges is None:
        return Q()
    singles = [first for first, last in ranges if first == last]
    wanted = Q(**{f"{field}__in": among(singles)}) if singles else Q(pk__in=[])
    for pair in ranges:
        if pair[0] != pair[1]:
            wanted |= Q(**{f"{field}__range": pair})
    return wanted


def _merged(pairs: list[list[int]]) -> Ranges:
    merged: list[list[int]] = []
    for first, last in sorted(pairs):
        if merged and first <= merged[-1][1] + 1:
            merged[-1][1] = max(merged[-1][1], last)
        else:
            merged.append([first, last])
    if sum(first != last for first, last in merged) > _MOST:
        message = _("Too many ranges at once. Undo in several steps, or undo the whole import.")
        raise ImportRefused("rows_unreadable", message)
    return merged
