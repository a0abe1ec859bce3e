"""What `save()` would have done for each row, once for all: search index, reference index, one signal."""

from __future__ import annotations

from array import array
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from wagtail.models import ReferenceIndex

from content.core.among import among, is_among
from content.core.signals import register_rows_changed
from content.search.entries import row_fields
from content.search.services import index_values, note_growth

from . import bulk
from .carrying import Carrier
from .models import WRITES, ImportJob, ImportRow
from .pauses import seldom_collected
from .spans import WHERE, Span, spans
from .values import RowShape

Action = ImportRow.Action

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
    renewal = _Renewal(job, job.register.model)
    for action in WRITES:
        for span in spans(job, action):
            renewal.renew(span)
    renewal.announce()
    ImportJob.objects.filter(pk=job.pk).update(refreshed=True)
    job.refreshed = True


class _Renewal:
    """Reads the rows of a span once, for both indexes; of changed rows those alone in which something indexed changed."""

    def __init__(self, job: ImportJob, model: Any) -> None:
        self.job = job
        self.model = model
        self.carrier = Carrier(RowShape(self.model, job.fields))
        indexed = ReferenceIndex.is_indexed(self.model)
        self.references = [field for field in self.model._meta.concrete_fields if indexed and _refers(field)]
        self.searched = row_fields(self.model)
        # A list would take five times the memory.
        self.there, self.gone = array("q"), array("q")
        self.written = 0

    def renew(self, span: Span) -> None:
        pks, touched = self._targets(span)
        names = (*self.searched, *(field.attname for field in self.references))
        rows = self._found(touched).values_list(*names) if touched else ()
        there = {row[0] for row in rows}
        rest = set(pks).difference(touched)
        there |= set(self._found(list(rest)).values_list("pk", flat=True)) if rest else set()
        gone = set(pks) - there
        with transaction.atomic():
            searched = len(self.searched)
            self.written += index_values(self.model, (row[:searched] for row in rows), [*touched, *gone])
            if self.references:
                _write_references(
                    self.model, self.references, [*touched, *gone], [(row[0], *row[searched:]) for row in rows]
                )
        self.there.extend(sorted(there))
        self.gone.extend(sorted(gone))

    def announce(self) -> None:
        note_growth(self.model, self.written)
        if self.there or self.gone:
            register_rows_changed.send(
                sender=self.model, register=self.job.register, changed=self.there, deleted=self.gone
            )

    def _targets(self, span: Span) -> tuple[list[int], list[int]]:
        """Return the keys of a span's rows, and of those among them that are to be indexed anew."""
        shape = self.carrier.shape
        indexed = {*self.searched, *(field.name for field in self.references)}.intersection(shape.names)
        changed = " OR ".join(self.carrier.changed(shape.position[name]) for name in sorted(indexed))
        touched = "1 = 1" if span.action == Action.NEW else changed
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT r.target, {touched} FROM {bulk.table_of(ImportRow)} r"  # noqa: S608
                f" WHERE {WHERE} AND r.target IS NOT NULL ORDER BY r.number",
                span.limits,
            )
            rows = cursor.fetchall()
        return [pk for pk, _touched in rows], [pk for pk, touched in rows if touched]

    def _found(self, pks: list[int]) -> Any:
        return self.model._default_manager.filter(pk__in=among(pks)).order_by()


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
