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
from content.registers.bases import Base, BasePicture

from . import make_pictures

COLLECTION = "示例插画"
SURROUNDINGS = {
    "homestay": "base-rural-1",
    "rural": "base-homestay-6",
    "town": "base-wellness-4",
    "red": "base-rural-3",
    "wellness": "base-town-1",
}
"""What lies around a base of each kind: a picture of another kind."""


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
    """Give each base without a picture one of its kind, in turn, and most of them three or four; return how many."""
    turns = {kind: cycle(make_pictures.names_of(kind)) for kind in make_pictures.BASES}
    count = 0
    for base in Base.objects.filter(photo=None, kind__in=turns).order_by("pk"):
        shown = [(next(turns[base.kind]), "基地外景")]
        if count % 3:
            shown += [(next(turns["room"]), "标准间"), (next(turns["dining"]), "职工餐厅")]
        if count % 3 == 1:
            shown.append((SURROUNDINGS[base.kind], "周边风光"))
        for place, (name, caption) in enumerate(shown):
            BasePicture.objects.create(base=base, image=pictures[name], caption=f"示例·{caption}", sort_order=place)
        log(instance=base, action="wagtail.edit", user=user)
        count += 1
    return count
