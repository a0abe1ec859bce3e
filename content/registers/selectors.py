"""Reads behind the public pages of the registers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Prefetch, When
from django.utils.timezone import localdate
from wagtail.images import get_image_model

from content.core import divisions
from content.core.faces.nearness import Place, by_distance
from content.core.faces.rows import public_rows
from content.core.pictures import PLACES
from content.core.register import Register, get_register

from .bases import Base, BasePicture
from .points import Point
from .unions import Union

NEARBY = 4
AROUND = 1.0  # degrees, some 100 km: the square in which neighbours are looked for


def public_row(register: Register, code: str) -> Any | None:
    """Return the published row of a code, or None."""
    return public_rows(register, renditions=()).filter(code=code).first() if "\0" not in code else None


@dataclass(frozen=True, slots=True)
class Nearby:
    """A row close to another. `distance` in km by great circle; None when one has no coordinates."""

    row: Any
    distance: float | None


def pictures_of(base: Base) -> list[BasePicture]:
    """Return the pictures of a base, in order, with their cuts for its page; two queries, three when there are some."""
    specs = dict.fromkeys(spec for place in ("cover", "thumb", "body") for spec in PLACES[place].specs)
    images = get_image_model().objects.prefetch_renditions(*specs)
    pictures = BasePicture.objects.filter(base_id=base.pk).order_by("sort_order", "pk")
    found = list(pictures.prefetch_related(Prefetch("image", images)))
    for picture in found:
        picture.base = base
    return found


def points_of(base: Base) -> list[Point]:
    return list(public_rows(get_register("points")).filter(base=base).order_by("pinyin"))


def near(base: Base, slug: str) -> list[Nearby]:
    """Return the published rows of a register that are nearest to a base, its own points and itself left out.

    Without coordinates, rows of its district, then of its city, stand in; their distance is not known.
    """
    register = get_register(slug)
    others = public_rows(register, renditions=())
    others = others.exclude(pk=base.pk) if register is base.register else others.exclude(base=base)
    if base.latitude is not None and base.longitude is not None:
        here = Place("", "", float(base.latitude), float(base.longitude))
        around = others.filter(
            latitude__range=(here.latitude - AROUND, here.latitude + AROUND),
            longitude__range=(here.longitude - AROUND, here.longitude + AROUND),
        )
        return [Nearby(row, here.distance(row)) for row in by_distance(around, here, "pinyin")[:NEARBY]]
    city = divisions.significant(base.division_id)[:4].ljust(6, "0")
    district = Case(When(division_id=base.division_id, then=0), default=1)
    return [Nearby(row, None) for row in others.filter(divisions.within([city])).order_by(district, "pinyin")[:NEARBY]]


def ratings_of(union: Union) -> list[Any]:
    """Return the published ratings of a union, the latest first."""
    return list(get_register("ratings").public_rows().filter(union=union).order_by("-year"))


def has_ended(row: Any | None) -> bool:
    """Tell whether a naming or rating has run out; its last day still counts."""
    return row is not None and row.valid_until is not None and row.valid_until < localdate()


def beside(register: Register, row: Any) -> dict[str, Any]:
    """Return what the page of a row shows beside the row itself."""
    if isinstance(row, Base):
        return {
            "pictures": pictures_of(row),
            "points": points_of(row),
            "nearby": near(row, "bases"),
            "nearby_points": near(row, "points"),
            "expired": has_ended(row),
        }
    if isinstance(row, Union):
        ratings = ratings_of(row)
        # The decision that the current stars rest on: the latest that gave as many.
        standing = next((rating for rating in ratings if rating.stars == row.stars and row.stars), None)
        return {"ratings": ratings, "standing": standing, "expired": has_ended(standing)}
    return {}
