"""What `save()` would have done for each row, once for all: search index, reference index, one signal."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from modelsearch.index import class_is_indexed
from wagtail.models import ReferenceIndex

from content.core.signals import register_rows_changed
from content.search.services import index_rows

from . import bulk
from .models import ImportJob, ImportRow
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


def refresh(job: ImportJob) -> None:
    """Bring everything that is derived from the register up to date with a job. Safe to repeat."""
    model = job.register.model
    changed: list[int] = []
    deleted: list[int] = []
    for pks in _targets(job):
        there = set(model._default_manager.filter(pk__in=pks).values_list("pk", flat=True))
        with transaction.atomic():
            if class_is_indexed(model):
                index_rows(model, pks)
            _references(model, pks)
        changed += sorted(there)
        deleted += sorted(set(pks) - there)
    if changed or deleted:
        register_rows_changed.send(sender=model, register=job.register, changed=changed, deleted=deleted)
    ImportJob.objects.filter(pk=job.pk).update(refreshed=True)
    job.refreshed = True


def _targets(job: ImportJob) -> Iterator[list[int]]:
    actions = (ImportRow.Action.NEW, ImportRow.Action.CHANGED)
    rows = job.rows.filter(action__in=actions).exclude(target=None).order_by("pk")
    last = 0
    while chunk := list(rows.filter(pk__gt=last).values_list("pk", "target")[:CHUNK]):
        last = chunk[-1][0]
        yield [target for _pk, target in chunk if target]


def _references(model: type[models.Model], pks: list[int]) -> None:
    """Renew the reference index. Registers refer by foreign keys only, so no instance is needed to find them."""
    if not ReferenceIndex.is_indexed(model):
        return
    own = ContentType.objects.get_for_model(model).pk
    base = ReferenceIndex._get_base_content_type(model).pk
    ReferenceIndex.objects.filter(base_content_type=base, object_id__in=list(map(str, pks)))._raw_delete("default")
    for field in model._meta.concrete_fields:
        if not field.is_relation or getattr(field, "wagtail_reference_index_ignore", False):
            continue
        to = ReferenceIndex._get_base_content_type(field.related_model).pk
        path, digest = field.name, ReferenceIndex._get_content_path_hash(field.name).hex
        rows = model._default_manager.filter(pk__in=pks).exclude(**{field.attname: None})
        references = rows.order_by().values_list("pk", field.attname)
        bulk.insert(
            ReferenceIndex,
            _REFERENCE,
            ((own, base, str(pk), to, str(other), path, path, digest) for pk, other in list(references)),
        )
