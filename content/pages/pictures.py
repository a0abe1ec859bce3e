"""Which sizes pictures are cut to, and how lists fetch them in one query."""

from typing import Any

from django.db.models import Prefetch
from wagtail.images import get_image_model
from wagtail.images.models import Filter

# Templates name the same sizes in their picture tags.
ENTRY_PICTURE = "fill-480x300|format-{avif,webp,jpeg}"
HEADLINE_PICTURE = "fill-960x600|format-{avif,webp,jpeg}"


def pictures(field: str, *sizes: str) -> Prefetch:
    """Prefetch a page's picture with its renditions, so that a list of any length costs two queries.

    Name every size that the template shows: Wagtail takes a size that was not fetched for one that was never cut.
    """
    specs: list[Any] = [spec for size in sizes for spec in Filter.expand_spec(size)]
    return Prefetch(field, queryset=get_image_model().objects.prefetch_renditions(*specs))
