"""The filters of a register's back-office listing, one for every filterable column."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import BooleanField, DateField, PositiveSmallIntegerField, Q, QuerySet, SmallIntegerField
from wagtail.admin.filters import DateRangePickerWidget, NumberRangeWidget, WagtailFilterSet
from wagtail.admin.widgets.boolean_radio_select import BooleanRadioSelect

from content.core import divisions
from content.core.jurisdiction import codes_of, rows_for
from content.core.register import Column, Register

from .display import is_division

# More values than a person reads in a list of boxes: the filter becomes a text to be contained.
MOST_VALUES = 40


class DivisionFilter(django_filters.ChoiceFilter):
    """Rows of a division and of all below it."""

    def filter(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(divisions.within([value])) if value else queryset


class ValuesFilter(django_filters.MultipleChoiceFilter):
    """Rows that hold one of the values that occur; which ones those are, the filter set finds out."""


class PartsFilter(django_filters.MultipleChoiceFilter):
    """Rows whose list of values (春、秋) holds one of the chosen ones."""

    def filter(self, queryset: QuerySet[Any], values: list[str]) -> QuerySet[Any]:
        condition = Q()
        for value in values or []:
            condition |= Q(**{f"{self.field_name}__contains": value})
        return queryset.filter(condition)


class RegisterFilterSet(WagtailFilterSet):
    """Fills in what depends on the rows: which divisions and which values occur among those in charge."""

    register: Register

    def __init__(self, data: Any = None, queryset: Any = None, *, request: Any = None, prefix: Any = None) -> None:
        super().__init__(data, queryset, request=request, prefix=prefix)
        rows = rows_for(request.user, self.register.model).order_by()
        for column in self.register:
            if not column.filterable:
                continue
            if is_division(self.register, column):
                self.filters[column.key].extra["choices"] = divisions_in_use(request.user, rows)
            elif isinstance(self.filters[column.key], ValuesFilter):
                self._offer_values(column, rows)

    def _offer_values(self, column: Column, rows: QuerySet[Any]) -> None:
        found = rows.exclude(**{column.field: ""}) if not _is_number(self.register, column) else rows
        values = list(found.values_list(column.field, flat=True).distinct()[: MOST_VALUES + 1])
        values = sorted(value for value in values if value is not None)
        if len(values) > MOST_VALUES:
            self.filters[column.key] = _bound(
                django_filters.CharFilter(
                    field_name=column.field, lookup_expr="icontains", label=self.register.label(column)
                ),
                self,
            )
        elif values:
            self.filters[column.key].extra["choices"] = [(value, value) for value in values]
        else:
            del self.filters[column.key]


def divisions_in_use(user: Any, rows: QuerySet[Any]) -> list[tuple[str, str]]:
    """Return the divisions that hold rows, under those that contain them, indented by level, with their full names.

    What lies above the user's own divisions is left out: it would offer the same rows.
    """
    names, own = divisions.full_names(), codes_of(user)
    used = set(rows.values_list("division_id", flat=True).distinct())
    shown: set[str] = set()
    for code in used:
        above = (code[:2] + "0000", code[:4] + "00", code[:6], code)
        shown.update(c for c in above if c in names and (own is None or any(divisions.contains(o, c) for o in own)))
    depth = {"province": 0, "city": 1, "district": 2, "street": 3}
    ordered = sorted(shown, key=divisions.significant)
    least = min((depth[divisions.level(code)] for code in ordered), default=0)
    return [(c, "\u3000" * (depth[divisions.level(c)] - least) + names[c]) for c in ordered]


def build_listing_filterset(register: Register) -> type[RegisterFilterSet]:
    """Return the filter set of the register's listing."""
    meta = type("Meta", (), {"model": register.model, "fields": []})
    filters = {column.key: _filter(register, column) for column in register if column.filterable}
    return type(
        f"{register.model.__name__}ListingFilterSet",
        (RegisterFilterSet,),
        {"register": register, "Meta": meta, **filters},
    )


def _filter(register: Register, column: Column) -> django_filters.Filter:
    field, label = register.model_field(column), register.label(column)
    if is_division(register, column):
        return DivisionFilter(field_name=column.field, label=label)
    if column.parts:
        parts = [(part, part) for part in column.parts]
        return PartsFilter(field_name=column.field, label=label, choices=parts, widget=forms.CheckboxSelectMultiple)
    if field.choices:
        return django_filters.MultipleChoiceFilter(
            field_name=column.field, label=label, choices=field.choices, widget=forms.CheckboxSelectMultiple
        )
    if isinstance(field, BooleanField):
        return django_filters.BooleanFilter(field_name=column.field, label=label, widget=BooleanRadioSelect)
    if isinstance(field, DateField):
        return django_filters.DateFromToRangeFilter(field_name=column.field, label=label, widget=DateRangePickerWidget)
    # A small number is a year or a count of days: one picks it. A large one is measured.
    if _is_number(register, column) and not isinstance(field, SmallIntegerField | PositiveSmallIntegerField):
        return django_filters.RangeFilter(field_name=column.field, label=label, widget=NumberRangeWidget)
    return ValuesFilter(field_name=column.field, label=label, widget=forms.CheckboxSelectMultiple)


def _is_number(register: Register, column: Column) -> bool:
    return register.model_field(column).get_internal_type().endswith(("IntegerField", "DecimalField"))


def _bound(new: django_filters.Filter, filterset: WagtailFilterSet) -> django_filters.Filter:
    new.parent, new.model = filterset, filterset._meta.model
    return new
