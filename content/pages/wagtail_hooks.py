"""What the pages add to the back office."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from .choosers import COMPETITION_CHOOSER


@hooks.register("register_admin_viewset")
def competition_chooser() -> ViewSet:
    return COMPETITION_CHOOSER
