"""The alliance in figures: bases and activity points by province, city and kind. A fixed number of queries, however many rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil
from typing import Any

from django.db.models import Count
from django.db.models.functions import Coalesce, Substr
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from content.core import divisions
from content.core.charts import BarChart, bar_chart
from content.core.register import get_register
from content.registers.bases import Base

from .models import ArticlePage, Subject
from .pictures import pictures

COLUMNS = 4  # tiles beside each other, on a phone as on a desk
TILE = 72  # px
HEADING = 34
NEWS = 6
ENDINGS = ("市", "地区", "盟")


@dataclass(frozen=True, slots=True)
class City:
    """A partner city. `x` and `y` place its tile: in the order of division codes, not on a map."""

    code: str
    name: str
    full_name: str
    bases: int
    points: int
    x: str = ""
    y: int = 0
    share: str = "0%"

    @property
    def short_name(self) -> str:
        ending = next((end for end in ENDINGS if self.name.endswith(end) and len(self.name) > len(end) + 1), "")
        return self.name.removesuffix(ending)[:6]


@dataclass(frozen=True, slots=True)
class Province:
    code: str
    name: str
    cities: tuple[City, ...]
    heading_y: int
    bases: int = field(default=0)
    points: int = field(default=0)


class Alliance:
    @cached_property
    def _bases(self) -> Counter[tuple[str, str]]:
        """(city code, kind) → published bases."""
        rows = get_register("bases").public_rows().annotate(city=Substr("division_id", 1, 4))
        counted = rows.order_by().values_list("city", "kind").annotate(number=Count("pk"))
        return Counter({(city_code(city), kind): number for city, kind, number in counted})

    @cached_property
    def _points(self) -> Counter[str]:
        """City code → open activity points."""
        rows = get_register("points").public_rows().annotate(city=Substr("division_id", 1, 4))
        found: Counter[str] = Counter()
        for city, number in rows.order_by().values_list("city").annotate(number=Count("pk")):
            found[city_code(city)] += number
        return found

    @cached_property
    def activities(self) -> list[tuple[str, int]]:
        """Return kinds of activity and how many points offer them, the most first."""
        rows = get_register("points").public_rows().exclude(activity="")
        counted = rows.order_by().values_list("activity").annotate(number=Count("pk"))
        return list(counted.order_by("-number", "activity")[:10])

    @property
    def bases(self) -> int:
        return self._bases.total()

    @property
    def points(self) -> int:
        return self._points.total()

    @cached_property
    def kinds(self) -> list[tuple[str, str, int]]:
        """Return (kind, its name, how many bases) of the kinds that have any, the most first."""
        counted: Counter[str] = Counter()
        for (_city, kind), number in self._bases.items():
            counted[kind] += number
        names = dict(Base.Kind.choices)
        return [(kind, str(names.get(kind, kind)), number) for kind, number in counted.most_common()]

    @cached_property
    def provinces(self) -> list[Province]:
        """Return provinces and their partner cities by division code, laid out as tiles."""
        by_city: Counter[str] = Counter()
        for (city, _kind), number in self._bases.items():
            by_city[city] += number
        names, most = divisions.full_names(), max(by_city.values(), default=1)
        found, top = [], 0
        for province in sorted({code[:2] + "0000" for code in [*by_city, *self._points]}):
            inside = sorted(code for code in {*by_city, *self._points} if code[:2] == province[:2])
            above = names.get(province, province)
            cities = tuple(
                City(
                    code,
                    names.get(code, code).removeprefix(above) or above,
                    names.get(code, code),
                    by_city[code],
                    self._points[code],
                    f"{100 / COLUMNS * (at % COLUMNS):.2f}%",
                    top + HEADING + TILE * (at // COLUMNS),
                    f"{90 * by_city[code] / most:.1f}%",
                )
                for at, code in enumerate(inside)
            )
            totals = sum(city.bases for city in cities), sum(city.points for city in cities)
            found.append(Province(province, above, cities, top + 22, *totals))
            top += HEADING + TILE * ceil(len(cities) / COLUMNS)
        return found

    @property
    def height(self) -> int:
        """The height of the tile grid in px."""
        return sum(HEADING + TILE * ceil(len(province.cities) / COLUMNS) for province in self.provinces)

    @property
    def cities(self) -> int:
        return sum(len(province.cities) for province in self.provinces)

    @property
    def kind_chart(self) -> BarChart:
        return bar_chart(_("Bases by kind"), [(name, str(n), [("plain", n)]) for _kind, name, n in self.kinds])

    @property
    def activity_chart(self) -> BarChart:
        return bar_chart(_("Activity points by kind"), [(name, str(n), [("3", n)]) for name, n in self.activities])

    @cached_property
    def events(self) -> list[Any]:
        """Return the promotion events: those to come by their day, then the latest past ones."""
        live = ArticlePage.objects.live().public().defer_streamfields().exclude(event_on=None)
        live = live.prefetch_related(pictures("cover", "entry"))
        today = localdate()
        last = Coalesce("event_until", "event_on")
        ahead = list(live.alias(last=last).filter(last__gte=today).order_by("event_on", "pk")[:NEWS])
        past = live.alias(last=last).filter(last__lt=today).order_by("-event_on", "-pk")
        return ahead + list(past[: NEWS - len(ahead)])

    @cached_property
    def news(self) -> list[Any]:
        """Return the latest articles on recuperation and bases that tell of no event."""
        articles = ArticlePage.objects.live().public().defer_streamfields()
        articles = articles.filter(subject=Subject.RECUPERATION, event_on=None)
        return list(articles.prefetch_related(pictures("cover", "entry")).order_by("-date", "-pk")[:NEWS])


def city_code(digits: str) -> str:
    """Return the code of a row's city from the first four digits; its province's where that has no city above it."""
    code = digits + "00"
    return code if code in divisions.full_names() else digits[:2] + "0000"
