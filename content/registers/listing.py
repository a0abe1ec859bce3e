"""A public list: its rows, filters, sorting and pages for one set of parameters."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal
from urllib.parse import urlencode

from django.core.paginator import Page
from django.db.models import F, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from content.core.faces import nearness
from content.core.faces.facets import Chip, Facet, chips, facets
from content.core.faces.filters import RegisterFilterSet, build_filterset
from content.core.faces.nearness import Place
from content.core.faces.rows import public_rows
from content.core.faces.table import SORT_FIELD, PolitePaginator, build_table, known_sort
from content.core.freshness import remembered
from content.core.register import Register

from .bases import Base

View = Literal["cards", "table"]
NEWEST, DISTANCE = "newest", "distance"


@dataclass(frozen=True, slots=True)
class Sort:
    """One way to sort. `direction` is the one in force ("ascending", "descending", "only" or ""), `query` leads on."""

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
    place: Place | None = field(init=False, default=None)
    sort: str = field(init=False, default="")
    page: Page[Any] = field(init=False)

    def __post_init__(self) -> None:
        self.filterset = build_filterset(self.register)(self.params, public_rows(self.register))
        if self.register.located and (asked := self.params.get(nearness.PARAMETER, "")):
            self.place = nearness.read_place(asked)
        table, wanted = build_table(self.register), self.params.get(SORT_FIELD, "")
        by_column = known_sort(table, wanted)
        self.sort = by_column or self._own_sort(wanted)
        rows = self.table.data.data if by_column else self._ordered()
        paginator = PolitePaginator(rows, table._meta.per_page, rows=self._count)
        self.page = paginator.page(self.params.get("page", ""))

    @cached_property
    def table(self) -> Any:
        """The list as a table: how its columns are called and sorted, and its rows where one of them sorts them."""
        by_column = known_sort(build_table(self.register), self.sort)
        return build_table(self.register)(self.filterset.qs, order_by=by_column)

    def _own_sort(self, wanted: str) -> str:
        """Return a sorting that no column stands for, where it can be had."""
        possible = {NEWEST: self.register.newest, DISTANCE: self.place}
        return wanted if possible.get(wanted) else ""

    def _ordered(self) -> QuerySet[Any]:
        """Return the rows in the order asked for; where none is and a place is chosen, the nearest first."""
        rows = self.filterset.qs
        if self.sort == NEWEST:
            return rows.order_by(F(self.register.newest).desc(nulls_last=True), *self.register.ordering)
        if self.place:
            return nearness.by_distance(rows, self.place, *self.register.ordering)
        return rows.order_by(*self.register.ordering)

    @property
    def by_distance(self) -> bool:
        return self.place is not None and self.sort in ("", DISTANCE)

    def _count(self) -> int:
        about = ("count", self.filters_query)  # neither sorting nor page
        return remembered(lambda: self.filterset.count, *about, register=self.register.slug)

    @property
    def view(self) -> View:
        return "table" if self.params.get("view") == "table" else "cards"

    @cached_property
    def rows(self) -> list[Any]:
        """Return the rows of this page; where a place is chosen, each with its `distance` in km (or None)."""
        rows = list(self.page.object_list)
        if self.place:
            for row in rows:
                row.distance = self.place.distance(row)
        return rows

    @property
    def page_rows(self) -> QuerySet[Any]:
        """The rows of this page, not yet read."""
        rows: QuerySet[Any] = self.page.object_list  # type: ignore[assignment]  # a slice of a queryset
        return rows

    @property
    def some_unlocated(self) -> bool:
        """Whether the page shows rows whose distance nobody knows."""
        return self.by_distance and any(row.distance is None for row in self.rows)

    @property
    def places(self) -> list[nearness.PlaceGroup]:
        return nearness.places(self.register, lambda: self.filterset.tally) if self.register.located else []

    @property
    def place_offered(self) -> bool:
        """Whether the place in force stands among those to choose from."""
        return self.place is not None and any(
            code == self.place.value for group in self.places for code, _name in group.places
        )

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @property
    def page_range(self) -> Any:
        return self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1)

    @property
    def ignored(self) -> list[str | Promise]:
        found = [self.filterset.filters[name].label for name in self.filterset.ignored]
        if self.register.located and self.params.get(nearness.PARAMETER) and not self.place:
            found.append(_("place to measure from"))
        return list(dict.fromkeys(found))

    @cached_property
    def facets(self) -> list[Facet]:
        return facets(self.filterset)

    @cached_property
    def chips(self) -> list[RemovableChip]:
        return [RemovableChip(chip, self._without(chip)) for chip in chips(self.filterset)]

    @property
    def filtered(self) -> bool:
        return bool(self.filterset.data)

    @property
    def plain(self) -> bool:
        """Whether this is the list itself, which search engines should keep, and not one of its many cuts."""
        return not (self.filtered or self.sort or self.place or self.view != "cards")

    @cached_property
    def filters_query(self) -> str:
        """The filters alone, for downloads."""
        return self.filterset.data.urlencode()

    @cached_property
    def sorts(self) -> list[Sort]:
        """Return the ways to sort the cards; without a choice names come by pinyin."""
        by_default = self.register.title_field if self.register.ordering[0] == "pinyin" and not self.by_distance else ""
        now = self.sort or by_default
        found = []
        for column in self.table.columns:
            if column.orderable and column.name in (self.register.sorts or (column.name,)):
                direction = {column.name: "ascending", f"-{column.name}": "descending"}.get(now, "")
                turned = f"-{column.name}" if direction == "ascending" else column.name
                found.append(Sort(column.header, direction, self.query(sort=turned)))
        if self.register.newest:
            found.append(Sort(_("newest first"), "only" if now == NEWEST else "", self.query(sort=NEWEST)))
        if self.place:
            found.append(Sort(_("nearest first"), "only" if self.by_distance else "", self.query(sort=DISTANCE)))
        return found

    @property
    def choosable(self) -> bool:
        """Whether its rows can be kept as favourites and compared (chosen_views.py)."""
        return self.register.model is Base

    @property
    def offers_choice(self) -> bool:
        """Whether there are rows to tick for a comparison."""
        return self.choosable and self.count > 0

    @property
    def cards_query(self) -> str:
        return self.query(view="")

    @property
    def table_query(self) -> str:
        return self.query(view="table")

    @property
    def no_place_query(self) -> str:
        return self.query(near="", sort="" if self.sort == DISTANCE else self.sort)

    @property
    def _manner(self) -> dict[str, str]:
        """What the address says beside the filters."""
        near = self.place.value if self.place else ""
        return {"sort": self.sort, "view": "table" if self.view == "table" else "", nearness.PARAMETER: near}

    def query(self, **changes: str) -> str:
        """Return the query string of this list with changes; an empty value leaves a parameter out."""
        return self._address(self.filters_query, {**self._manner, **changes})

    @property
    def about(self) -> tuple[str, ...]:
        """What the list shows depends on, but for its page."""
        return self.query(), *map(str, self.ignored)

    def _without(self, chip: Chip) -> str:
        own = self.filterset.data.copy()
        own.setlist(chip.name, [value for value in own.getlist(chip.name) if value != chip.value])
        return self._address(own.urlencode(), self._manner)

    @staticmethod
    def _address(filters: str, manner: dict[str, str]) -> str:
        said = urlencode({name: value for name, value in manner.items() if value})
        return "?" + "&".join(part for part in (filters, said) if part)
