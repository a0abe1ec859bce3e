"""The kinds of public filters, and which rows each keeps; `filters.py` gives every column its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from pyroaring import BitMap

from content.core import divisions
from content.core.traits import Trait

from .tally import Tally
from .words import found_by

LONGEST = 100  # characters of a text parameter
LARGEST = 100_000_000  # of a number parameter


class ValuesField(forms.MultipleChoiceField):
    """Values that are known only by the rows: any short text (or number) is valid."""

    def __init__(self, *, number: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.number = number

    def valid_value(self, value: str) -> bool:
        if self.number:
            return value.isascii() and value.isdigit() and int(value) <= LARGEST
        return 0 < len(value) <= LONGEST and "\0" not in value


class DivisionsField(forms.MultipleChoiceField):
    def valid_value(self, value: str) -> bool:
        return value in divisions.full_names()


class WordsFilter(django_filters.CharFilter):
    """Rows that the search index finds. Looked up once a filterset, however many facets count them."""

    _found: tuple[str, Q] | None = None

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        if self._found is None or self._found[0] != value:
            self._found = (value, found_by(qs.model, value))
        return qs.filter(self._found[1])


class CountedFilter(django_filters.MultipleChoiceFilter):
    """A filter whose rows are known without asking the database: those whose value `fits`."""

    @property
    def attribute(self) -> str:
        name: str = self.model._meta.get_field(self.field_name).attname
        return name

    def kept(self, tally: Tally, value: list[Any]) -> BitMap:
        return tally.holding(self.attribute, self.fits(value))

    def fits(self, value: list[Any]) -> Callable[[Any], bool]:
        """Return what tells whether a row's value is among those kept."""
        wanted = set(map(str, value))
        return lambda held: str(held) in wanted


class DivisionFilter(CountedFilter):
    """Rows of the divisions and of all below them."""

    field_class = DivisionsField

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return qs.filter(divisions.within(value, field=self.field_name)) if value else qs

    def fits(self, value: list[str]) -> Callable[[Any], bool]:
        above = tuple(divisions.significant(code) for code in value)
        return lambda code: bool(code) and code.startswith(above)


class ValuesFilter(CountedFilter):
    """Rows with one of the values."""

    field_class: type[forms.MultipleChoiceField] = ValuesField

    def filter(self, qs: QuerySet[Any], value: list[Any]) -> QuerySet[Any]:
        return qs.filter(**{f"{self.field_name}__in": value}) if value else qs


class ChoicesFilter(ValuesFilter):
    field_class = forms.MultipleChoiceField


class TraitFilter(ChoicesFilter):
    """Rows of the chosen values of a trait."""

    def __init__(self, *, trait: Trait, **kwargs: Any) -> None:
        super().__init__(label=trait.label, choices=trait.choices, **kwargs)
        self.trait = trait

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return qs.filter(self.trait.condition(value)) if value else qs

    def kept(self, tally: Tally, value: list[str]) -> BitMap:
        return tally.fulfilling(self.trait, value)


class HoldsFilter(ChoicesFilter):
    """Rows whose list (春、秋) holds one of the values."""

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        condition = Q()
        for part in value or ():
            condition |= Q(**{f"{self.field_name}__contains": part})
        return qs.filter(condition)

    def fits(self, value: list[str]) -> Callable[[Any], bool]:
        return lambda held: any(part in (held or "") for part in value)


class ReachesFilter(django_filters.NumberFilter):
    """Rows whose range (field, `upper` or the field again) does not end below the value."""

    def __init__(self, *, upper: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.upper = upper

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if value is None:
            return qs
        if not self.upper:
            return qs.filter(**{f"{self.field_name}__gte": value})
        return qs.alias(_reaches=Coalesce(F(self.upper), F(self.field_name))).filter(_reaches__gte=value)
