"""Sets a page's PDF and draws its cover as soon as it is published, so that no reader waits for the typesetting."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django_tasks import task
from wagtail.models import Page

from . import compose
from .errors import NotPrintable
from .published import published_cover


@task(priority=-10)  # people wait for imports
def set_ahead(pk: int) -> None:
    """Set the PDF and cover of a page that is still live; one that cannot be set tells its reader so."""
    page = Page.objects.live().public().filter(pk=pk).specific().first()
    if page is None:
        return
    try:
        published_cover(page)
    except NotPrintable:
        return


def set_when_published(instance: Any, **kwargs: Any) -> None:
    """Receiver of `page_published`."""
    if settings.DRAW_PICTURES_AHEAD and compose.is_printable(instance):
        transaction.on_commit(lambda: set_ahead.enqueue(instance.pk))
