"""Puts the drawn pictures into Wagtail, each with its alternative text, and gives the bases theirs."""

from __future__ import annotations

from itertools import cycle
from typing import Any

from django.core.files.images import ImageFile
from django.db import transaction
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Collection

from content.core.models import User
from content.registers.bases import Base

from . import make_pictures

COLLECTION = "示例插画"


def ensure_pictures(*, user: User) -> tuple[dict[str, Any], int]:
    """Upload the pictures that are missing. Return all by name, and how many were new."""
    collection = Collection.objects.filter(name=COLLECTION).first()
    if collection is None:
        collection = Collection.get_first_root_node().add_child(name=COLLECTION)
    known = {image.title: image for image in get_image_model().objects.filter(collection=collection)}
    found, new = {}, 0
    for name, alt in make_pictures.alternatives().items():
        title = f"{COLLECTION} {name}"
        if title not in known:
            known[title] = _upload(name, title, alt, collection, user)
            new += 1
        found[name] = known[title]
    return found, new


def _upload(name: str, title: str, alt: str, collection: Collection, user: User) -> Any:
    path = make_pictures.FOLDER / f"{name}.jpg"
    with path.open("rb") as file:
        image = get_image_model()(
            title=title, description=alt, collection=collection, uploaded_by_user=user, file=ImageFile(file, path.name)
        )
        image.save()
    log(instance=image, action="wagtail.create", user=user)
    return image


@transaction.atomic
def give_bases_pictures(pictures: dict[str, Any], *, user: User) -> int:
    """Give each base without a picture one of its kind, in turn; return how many got one."""
    turns = {kind: cycle(make_pictures.names_of(kind)) for kind in make_pictures.BASES}
    count = 0
    for base in Base.objects.filter(photo=None, kind__in=turns).order_by("pk"):
        base.photo = pictures[next(turns[base.kind])]
        base.save()
        log(instance=base, action="wagtail.edit", user=user)
        count += 1
    return count
