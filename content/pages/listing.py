"""Paged lists of pages with filters in the address. Bad parameters are ignored, page numbers clamped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PER_PAGE = 12


@dataclass(frozen=True)
class Listing:
    """One page of a list. `total` counts what the filters leave; `years` are those that have something to show."""

    page_obj: PaginatorPage
    page_range: list[Any]
    total: int
    years: list[int]
    year: int | None
    subject: str

    @property
    def is_filtered(self) -> bool:
        return bool(self.year or self.subject)


def listing(
    queryset: QuerySet[Any], *, request: HttpRequest, date_field: str, subjects: tuple[str, ...] = ()
) -> Listing:
    """Return the page of a queryset that the address asks for: `?subject=…&year=…&page=…`."""
    subject = request.GET.get("subject", "") if request.GET.get("subject", "") in subjects else ""
    if subject:
        queryset = queryset.filter(subject=subject)
    years = [day.year for day in queryset.dates(date_field, "year", order="DESC")]
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else None
    if year:
        queryset = queryset.filter(**{f"{date_field}__year": year})
    paginator = Paginator(queryset.order_by(f"-{date_field}", "-pk"), PER_PAGE)
    page_obj = paginator.get_page(request.GET.get("page"))
    return Listing(
        page_obj=page_obj,
        page_range=list(paginator.get_elided_page_range(page_obj.number, on_each_side=2, on_ends=1)),
        total=paginator.count,
        years=years,
        year=year,
        subject=subject,
    )
