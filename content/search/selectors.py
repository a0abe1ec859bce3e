"""What the public finds: live pages that nobody restricted, published rows of registers, public columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from modelsearch.backends import get_search_backend
from modelsearch.backends.base import BaseSearchResults
from wagtail.models import Page

from content.core import divisions
from content.core.register import Register, registers

from .entries import readable
from .highlight import LENGTH, highlight

SHOWN = 3  # of each kind, where all kinds are shown
PER_PAGE = 20
DEEPEST = 500  # pages of results; whoever needs more should ask more narrowly


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. `url` is empty for a row without a page of its own; `excerpt` may be empty."""

    title: SafeString
    url: str
    excerpt: SafeString
    place: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that can be found, and how. listing: the address of its list, which filters and downloads."""

    slug: str
    label: str | Promise
    rows: Callable[[], QuerySet[Any]]
    read: Callable[[Any, str], Hit]
    listing: str = ""

    def search(self, query: str) -> BaseSearchResults:
        return get_search_backend().search(query, self.rows())

    def hits(self, found: Any, query: str) -> list[Hit]:
        return [self.read(one, query) for one in found]


@dataclass(frozen=True, slots=True)
class Group:
    """How many of a kind were found, and the first of them."""

    kind: Kind
    count: int
    hits: list[Hit]

    @property
    def more(self) -> bool:
        return self.count > len(self.hits)


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a query: all kinds with their first hits, or one kind by pages."""

    query: str
    groups: list[Group]
    kind: Kind | None = None
    page: ResultPage[Any] | None = None
    hits: tuple[Hit, ...] = ()

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)


def kinds() -> list[Kind]:
    """Return what can be found: pages, then every register that shows anything to the public."""
    found = [Kind("pages", _("Articles and pages"), _pages, _read_page)]
    for register in registers():
        if register.public_columns:
            listing = reverse("register-list", args=[register.slug]) if register.pages else ""
            found.append(Kind(register.slug, register.verbose_name_plural, register.public_rows, _read_row, listing))
    return found


def search_public(*, query: str, kind: str = "", page: str | int | None = 1) -> Results:
    """Return what the public finds by a query. An unknown kind means all, a bad page the nearest one."""
    every = {one.slug: one for one in kinds()} if query else {}
    chosen = every.get(kind)
    groups = []
    for one in every.values():
        found = one.search(query)
        count = found.count()
        if count or one is chosen:
            groups.append(Group(one, count, [] if chosen else one.hits(found[:SHOWN], query)))
    if not chosen:
        return Results(query, groups)
    paginator = Paginator(chosen.search(query)[: PER_PAGE * DEEPEST], PER_PAGE)
    number = paginator.get_page(page)
    return Results(query, groups, chosen, number, tuple(chosen.hits(number.object_list, query)))


def _pages() -> QuerySet[Any]:
    return Page.objects.live().public().filter(depth__gt=1).specific()


def _read_page(page: Any, query: str) -> Hit:
    about = page.search_description or readable(page)
    return Hit(highlight(page.title, query), page.url or "", highlight(about, query, length=LENGTH), "")


def _read_row(row: Any, query: str) -> Hit:
    register: Register = row.register
    shown = [c for c in register.public_columns if c.searchable and c.field != register.title_field]
    about = " ".join(str(value) for c in shown if (value := getattr(row, c.field)))
    return Hit(
        title=highlight(str(row), query),
        url=row.get_absolute_url() if hasattr(row, "get_absolute_url") else "",
        excerpt=highlight(about, query, length=LENGTH),
        place=divisions.full_names().get(row.division_id, ""),
    )
