"""Which events change what the public sees."""

from functools import cache
from typing import Any

from django.apps import apps
from django.core.signals import request_finished, request_started
from django.db.models import Model
from django.db.models.signals import post_delete, post_migrate, post_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from content.core.models import Division, RegisterRow
from content.core.register import get_register, registers
from content.core.row_pictures import RowPicture
from content.core.signals import pictures_drawn, register_rows_changed

from . import versions
from .versions import SITE, raise_once, raise_version


def watch() -> None:
    request_started.connect(versions.begin_request, dispatch_uid="delivery")
    request_finished.connect(versions.end_request, dispatch_uid="delivery")
    for signal in (page_published, page_unpublished, post_page_move, register_rows_changed, pictures_drawn):
        signal.connect(_changed, dispatch_uid="delivery")
    for model in _watched():
        post_save.connect(_changed, sender=model, dispatch_uid="delivery")
        post_delete.connect(_changed, sender=model, dispatch_uid="delivery")
    # An upgrade may have changed the templates.
    post_migrate.connect(_upgraded, sender=apps.get_app_config("delivery"), dispatch_uid="delivery")


def _watched() -> list[type[Model]]:
    """Return the models each of whose rows may stand on a public page. Pages are told by being published instead."""
    kinds = (RegisterRow, RowPicture, Division, Site, PageViewRestriction, get_image_model(), get_document_model())
    found = [model for model in apps.get_models() if issubclass(model, kinds)]
    settings = [model for model in apps.get_app_config("pages").get_models() if not issubclass(model, Page)]
    return found + settings


def _changed(sender: Any = None, **kwargs: Any) -> None:
    if kwargs.get("raw"):  # a fixture being loaded
        return
    raise_once(*(register.slug for register in registers() if sender in _shown(register.slug)))


@cache
def _shown(slug: str) -> frozenset[Any]:
    """Return the models that a register's list shows: its own, divisions, and those that its rows refer to in public."""
    register = get_register(slug)
    related = [register.model_field(column).related_model for column in register.public_columns]
    if register.pictures:
        related += [register.model._meta.get_field(register.pictures).related_model, get_image_model()]
    return frozenset((register.model, Division, *related)) - {None}


def _upgraded(**kwargs: Any) -> None:
    for register in (SITE, *(register.slug for register in registers())):
        raise_version(register)
