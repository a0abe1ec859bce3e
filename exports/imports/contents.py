"""What the values of a column look like, whatever its header says: codes, phones, dates, divisions, stars, choices.

The register's own cleaners decide over a sample of rows. A column looks like something when at least SHARE of at
least LEAST values are it; values that may be anything (a bare number is a date, a star and a short phone number) are
no evidence at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.core import cleaning
from content.core.cleaning.cell import empty_word
from content.core.cleaning.divisions import codes_named
from content.core.models import Division
from content.core.register import Column, Register

LEAST = 3
SHARE = 0.8
SAMPLE = 100  # values of a column looked at; more would not change the answer
Test = Callable[[Any], bool]
_LONGEST_EMPTY = 8
_DIGITS = re.compile(r"[\d.,\s%-]*")
_CODE, _PHONE, _DATE, _DIVISION, _STARS = "credit_code", "phone", "date", "division", "stars"
LABELS: dict[str, str | Promise] = {
    _CODE: gettext_lazy("unified social credit codes"),
    _PHONE: gettext_lazy("telephone numbers"),
    _DATE: gettext_lazy("dates"),
    _DIVISION: gettext_lazy("administrative divisions"),
    _STARS: gettext_lazy("numbers of stars"),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """`fits` of `of` values are of one kind: a key of LABELS, or the key of a column whose codes or choices they are."""

    kind: str
    fits: int
    of: int

    def in_words(self, register: Register) -> str:
        label = LABELS.get(self.kind)
        if label is None:
            label = _("values of “%(column)s”") % {"column": register.label(register.by_key[self.kind])}
        return _("%(fits)s of %(of)s values are %(what)s") % {"fits": self.fits, "of": self.of, "what": label}


class Contents:
    """Looks into the columns of a file for what the columns of a register hold."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.kinds: dict[str, tuple[str, Test]] = {}
        for column in register:
            if column.importable and (found := _kind(register, column)):
                self.kinds[column.key] = found

    def fitting(self, values: Sequence[Any]) -> dict[str, Evidence]:
        """Return the register's columns that the values look like, with the evidence."""
        sample = _sample(values)
        asked = {kind: _evidence(kind, test, sample) for kind, test in dict(self.kinds.values()).items()}
        return {key: found for key, (kind, _test) in self.kinds.items() if (found := asked[kind])}

    def best(self, keys: set[str], values: Sequence[Any], *, foreign: bool = False) -> tuple[str, Evidence] | None:
        """Return the one of the register's columns `keys` that the values must be; None when several may be.

        Of several, the column that tells rows from each other takes values that are all different. foreign: the header
        says something that we do not know (监督电话), so the values must be of a kind that no other column holds.
        """
        fitting = self.fitting(values)
        found = {key: evidence for key, evidence in fitting.items() if key in keys}
        if len(found) > 1:
            most = max(evidence.fits for evidence in found.values())
            found = {key: evidence for key, evidence in found.items() if evidence.fits == most}
        rivals = len(fitting) if foreign else len(found)
        if rivals > 1:
            different = len(set(map(str, sample := _sample(values)))) == len(sample)
            found = {key: evidence for key, evidence in found.items() if different and self._tells_apart(key)}
        return next(iter(found.items())) if len(found) == 1 else None

    def doubt(self, key: str, values: Sequence[Any]) -> Evidence | None:
        """Return what the values of a column look like instead, when they are not what its header says."""
        own = self.kinds.get(key)
        sample = _sample(values)
        if len(sample) < LEAST or (own and _evidence(own[0], own[1], sample)):
            return None
        column = self.register.by_key[key]
        free_text = own is None and _takes_any_text(self.register, column)
        if not free_text and _accepted(self.register, column, sample) >= len(sample) / 2:
            return None
        if free_text and column.field == self.register.notes_field:
            return None
        # Any words may hold a date or a division; a column of nothing but codes or phone numbers is no text.
        kinds = (_CODE, _PHONE) if free_text else tuple(_TESTS)
        for kind in kinds:
            if (not own or kind != own[0]) and (found := _evidence(kind, _TESTS[kind], sample)):
                return found
        return None

    def _tells_apart(self, key: str) -> bool:
        field = self.register.by_key[key].field
        return field in self.register.key or (field,) in self.register.alternates


def _sample(values: Sequence[Any]) -> list[Any]:
    """Return the values that say something; 无 and / are no evidence for or against."""
    said = (value for value in values if value is not None and not (isinstance(value, str) and _says_nothing(value)))
    return list(islice(said, SAMPLE))


def _says_nothing(text: str) -> bool:
    bare = text.strip()
    return not bare or (len(bare) <= _LONGEST_EMPTY and empty_word(bare))


def _evidence(kind: str, test: Test, sample: Sequence[Any]) -> Evidence | None:
    """Return the evidence that a sample is of a kind; gives up as soon as too many values are not."""
    if len(sample) < LEAST:
        return None
    allowed = len(sample) - SHARE * len(sample)
    known: dict[Any, bool] = {}
    misses = 0
    for value in sample:
        mark = (value.__class__, value)
        if mark not in known:
            known[mark] = test(value)
        misses += not known[mark]
        if misses > allowed:
            return None
    return Evidence(kind, len(sample) - misses, len(sample))


def _cleans(cleaner: cleaning.Cleaner) -> Test:
    def test(value: Any) -> bool:
        try:
            return cleaner(value).value is not None
        except cleaning.Unclean:
            return False

    return test


def _accepted(register: Register, column: Column, sample: Sequence[Any]) -> int:
    cleaner = register.cleaner(column)
    return sum(map(_cleans(cleaner), sample)) if cleaner else len(sample)


def _is_phone(value: Any) -> bool:
    digits = sum(character.isdigit() for character in str(value))
    return digits >= 10 and not isinstance(value, date) and _cleans(cleaning.phone)(value)


def _is_date(value: Any) -> bool:
    if isinstance(value, date):
        return True
    return isinstance(value, str) and not value.strip().isdigit() and _cleans(cleaning.date)(value)


def _is_division(value: Any) -> bool:
    if not isinstance(value, str | int) or isinstance(value, bool):
        return False
    text = str(value).strip()
    return (not text.isdigit() or len(text) >= 6) and bool(codes_named(text))


def _is_stars(value: Any) -> bool:
    return isinstance(value, str) and not _DIGITS.fullmatch(value) and _cleans(cleaning.stars)(value)


_TESTS: dict[str, Test] = {
    _CODE: _cleans(cleaning.credit_code),
    _PHONE: _is_phone,
    _DATE: _is_date,
    _DIVISION: _is_division,
    _STARS: _is_stars,
}


def _kind(register: Register, column: Column) -> tuple[str, Test] | None:
    """Return what the values of a register's column look like; None for text and numbers, which look like anything."""
    field = register.model_field(column)
    if field.is_relation:
        return _kind_of_reference(column, field)
    if column.key == "code" and register.code_prefix:
        return column.key, _numbered(register.code_prefix)
    for cleaner, kind in ((cleaning.credit_code, _CODE), (cleaning.phone, _PHONE), (cleaning.stars, _STARS)):
        if column.clean is cleaner:
            return kind, _TESTS[kind]
    if isinstance(field, models.DateField):
        return _DATE, _TESTS[_DATE]
    if (field.choices or column.parts) and (clean := register.cleaner(column)):
        fits = _cleans(clean)
        return column.key, lambda value: isinstance(value, str) and not _DIGITS.fullmatch(value) and fits(value)
    return None


def _kind_of_reference(column: Column, field: Any) -> tuple[str, Test] | None:
    if field.related_model is Division:
        return _DIVISION, _TESTS[_DIVISION]
    first = column.lookups[0] if column.lookups else ""
    if first == "credit_code":
        return _CODE, _TESTS[_CODE]
    other: Register | None = getattr(field.related_model, "register", None)
    return (column.key, _numbered(other.code_prefix)) if first == "code" and other and other.code_prefix else None


def _numbered(prefix: str) -> Test:
    code = re.compile(rf"{re.escape(prefix)}[-_]?\d{{4,}}", re.I)
    return lambda value: isinstance(value, str) and bool(code.fullmatch(value.strip()))


def _takes_any_text(register: Register, column: Column) -> bool:
    field = register.model_field(column)
    return (field.is_relation and field.related_model is not Division) or (
        isinstance(field, models.CharField | models.TextField) and not field.choices
    )
