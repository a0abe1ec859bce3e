"""The rows of a register as the public may see them, with what showing them needs already fetched."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db.models import Prefetch, QuerySet
from wagtail.images import get_image_model

from content.core.models import RegisterRow
from content.core.pictures import PLACES
from content.core.register import Register

# A rendition that is not among those fetched ahead is taken to be missing.
CARD_RENDITIONS = PLACES["card"].specs


def public_rows(register: Register, *, renditions: tuple[str, ...] = CARD_RENDITIONS) -> QuerySet[Any]:
    """Return the published rows. A reference to a row that is not published itself reads as none.

    renditions: of each picture, fetched ahead for a list; none for one row's page, which asks for its own sizes.
    One query a reference, whatever the number of rows.
    """
    return _rows(register.model, renditions).all()


@lru_cache
def _rows(model: type[Any], renditions: tuple[str, ...]) -> QuerySet[Any]:
    """Prepared once, and never read itself."""
    register: Register = model.register
    queryset = register.public_rows().defer("search_text")
    for name in dict.fromkeys(column.field for column in register.public_columns):
        other = register.model._meta.get_field(name).related_model
        if isinstance(other, type) and issubclass(other, RegisterRow):
            queryset = queryset.prefetch_related(Prefetch(name, other.register.public_rows().defer("search_text")))
        elif other is get_image_model():
            pictures = other._default_manager.all()
            if renditions:
                pictures = pictures.prefetch_renditions(*renditions)
            queryset = queryset.prefetch_related(Prefetch(name, pictures))
    return queryset
