"""Reads behind the public pages of the registers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from math import asin, cos, radians, sin, sqrt
from typing import Any, Literal

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.timezone import localdate

from content.core import divisions
from content.core.faces.facets import Chip, Facet, chips, facets
from content.core.faces.filters import RegisterFilterSet, build_filterset
from content.core.faces.rows import public_rows
from content.core.faces.table import SORT_FIELD, PolitePaginator, build_table, known_sort
from content.core.register import Register, get_register

from .bases import Base
from .points import Point
from .unions import Union

EARTH_RADIUS = 6371.0  # km
NEARBY = 4
View = Literal["cards", "table"]


@dataclass(frozen=True, slots=True)
class Sort:
    """One way to sort. `direction` is the one in force ("ascending", "descending" or ""), `query` leads to the next."""

    label: str | Promise
    direction: str
    query: str


@dataclass(frozen=True, slots=True)
class RemovableChip:
    """A filter in force; `query` is the address without it."""

    chip: Chip
    query: str


@dataclass
class Listing:
    """A register's public list for one set of parameters. Bad ones are left out and named in `ignored`."""

    register: Register
    params: QueryDict
    filterset: RegisterFilterSet = field(init=False)
    table: Any = field(init=False)

    def __post_init__(self) -> None:
        self.filterset = build_filterset(self.register)(self.params, public_rows(self.register))
        queryset = self.filterset.qs.order_by(*self.register.ordering)
        table = build_table(self.register)
        self.table = table(queryset, order_by=known_sort(table, self.params.get(SORT_FIELD, "")))
        self.table.paginate(PolitePaginator, page=self.params.get("page"), about=self.about)

    @property
    def about(self) -> tuple[str, str]:
        """What the counts depend on: the register and the filters in force, not sorting or page."""
        return self.register.slug, self.filters_query

    @property
    def view(self) -> View:
        return "table" if self.params.get("view") == "table" else "cards"

    @property
    def rows(self) -> list[Any]:
        return [row.record for row in self.table.page.object_list]

    @property
    def count(self) -> int:
        return self.table.page.paginator.count

    @property
    def page_range(self) -> Any:
        page = self.table.page
        return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)

    @property
    def ignored(self) -> list[str | Promise]:
        return [self.filterset.filters[name].label for name in self.filterset.ignored]

    @cached_property
    def facets(self) -> list[Facet]:
        return facets(self.filterset)

    @cached_property
    def chips(self) -> list[RemovableChip]:
        return [RemovableChip(chip, self._without(chip)) for chip in chips(self.filterset)]

    @property
    def sort(self) -> str:
        """The sorting in force, as it stands in the address."""
        return ",".join(self.table.order_by)

    @property
    def filtered(self) -> bool:
        return bool(self.chips)

    @property
    def plain(self) -> bool:
        """Whether this is the list itself, which search engines should keep, and not one of its many cuts."""
        return not (self.filtered or self.sort or self.view != "cards")

    @property
    def filters_query(self) -> str:
        """The filters alone, for downloads."""
        return self.filterset.data.urlencode()

    @cached_property
    def sorts(self) -> list[Sort]:
        found = []
        for column in self.table.columns:
            if column.orderable:
                ascending, descending = column.name in self.table.order_by, f"-{column.name}" in self.table.order_by
                direction = "ascending" if ascending else "descending" if descending else ""
                found.append(
                    Sort(column.header, direction, self.query(sort=f"-{column.name}" if ascending else column.name))
                )
        return found

    @property
    def cards_query(self) -> str:
        return self.query(view="")

    @property
    def table_query(self) -> str:
        return self.query(view="table")

    def query(self, **changes: str) -> str:
        """Return the query string of this list with changes; an empty value leaves a parameter out."""
        own = self.filterset.data.copy()
        for name, value in {"sort": self.sort, "view": "table" if self.view == "table" else "", **changes}.items():
            own.pop(name, None)
            if value:
                own[name] = value
        return f"?{own.urlencode()}" if own else "?"

    def _without(self, chip: Chip) -> str:
        own = self.filterset.data.copy()
        own.setlist(chip.name, [value for value in own.getlist(chip.name) if value != chip.value])
        rest = {"sort": self.sort, "view": "table" if self.view == "table" else ""}
        own.update({name: value for name, value in rest.items() if value})
        return f"?{own.urlencode()}" if own.urlencode() else "?"


def listing(register: Register, params: QueryDict) -> Listing:
    return Listing(register=register, params=params)


def public_row(register: Register, code: str) -> Any | None:
    """Return the published row of a code, or None."""
    return public_rows(register, renditions=()).filter(code=code).first() if "\0" not in code else None


@dataclass(frozen=True, slots=True)
class Nearby:
    """A base close to another. `distance` in km by great circle; None when one has no coordinates."""

    base: Base
    distance: float | None


def points_of(base: Base) -> list[Point]:
    return list(public_rows(get_register("points")).filter(base=base).order_by("pinyin"))


def bases_near(base: Base) -> list[Nearby]:
    """Return published bases of the same city, nearest first; those without coordinates come last."""
    city = divisions.significant(base.division_id)[:4].ljust(6, "0")
    others = base.register.public_rows().defer("search_text").filter(divisions.within([city])).exclude(pk=base.pk)
    found = [Nearby(other, distance(base, other)) for other in others.order_by("pinyin")[:200]]
    found.sort(key=lambda near: (near.distance is None, near.distance or 0))
    return found[:NEARBY]


def distance(a: Any, b: Any) -> float | None:
    """Return the great-circle distance of two rows in km (haversine), or None without coordinates."""
    if None in (a.latitude, a.longitude, b.latitude, b.longitude):
        return None
    lat_a, lon_a, lat_b, lon_b = (radians(float(x)) for x in (a.latitude, a.longitude, b.latitude, b.longitude))
    arc = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS * asin(sqrt(arc))


def ratings_of(union: Union) -> list[Any]:
    """Return the published ratings of a union, the latest first."""
    return list(get_register("ratings").public_rows().filter(union=union).order_by("-year"))


def beside(register: Register, row: Any) -> dict[str, Any]:
    """Return what the page of a row shows beside the row itself."""
    if isinstance(row, Base):
        expired = row.valid_until is not None and row.valid_until < localdate()
        return {"points": points_of(row), "nearby": bases_near(row), "expired": expired}
    if isinstance(row, Union):
        return {"ratings": ratings_of(row)}
    return {}
