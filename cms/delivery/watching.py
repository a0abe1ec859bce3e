"""Which events change what the public sees."""

from typing import Any

from django.apps import apps
from django.db.models import Model
from django.db.models.signals import post_delete, post_migrate, post_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from content.core.models import Division, RegisterRow
from content.core.register import registers
from content.core.signals import pictures_drawn, register_rows_changed

from .versions import SITE, raise_once, raise_version


def watch() -> None:
    for signal in (page_published, page_unpublished, post_page_move, register_rows_changed, pictures_drawn):
        signal.connect(_changed, dispatch_uid="delivery")
    for model in _watched():
        post_save.connect(_changed, sender=model, dispatch_uid="delivery")
        post_delete.connect(_changed, sender=model, dispatch_uid="delivery")
    # An upgrade may have changed the templates.
    post_migrate.connect(_upgraded, sender=apps.get_app_config("delivery"), dispatch_uid="delivery")


def _watched() -> list[type[Model]]:
    """Return the models each of whose rows may stand on a public page. Pages are told by being published instead."""
    kinds = (RegisterRow, Division, Site, PageViewRestriction, get_image_model(), get_document_model())
    found = [model for model in apps.get_models() if issubclass(model, kinds)]
    settings = [model for model in apps.get_app_config("pages").get_models() if not issubclass(model, Page)]
    return found + settings


def _changed(sender: Any = None, **kwargs: Any) -> None:
    if kwargs.get("raw"):  # a fixture being loaded
        return
    every = sender is Division  # its name stands in the lists of all
    raise_once(*(register.slug for register in registers() if every or register.model is sender))


def _upgraded(**kwargs: Any) -> None:
    for register in (SITE, *(register.slug for register in registers())):
        raise_version(register)
