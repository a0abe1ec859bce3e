"""`{% placed photo "card" alt="" class="card__picture" first=eager %}`: a picture in all its sizes and formats."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from content.core.pictures import link_to, show

register = template.Library()


@register.simple_tag
def placed(image: Any, place: str, *, first: bool = False, **attributes: Any) -> SafeString:
    """Return the `<picture>` of an image for a place of `content.core.pictures.PLACES`."""
    return show(image, place, first=bool(first), **attributes)


@register.simple_tag
def picture_link(image: Any, place: str) -> str:
    """Return the address of an image at its largest for a place."""
    return link_to(image, place)
