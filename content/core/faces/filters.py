"""The public filters of a register: `build_filterset(register)` returns an ordinary django-filter FilterSet.

What a public, filterable column gets follows from its field:

=====================  =======================================  ==========================================
field                  parameters                               keeps rows
=====================  =======================================  ==========================================
division               `division=3205` code, many               of these divisions and all below them
with choices           `kind=homestay`, many                    with one of the values
with parts (春、秋)      `seasons=春`, many                        that hold one of the values
text, small number     `days=3`, many                           with one of the values
decimal                `price_min=`, `price_max=`               whose range touches the asked one
positive integer       `capacity_min=`, `capacity_max=`         of that many or more, or fewer
date                   `valid_until_from=`, `valid_until_to=`   between the two, both included
=====================  =======================================  ==========================================

A column with bands also gets `price_band=200-300`, many; each trait of the register gets a parameter of its own, many.

And always `q`: words that the search index finds (names, places, features; Chinese, pinyin, initials).

What a filter of choices keeps is counted ahead (tally.py); any other filter is asked for its rows when they are counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from functools import cached_property, lru_cache, reduce
from operator import and_
from typing import Any

import django_filters
from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from content.core.register import Column, Register
from content.core.traits import Trait, bands

from .filter_kinds import (
    LARGEST,
    LONGEST,
    ChoicesFilter,
    DivisionFilter,
    HoldsFilter,
    ReachesFilter,
    TraitFilter,
    ValuesFilter,
    WordsFilter,
)
from .nearness import LOCATED
from .tally import Tally, tally_of

MOST_VALUES = 50  # of one parameter


class RegisterFilterSet(django_filters.FilterSet):
    """A FilterSet that, unless `strict`, leaves bad values out instead of failing; `ignored` names them."""

    register: Register

    def __init__(self, data: Any = None, queryset: Any = None, *, strict: bool = False, **kwargs: Any) -> None:
        super().__init__(data, queryset, **kwargs)
        self.ignored: tuple[str, ...] = ()
        if not strict and data is not None:
            self.data, self.ignored = self._good(data)

    def _good(self, data: Any) -> tuple[QueryDict, tuple[str, ...]]:
        """Return the parameters of ours whose values hold, and the names of those that do not."""
        kept, ignored = QueryDict(mutable=True), []
        for name, filter_ in self.filters.items():
            values = data.getlist(name) if hasattr(data, "getlist") else _listed(data.get(name))
            values = list(dict.fromkeys(value for value in values if value not in (None, "")))
            if not values:
                continue
            many = isinstance(filter_.field, forms.MultipleChoiceField)
            for value in values[:MOST_VALUES] if many else values[-1:]:
                try:
                    filter_.field.clean([value] if many else value)
                except forms.ValidationError:
                    ignored.append(name)
                else:
                    kept.appendlist(name, value)
        self._put_in_order(kept)
        return kept, tuple(dict.fromkeys(ignored))

    def get_form_class(self) -> type[forms.Form]:
        """Return the form that cleans the parameters: with those alone that are there, as it is never shown."""
        asked = {name: filter_.field for name, filter_ in self.filters.items() if name in self.data}
        return type("AskedForm", (self._meta.form,), asked)

    def _put_in_order(self, kept: QueryDict) -> None:
        """Who writes the higher bound first means the same stretch."""
        for name in self.filters:
            other = f"{name.removesuffix('_min')}_max"
            if name.endswith("_min") and name in kept and other in kept:
                low, high = str(kept[name]), str(kept[other])
                if float(low) > float(high):
                    kept[name], kept[other] = high, low

    def chosen(self, name: str) -> list[str]:
        """Return the values in force of one parameter, as they stand in the address."""
        if hasattr(self.data, "getlist"):
            return [value for value in self.data.getlist(name) if value]
        return _listed(self.data.get(name))

    @property
    def active(self) -> list[tuple[str, str]]:
        """Return every (parameter, value) in force, in the order of the filters."""
        return [(name, value) for name in self.filters for value in self.chosen(name)]

    @cached_property
    def tally(self) -> Tally:
        """What the rows hold, counted ahead; only what facets offer, as numbers and dates have too many values."""
        counted = [filter_ for filter_ in self.filters.values() if hasattr(filter_, "kept")]
        traits = [filter_.trait for filter_ in counted if isinstance(filter_, TraitFilter)]
        if self.register.located:
            traits.append(LOCATED)
        return tally_of(self.register, [f.attribute for f in counted if not isinstance(f, TraitFilter)], traits)

    @cached_property
    def kept(self) -> dict[str, BitMap]:
        """Filter in force → primary keys of the published rows that it keeps, whatever the others do."""
        self.errors  # noqa: B018  validates the form, as FilterSet.qs does
        found = {}
        for name, value in self.form.cleaned_data.items() if self.is_bound else ():
            if value not in (None, "", []):
                found[name] = self._keeps(self.filters[name], value)
        return found

    def _keeps(self, filter_: Any, value: Any) -> BitMap:
        if hasattr(filter_, "kept"):
            rows: BitMap = filter_.kept(self.tally, value)
            return rows
        return BitMap(filter_.filter(self.register.public_rows().order_by(), value).values_list("pk", flat=True))

    def without(self, names: Iterable[str]) -> BitMap | None:
        """Return the rows that every filter but those named keeps, which a facet counts; None for all rows."""
        left_out = set(names)
        others = [rows for name, rows in self.kept.items() if name not in left_out]
        return reduce(and_, others) if others else None

    @property
    def count(self) -> int:
        """The number of rows that all filters keep."""
        return len(reduce(and_, self.kept.values(), self.tally.rows))


def _listed(value: Any) -> list[Any]:
    return [] if value in (None, "") else list(value) if isinstance(value, list | tuple) else [value]


def filterable(register: Register) -> list[Column]:
    """Return the columns that the public may filter by."""
    return [column for column in register if column.public and column.filterable]


def trait_of(register: Register, column: Column) -> Trait | None:
    """Return the stretches into which a column's numbers are cut, if they are."""
    if not column.bands:
        return None
    return bands(key=f"{column.key}_band", field=column.field, label=register.label(column), edges=column.bands)


def _numbers(**more: Any) -> dict[str, Any]:
    return {"min_value": 0, "max_value": LARGEST, **more}


def _filters_of(register: Register, column: Column) -> dict[str, django_filters.Filter]:
    trait = trait_of(register, column)
    banded = {trait.key: TraitFilter(trait=trait, field_name=column.field)} if trait else {}
    return banded | _filters_of_field(register, column)


def _filters_of_field(register: Register, column: Column) -> dict[str, django_filters.Filter]:
    field, key, name = register.model_field(column), column.key, column.field
    label = register.label(column)
    if name == "division":
        return {key: DivisionFilter(field_name=name, label=label)}
    if field.choices:
        return {key: ChoicesFilter(field_name=name, label=label, choices=[(str(v), t) for v, t in field.flatchoices])}
    if column.parts:
        return {key: HoldsFilter(field_name=name, label=label, choices=[(part, part) for part in column.parts])}
    if isinstance(field, models.DecimalField):
        return {
            f"{key}_min": ReachesFilter(field_name=name, upper=column.upper, label=label, **_numbers()),
            f"{key}_max": django_filters.NumberFilter(field_name=name, lookup_expr="lte", label=label, **_numbers()),
        }
    if isinstance(field, models.PositiveIntegerField):
        whole = _numbers(decimal_places=0)
        return {
            f"{key}_min": ReachesFilter(field_name=name, label=label, **whole),
            f"{key}_max": django_filters.NumberFilter(field_name=name, lookup_expr="lte", label=label, **whole),
        }
    if isinstance(field, models.DateField):
        return {
            f"{key}_from": django_filters.DateFilter(field_name=name, lookup_expr="gte", label=label),
            f"{key}_to": django_filters.DateFilter(field_name=name, lookup_expr="lte", label=label),
        }
    number = isinstance(field, models.IntegerField)
    return {key: ValuesFilter(field_name=name, label=label, number=number)}


@lru_cache
def _built(model: type[Any]) -> type[RegisterFilterSet]:
    register: Register = model.register
    attributes: dict[str, Any] = {
        "register": register,
        "q": WordsFilter(label=_("Words to find"), max_length=LONGEST),
    }
    for column in filterable(register):
        attributes.update(_filters_of(register, column))
    for trait in register.traits:
        attributes[trait.key] = TraitFilter(trait=trait, field_name="")
    attributes["Meta"] = type("Meta", (), {"model": model, "fields": []})
    built: Any = type(f"{model.__name__}FilterSet", (RegisterFilterSet,), attributes)
    built.base_filters = _Filters(built.base_filters)
    filterset: type[RegisterFilterSet] = built
    return filterset


class _Filters(dict[str, django_filters.Filter]):
    """The filters of a class. Each filterset copies them whole, choices and all; the filters themselves are enough."""

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, django_filters.Filter]:
        return {name: copy(filter_) for name, filter_ in self.items()}


def build_filterset(register: Register) -> type[Any]:
    """Return the register's FilterSet: its own of `faces["filterset"]`, else the derived one."""
    return register.faces.get("filterset") or _built(register.model)
