"""The cleaner that a model field's type asks for, and the limits that the field sets."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from .cell import Cleaned, Cleaner, Unclean, arrow, number_text, remembering, shown
from .choices import boolean, choice
from .dates import date
from .divisions import division
from .numbers import decimal, integer
from .text import line, text

_MOST_DIGITS = 15


def for_field(field: models.Field[Any, Any]) -> Cleaner:
    """Return the cleaner of a field by its type, within the field's limits."""
    return limited(field, _by_type(field))


def limited(field: models.Field[Any, Any], cleaner: Cleaner) -> Cleaner:
    """Return `cleaner` within what the database column holds: length, whole digits, bounds; fractions are rounded.

    Raises `too_long` and `out_of_range` here, where the cell is known, instead of an error of the whole import later.
    """
    clean = _within_limits(field, cleaner)
    repeats = field.choices or not isinstance(field, models.CharField | models.TextField)
    return remembering(clean) if repeats else clean


def _within_limits(field: models.Field[Any, Any], cleaner: Cleaner) -> Cleaner:
    if isinstance(field, models.DecimalField):
        places, digits = field.decimal_places or 0, field.max_digits or _MOST_DIGITS
        return _each(cleaner, lambda number: _rounded(number, places, digits))
    if isinstance(field, models.IntegerField) and not field.choices:
        kind = field.get_internal_type()
        high = 2 ** (15 if "Small" in kind else 63 if "Big" in kind else 31) - 1  # PostgreSQL's; SQLite takes more
        low = 0 if "Positive" in kind else -high - 1
        return _each(cleaner, lambda number: (_within(number, low, high), ()))
    if isinstance(field, models.CharField) and field.max_length and not field.choices:
        return _short(cleaner, field.max_length)
    return cleaner


def _by_type(field: models.Field[Any, Any]) -> Cleaner:
    if field.is_relation:
        return division if field.related_model and field.related_model._meta.label_lower == "core.division" else line
    if field.choices:
        return choice(field.choices)
    for kind, cleaner in (
        (models.BooleanField, boolean),
        (models.DateField, date),
        (models.IntegerField, integer),
        (models.DecimalField, decimal),
        (models.FloatField, decimal),
        (models.TextField, text),
    ):
        if isinstance(field, kind):
            return cleaner
    return line


def _each(cleaner: Cleaner, limit: Any) -> Cleaner:
    """Apply a limit to the value, or to both ends of a range."""

    def clean(value: Any) -> Cleaned:
        cleaned = cleaner(value)
        if cleaned.value is None:
            return cleaned
        if isinstance(cleaned.value, tuple):
            ends = [limit(end) if end is not None else (None, ()) for end in cleaned.value]
            return Cleaned(tuple(end for end, _trace in ends), sum((trace for _end, trace in ends), cleaned.trace))
        kept, trace = limit(cleaned.value)
        return Cleaned(kept, cleaned.trace + trace) if trace else cleaned

    return clean


def _short(cleaner: Cleaner, limit: int) -> Cleaner:
    def clean(value: Any) -> Cleaned:
        cleaned = cleaner(value)
        if cleaned.value is not None and len(cleaned.value) > limit:
            raise _too_long(cleaned.value, limit)
        return cleaned

    return clean


def _rounded(number: Decimal, places: int, digits: int) -> tuple[Decimal, tuple[str, ...]]:
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) if abs(number) < 10**20 else number
    if abs(rounded) >= 10 ** (digits - places):
        raise _out_of_range(number, -(10 ** (digits - places)) + 1, 10 ** (digits - places) - 1)
    return rounded, ((arrow(number_text(number), number_text(rounded)),) if rounded != number else ())


def _within(number: int, low: int, high: int) -> int:
    if not low <= number <= high:
        raise _out_of_range(number, low, high)
    return number


def _out_of_range(number: Any, low: int, high: int) -> Unclean:
    return Unclean(
        "out_of_range",
        _("“%(value)s” is out of range. Type a number between %(low)s and %(high)s.")
        % {"value": shown(number), "low": low, "high": high},
    )


def _too_long(words: str, limit: int) -> Unclean:
    return Unclean(
        "too_long",
        _("The text has %(count)d characters; this column takes %(limit)d. Shorten it.")
        % {"count": len(words), "limit": limit},
    )
