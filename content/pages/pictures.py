"""How lists of pages fetch their pictures, in two queries whatever their length."""

from django.db.models import Prefetch
from wagtail.images import get_image_model

from content.core.pictures import PLACES


def pictures(field: str, *places: str) -> Prefetch:
    """Prefetch a page's picture with its renditions for some places (content/core/pictures.py).

    Name every place that the template shows: Wagtail takes a cut that was not fetched for one that was never drawn.
    """
    specs = dict.fromkeys(spec for place in places for spec in PLACES[place].specs)
    return Prefetch(field, queryset=get_image_model().objects.prefetch_renditions(*specs))
