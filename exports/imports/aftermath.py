"""What `save()` would have done for each row, once for all: search index, reference index, one signal."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from modelsearch.index import class_is_indexed
from wagtail.models import ReferenceIndex

from content.core.among import among, is_among
from content.core.signals import register_rows_changed
from content.search.services import index_rows

from . import bulk
from .models import WRITES, ImportJob
from .pauses import seldom_collected
from .staging import CHUNK

_REFERENCE = (
    "content_type",
    "base_content_type",
    "object_id",
    "to_content_type",
    "to_object_id",
    "model_path",
    "content_path",
    "content_path_hash",
)


@seldom_collected()
def refresh(job: ImportJob) -> None:
    """Bring everything that is derived from the register up to date with a job. Safe to repeat."""
    model = job.register.model
    if class_is_indexed(model):
        index_rows(model, chain.from_iterable(_targets(job)))
    changed, deleted = array("q"), array("q")  # a list would take five times the memory
    for pks in _targets(job):
        there = _references(model, pks)
        changed.extend(sorted(there))
        deleted.extend(sorted(set(pks) - there))
    if changed or deleted:
        register_rows_changed.send(sender=model, register=job.register, changed=changed, deleted=deleted)
    ImportJob.objects.filter(pk=job.pk).update(refreshed=True)
    job.refreshed = True


def _targets(job: ImportJob) -> Iterator[list[int]]:
    for action in WRITES:
        rows = job.rows.filter(action=action).exclude(target=None).order_by("number")
        last = -1
        while chunk := list(rows.filter(number__gt=last).values_list("number", "target")[:CHUNK]):
            last = chunk[-1][0]
            yield [target for _number, target in chunk if target]


def _references(model: type[models.Model], pks: list[int]) -> set[int]:
    """Renew the reference index of rows and return those that are there. What has not changed is not written.

    Registers refer by foreign keys only, so no instance is needed to find them.
    """
    indexed = ReferenceIndex.is_indexed(model)
    fields = [field for field in model._meta.concrete_fields if indexed and _refers(field)]
    found = model._default_manager.filter(pk__in=among(pks)).order_by()
    rows = list(found.values_list("pk", *(field.attname for field in fields)))
    if indexed:
        _write_references(model, fields, pks, rows)
    return {row[0] for row in rows}


def _refers(field: models.Field[Any, Any]) -> bool:
    return field.is_relation and not getattr(field, "wagtail_reference_index_ignore", False)


def _write_references(
    model: type[models.Model], fields: list[models.Field[Any, Any]], pks: list[int], rows: list[tuple[Any, ...]]
) -> None:
    own = ContentType.objects.get_for_model(model).pk
    base = ReferenceIndex._get_base_content_type(model).pk
    wanted = {}
    for at, field in enumerate(fields, start=1):
        to = ReferenceIndex._get_base_content_type(field.related_model).pk
        path, digest = field.name, ReferenceIndex._get_content_path_hash(field.name).hex
        for row in rows:
            if row[at] is not None:
                key, other = str(row[0]), str(row[at])
                wanted[key, to, other, path] = (own, base, key, to, other, path, path, digest)
    these = is_among("object_id", list(map(str, pks)))
    known = ReferenceIndex.objects.filter(these, base_content_type=base).order_by()
    stale = [
        reference[0]
        for reference in known.values_list("pk", "object_id", "to_content_type", "to_object_id", "content_path")
        if wanted.pop(reference[1:], None) is None
    ]
    with transaction.atomic():
        if stale:
            ReferenceIndex.objects.filter(pk__in=among(stale))._raw_delete("default")
        bulk.insert(ReferenceIndex, _REFERENCE, wanted.values())
