"""Pictures as visitors get them: each place has its sizes, each size AVIF, WebP and JPEG, all drawn ahead.

A picture is drawn in the background as soon as it is uploaded or its focal point moves (`draw_ahead`). A page never
waits for that: it shows what is there, at worst one small JPEG drawn on the spot, and asks for the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils.safestring import SafeString, mark_safe
from django_tasks import task
from wagtail.images import get_image_model
from wagtail.images.models import Filter, Picture

from .signals import pictures_drawn

FORMATS = ("avif", "webp", "jpeg")  # smallest first: a browser takes the first that it knows
ASKED_SECONDS = 600  # a picture that lacks something is asked for once in this time


@dataclass(frozen=True, slots=True)
class Place:
    """Where pictures stand. cuts: Wagtail's operations, the smallest first. sizes: how wide it is shown there."""

    cuts: tuple[str, ...]
    sizes: str
    formats: tuple[str, ...] = FORMATS

    @property
    def specs(self) -> tuple[str, ...]:
        return tuple(f"{cut}|format-{form}" for form in self.formats for cut in self.cuts)


# Cut around the focal point, 16:10, for a phone or a list, and for a large or a sharp screen.
CROPPED = ("fill-480x300", "fill-960x600")
WHOLE = ("max-640x960", "max-1280x1920")
PLACES = {
    "card": Place(CROPPED, "(min-width: 60rem) 18rem, (min-width: 36rem) 45vw, 92vw"),
    "entry": Place(CROPPED, "(min-width: 40rem) 12rem, min(22rem, 92vw)"),
    "hero": Place(CROPPED, "(min-width: 74rem) 34rem, (min-width: 56rem) 46vw, 92vw"),
    "cover": Place(CROPPED, "(min-width: 48rem) 44rem, 92vw"),
    "thumb": Place(CROPPED, "(min-width: 60rem) 12rem, 45vw"),
    "body": Place(WHOLE, "(min-width: 48rem) 40rem, 92vw"),
    "map": Place(WHOLE, "(min-width: 60rem) 60rem, 92vw"),
    "share": Place(("fill-1200x630",), "", ("jpeg",)),
}
ALL = tuple(dict.fromkeys(spec for place in PLACES.values() for spec in place.specs))


def show(image: Any, place: str, *, first: bool = False, **attributes: Any) -> SafeString:
    """Return a `<picture>` for a place. first: it is among the first things seen, so it is fetched at once.

    `alt` is the image's own unless given; width and height are always there, so that nothing moves when it comes.
    """
    wanted = PLACES[place]
    found = _found(image, wanted.specs)
    if len(found) < len(wanted.specs):
        ask_for(image)
    smallest = wanted.specs[-len(wanted.cuts)]
    if smallest not in found:
        found[smallest] = image.get_rendition(smallest)
    renditions = {spec: found[spec] for spec in _distinct(found, wanted)}
    loading = {"fetchpriority": "high"} if first else {"loading": "lazy", "decoding": "async"}
    return mark_safe(Picture(renditions, {"sizes": wanted.sizes, **loading, **attributes}).__html__())  # noqa: S308


def link_to(image: Any, place: str) -> str:
    """Return the address of a picture at its largest for a place, as any browser shows it."""
    found = _found(image, PLACES[place].specs)
    drawn = (found.get(f"{cut}|format-jpeg") for cut in reversed(PLACES[place].cuts))
    return next((rendition.url for rendition in drawn if rendition), image.file.url)


def _found(image: Any, specs: Iterable[str]) -> dict[str, Any]:
    existing = image.find_existing_renditions(*(Filter(spec=spec) for spec in specs))
    return {found.spec: rendition for found, rendition in existing.items()}


def _distinct(found: dict[str, Any], place: Place) -> list[str]:
    """Return the specs to offer, in order: of a small original, the larger cut is the same as the smaller."""
    chosen: dict[tuple[str, int], str] = {}
    for form in place.formats:
        for cut in place.cuts:
            if rendition := found.get(f"{cut}|format-{form}"):
                chosen.setdefault((form, rendition.width), rendition.filter_spec)
    return list(chosen.values())


def draw(image: Any) -> int:
    """Draw what is missing of a picture for every place; return how many cuts that were."""
    missing = [spec for spec in ALL if spec not in _found(image, ALL)]
    if missing:
        image.get_renditions(*missing)
    return len(missing)


def ask_for(image: Any) -> None:
    """Have a picture drawn in the background, if that was not asked a moment ago."""
    if settings.DRAW_PICTURES_AHEAD and cache.add(f"picture-asked-{image.pk}", 1, ASKED_SECONDS):
        draw_ahead.enqueue(image.pk)


@task(priority=-10)  # people wait for imports
def draw_ahead(pk: int) -> None:
    """Draw a picture for every place, and say so when pages may have shown less."""
    image = get_image_model().objects.filter(pk=pk).first()
    if image and draw(image):
        pictures_drawn.send(sender=type(image), image=image)


def draw_when_saved(instance: Any, *, raw: bool = False, **kwargs: Any) -> None:
    """Receiver of `post_save`: a new picture, another file or another focal point."""
    if settings.DRAW_PICTURES_AHEAD and not raw:
        transaction.on_commit(lambda: draw_ahead.enqueue(instance.pk))
