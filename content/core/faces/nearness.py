"""Near a place: where a place is, how far rows are from it, and the order of distance in SQL.

No coordinates of divisions ship with us. A division is where its rows are: the middle of the coordinates that the
registers' published rows hold; a division without any is where the city around it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import asin, cos, pi, radians, sin, sqrt
from typing import Any

from django.db.models import Avg, Count, ExpressionWrapper, F, FloatField, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from content.core import divisions
from content.core.freshness import remembered
from content.core.register import Register, registers
from content.core.traits import Trait

from .tally import Tally

PARAMETER = "near"
EARTH_RADIUS = 6371.0  # km
NORTH, SOUTH, EAST, WEST = 54, 3, 136, 73  # the country's extreme points, rounded outwards
MOST_PLACES = 250  # in the box to choose from; more, and only cities stand there

_POSITION = re.compile(r"(\d{1,2}(?:\.\d{1,9})?),(\d{1,3}(?:\.\d{1,9})?)")


@dataclass(frozen=True, slots=True)
class Place:
    """A place to measure from, in degrees. `code` is its division's, empty for the position of a device.

    known: of how many rows it is the middle; 0 for a position.
    """

    value: str
    code: str
    latitude: float
    longitude: float
    known: int = 0

    @property
    def name(self) -> str:
        return divisions.full_names().get(self.code, "") if self.code else _("your position, to about 1 km")

    def distance(self, row: Any) -> float | None:
        """Return the great-circle distance to a row in km (haversine), or None where it has no coordinates."""
        if row.latitude is None or row.longitude is None:
            return None
        lat_a, lat_b = radians(self.latitude), radians(float(row.latitude))
        half = (lat_b - lat_a) / 2, radians(float(row.longitude) - self.longitude) / 2
        return 2 * EARTH_RADIUS * asin(sqrt(sin(half[0]) ** 2 + cos(lat_a) * cos(lat_b) * sin(half[1]) ** 2))


def read_place(text: str) -> Place | None:
    """Return the place that a parameter names: a division's code, or `31.30,120.58`; None for what is none.

    Where nothing in a division has coordinates, it is the city around it, and says so by its name.
    A position is rounded to hundredths of a degree, about 1 km: nobody's doorstep is kept in an address.
    """
    if position := _POSITION.fullmatch(text):
        latitude, longitude = round(float(position[1]), 2), round(float(position[2]), 2)
        inside = SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST
        return Place(f"{latitude:.2f},{longitude:.2f}", "", latitude, longitude) if inside else None
    if text not in divisions.full_names():
        return None
    city = divisions.significant(text)[:4].ljust(6, "0")
    for code in dict.fromkeys((text, text[:6], city)):
        if found := _middle(code):
            return Place(code, code, *found)
    return None


def by_distance(queryset: QuerySet[Any], place: Place, *then: str) -> QuerySet[Any]:
    """Return the rows, nearest first, those without coordinates last.

    Plain arithmetic, the same on both databases and quick on 100,000 rows: the square of the distance on a plane that
    is as narrow as the meridians are midway; the cosine by its series, true to 0.4 % anywhere in the country.
    """
    latitude, longitude = (Cast(name, FloatField()) for name in ("latitude", "longitude"))
    midway = (latitude + Value(place.latitude)) * Value(pi / 360)
    square = midway * midway
    narrow = Value(1.0) - square / Value(2.0) + square * square / Value(24.0)
    north, east = latitude - Value(place.latitude), (longitude - Value(place.longitude)) * narrow
    far = ExpressionWrapper(north * north + east * east, output_field=FloatField())
    return queryset.alias(_far=far).order_by(F("_far").asc(nulls_last=True), *then)


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """Places of one province to choose from, as (code, name)."""

    name: str
    places: tuple[tuple[str, str], ...]


LOCATED = Trait("located", "", (("yes", ""),), lambda _value: Q(latitude__isnull=False, longitude__isnull=False))
"""Counted ahead, and no filter of its own."""


def places(register: Register, tally: Callable[[], Tally]) -> list[PlaceGroup]:
    """Return the cities and districts to choose from, by province: those in which any register has located rows."""
    return remembered(lambda: _places(register, tally()), "places")


def _places(register: Register, tally: Tally) -> list[PlaceGroup]:
    names = divisions.full_names()
    held = set(tally.counts("division_id", tally.fulfilling(LOCATED, ["yes"])))
    for other in registers():
        if other.located and other is not register:
            rows = other.public_rows().exclude(latitude=None).exclude(longitude=None)
            held.update(rows.order_by().values_list("division_id", flat=True).distinct())
    cities = {city for code in held if (city := code[:4] + "00") in names}
    codes = sorted(cities | {code for code in held if code in names})
    if len(codes) > MOST_PLACES:
        codes = sorted(cities)
    grouped: dict[str, list[tuple[str, str]]] = {}
    for code in codes:
        province = names.get(code[:2] + "0000", "")
        grouped.setdefault(province, []).append((code, names[code].removeprefix(province) or province))
    return [PlaceGroup(name, tuple(inside)) for name, inside in grouped.items()]


def _middle(code: str) -> tuple[float, float, int] | None:
    """Return (latitude, longitude) of the middle of all located rows in a division and their number, None without any."""
    found = remembered(
        lambda: [_average(register, code) for register in registers() if register.located], "middle", code
    )
    return _weighted(found)


def _average(register: Register, code: str) -> tuple[float, float, int]:
    rows = register.public_rows().filter(divisions.within([code])).exclude(latitude=None).exclude(longitude=None)
    found = rows.order_by().aggregate(lat=Avg("latitude"), lon=Avg("longitude"), number=Count("pk"))
    return float(found["lat"] or 0), float(found["lon"] or 0), found["number"]


def _weighted(parts: list[tuple[float, float, int]]) -> tuple[float, float, int] | None:
    number = sum(part[2] for part in parts)
    if not number:
        return None
    latitude = sum(part[0] * part[2] for part in parts) / number
    return latitude, sum(part[1] * part[2] for part in parts) / number, number
