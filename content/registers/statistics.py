"""Statistics of the star ratings. They count published decisions (家次): a union rated in three years counts thrice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Substr
from django.utils.translation import gettext as _

from content.core import divisions
from content.core.charts import BarChart, bar_chart

from .ratings import RATINGS, Rating
from .unions import Union

STARS = (1, 2, 3, 4, 5)
GOOD, BEST = 3, 4  # from three stars the district decides, from four the city federation
COLLECTIVE = (Union.Kind.STREET, Union.Kind.PARK)  # streets and parks are graded by the firms that they cover
SHOWN = 30


@dataclass(frozen=True, slots=True)
class Tally:
    """The decisions of one year, district, or both: stars → how many."""

    by_star: Counter[int]

    @property
    def total(self) -> int:
        return self.by_star.total()

    @property
    def good(self) -> int:
        return sum(self.by_star[star] for star in STARS if star >= GOOD)

    @property
    def best(self) -> int:
        return sum(self.by_star[star] for star in STARS if star >= BEST)

    @property
    def good_share(self) -> str:
        return percent(self.good, self.total)

    @property
    def best_share(self) -> str:
        return percent(self.best, self.total)

    @property
    def stars(self) -> list[int]:
        """Return how many decisions gave one star, two stars … five."""
        return [self.by_star[star] for star in STARS]


@dataclass(frozen=True, slots=True)
class YearRow:
    year: int
    tally: Tally


@dataclass(frozen=True, slots=True)
class DistrictRow:
    """A district's decisions in each year, and its tally in the chosen one. `change`: good ones more than last year."""

    name: str
    totals: list[int]
    tally: Tally
    change: int | None

    @property
    def change_text(self) -> str:
        return "—" if self.change is None else f"+{self.change}" if self.change > 0 else str(self.change)


def percent(part: int, whole: int) -> str:
    """Return a share with one decimal: 28.7%. A dash where there is nothing to share."""
    return f"{100 * part / whole:.1f}%" if whole else "—"


class RatingStatistics:
    """Every figure of the page, from two queries: decisions by district, year and stars; and who rose."""

    def __init__(self, *, year: str = "") -> None:
        """`year` chooses the year for districts and risers; the latest when it is none of the years."""
        self._wanted = year

    @cached_property
    def _cells(self) -> list[tuple[str, int, int, int]]:
        """(district code, year, stars, how many)."""
        rows = RATINGS.public_rows().filter(stars__isnull=False)
        grouped = rows.annotate(district=Substr("division_id", 1, 6)).values("district", "year", "stars")
        counted = grouped.annotate(number=Count("pk")).order_by("year", "district", "stars")
        return list(counted.values_list("district", "year", "stars", "number"))

    def _tally(self, *, year: int | None = None, district: str | None = None) -> Tally:
        found: Counter[int] = Counter()
        for code, in_year, stars, number in self._cells:
            if year in (None, in_year) and district in (None, code):
                found[stars] += number
        return Tally(found)

    @cached_property
    def years(self) -> list[int]:
        return sorted({year for _code, year, _stars, _number in self._cells})

    @cached_property
    def year(self) -> int | None:
        """The chosen year."""
        chosen = [year for year in self.years if str(year) == self._wanted] or self.years[-1:]
        return chosen[0] if chosen else None

    @cached_property
    def previous_year(self) -> int | None:
        earlier = [year for year in self.years if self.year and year < self.year]
        return earlier[-1] if earlier else None

    @cached_property
    def all(self) -> Tally:
        return self._tally()

    @cached_property
    def by_year(self) -> list[YearRow]:
        return [YearRow(year, self._tally(year=year)) for year in self.years]

    @cached_property
    def by_district(self) -> list[DistrictRow]:
        """Return every district with decisions, by code."""
        names = divisions.full_names()
        found = []
        for code in sorted({cell[0] for cell in self._cells}):
            totals = [self._tally(year=year, district=code).total for year in self.years]
            tally = self._tally(year=self.year, district=code)
            before = self._tally(year=self.previous_year, district=code) if self.previous_year else None
            change = tally.good - before.good if before else None
            found.append(DistrictRow(names.get(code, code), totals, tally, change))
        return found

    @cached_property
    def rising_districts(self) -> list[DistrictRow]:
        """Return districts with more decisions at three stars and above than the year before, the most first."""
        risen = [row for row in self.by_district if row.change and row.change > 0]
        return sorted(risen, key=lambda row: -(row.change or 0))

    @cached_property
    def _risen(self) -> QuerySet[Any]:
        """Decisions of the chosen year above the union's last one; by the file's 原星级 where we have none earlier."""
        earlier = RATINGS.public_rows().filter(union=OuterRef("union"), year__lt=OuterRef("year"), stars__isnull=False)
        before = Coalesce(Subquery(earlier.order_by("-year").values("stars")[:1]), "previous_stars")
        return RATINGS.public_rows().filter(year=self.year).annotate(before=before).filter(stars__gt=F("before"))

    @cached_property
    def risen_by_kind(self) -> Counter[str]:
        return Counter(dict(self._risen.order_by().values_list("union_kind").annotate(number=Count("pk"))))

    @property
    def risen(self) -> int:
        return self.risen_by_kind.total()

    @property
    def risen_collective(self) -> int:
        return sum(self.risen_by_kind[kind] for kind in COLLECTIVE)

    @cached_property
    def rising_streets(self) -> list[Rating]:
        """Return the streets and parks that rose, the best first, at most `SHOWN`; each with `before`."""
        rows = self._risen.filter(union_kind__in=COLLECTIVE).select_related("union").defer("union__search_text")
        return list(rows.order_by("-stars", "before", "pinyin")[:SHOWN])

    @property
    def year_chart(self) -> BarChart:
        rows = [
            (
                _("Year %(year)s") % {"year": row.year},
                _("%(number)s decisions") % {"number": row.tally.total},
                [(str(star), row.tally.by_star[star]) for star in STARS],
            )
            for row in self.by_year
        ]
        legend = [(str(star), "★" * star) for star in STARS]
        return bar_chart(_("Decisions by year and stars"), rows, legend=legend)

    @property
    def share_chart(self) -> BarChart:
        rows = [
            (
                _("Year %(year)s") % {"year": row.year},
                f"{row.tally.good_share} / {row.tally.best_share}",
                [("3", row.tally.good - row.tally.best), ("4", row.tally.best)],
            )
            for row in self.by_year
        ]
        scaled = [
            (label, value, [(shade, 100 * size / max(row.tally.total, 1)) for shade, size in parts])
            for (label, value, parts), row in zip(rows, self.by_year, strict=True)
        ]
        legend = [("3", _("three stars")), ("4", _("four and five stars"))]
        return bar_chart(_("Share at three stars and above / at four and five"), scaled, legend=legend, most=100)

    @property
    def district_chart(self) -> BarChart:
        ranked = sorted((row for row in self.by_district if row.tally.total), key=lambda row: -row.tally.total)
        rows = [
            (
                row.name,
                str(row.tally.total),
                [
                    ("2", row.tally.total - row.tally.good),
                    ("3", row.tally.good - row.tally.best),
                    ("4", row.tally.best),
                ],
            )
            for row in ranked[:12]
        ]
        legend = [("2", _("one and two stars")), ("3", _("three stars")), ("4", _("four and five stars"))]
        return bar_chart(_("Decisions by district in %(year)s") % {"year": self.year}, rows, legend=legend)


def star_history(ratings: list[Rating]) -> BarChart:
    """Return the chart of one union's stars, year by year, the earliest first."""
    rows = [
        (_("Year %(year)s") % {"year": rating.year}, "★" * rating.stars, [(str(rating.stars), rating.stars)])
        for rating in sorted(ratings, key=lambda rating: rating.year)
        if rating.stars
    ]
    return bar_chart(_("Stars year by year"), rows, most=5)
