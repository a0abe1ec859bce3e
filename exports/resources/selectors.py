"""Which rows go into a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from content.core import cleaning
from content.core.cleaning import Unclean
from content.core.faces import rows as shown_rows
from content.core.faces.filters import build_filterset
from content.core.faces.listing import matching
from content.core.faces.listing_filters import build_listing_filterset
from content.core.jurisdiction import rows_for
from content.core.register import Column, Register


class UnknownFilter(ValueError):
    """A filter that the register does not have, or a value that it does not take."""


def public_rows(register: Register, parameters: QueryDict) -> QuerySet[Any]:
    """Return the rows that the public list shows with the same parameters."""
    return build_filterset(register)(parameters, queryset=shown_rows.public_rows(register)).qs


def listed_rows(register: Register, request: Any) -> QuerySet[Any]:
    """Return the rows that the back office's listing shows with the same parameters, of the person's divisions."""
    rows = rows_for(request.user, register.model)
    filters = build_listing_filterset(register)(request.GET, request=request)
    if filters.is_valid():
        rows = filters.filter_queryset(rows)
    return matching(register, rows, request.GET.get("q", ""))


def filtered_rows(register: Register, rows: QuerySet[Any], conditions: Iterable[tuple[str, str]]) -> QuerySet[Any]:
    """Narrow rows by (name, value) pairs as the command line gives them; values of one name widen each other.

    A name is one of the public filters (`division`, `price_min`, `q` …) or any filterable column; a value is written as
    in a file (锦江区, 已授牌, 3). Raises UnknownFilter.
    """
    filterset = build_filterset(register)
    parameters, own = QueryDict(mutable=True), dict[str, list[Any]]()
    for name, text in conditions:
        column = register.by_key.get(name)
        value = _value(register, column, text) if column and column.filterable else text
        if name in filterset.base_filters:
            parameters.appendlist(name, str(value))
        elif column and column.filterable:
            own.setdefault(column.field, []).append(value)
        else:
            known = "、".join([*filterset.base_filters, *(c.key for c in register if c.filterable)])
            raise UnknownFilter(
                _("There is no filter “%(name)s”. Use one of: %(known)s.") % {"name": name, "known": known}
            )
    filters = filterset(parameters, queryset=rows, strict=True)
    if not filters.is_valid():
        problems = "; ".join(f"{name}: {' '.join(errors)}" for name, errors in filters.errors.items())
        raise UnknownFilter(_("A filter has a value that it does not take: %(problems)s") % {"problems": problems})
    return filters.qs.filter(Q(*((f"{field}__in", values) for field, values in own.items())))


def _value(register: Register, column: Column, text: str) -> Any:
    """Read a value as a cell would be read, so that labels and names serve as well as codes."""
    clean = cleaning.division if column.field == "division" else register.cleaner(column)
    if clean is None or column.upper or column.parts:
        return text
    try:
        value = clean(text).value
    except Unclean as refusal:
        raise UnknownFilter(f"{column.key}: {refusal}") from refusal
    return text if value is None else value
