"""Wagtail's history of each record: which import, row of which file and person a value came from."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.utils import timezone

from content.core.models import RegisterLogEntry

from . import bulk
from .carrying import value
from .models import ImportJob, ImportRow
from .spans import WHERE, Span
from .values import RowShape

DRAFT = "imports.draft"  # a pending draft says otherwise than the import, in the fields named
CREATED, CHANGED, RESTORED, REMOVED = "imports.create", "imports.change", "imports.restore", "imports.remove"
RETIRED, REINSTATED = "imports.retire", "imports.reinstate"
_NAMES = (
    "content_type",
    "object_id",
    "division_code",
    "label",
    "action",
    "data",
    "timestamp",
    "uuid",
    "user",
    "content_changed",
    "deleted",
)


class Journal:
    """Writes log entries for many rows of one model with one statement a chunk."""

    def __init__(self, job: ImportJob, model: type[models.Model], *, user: Any = None) -> None:
        self.job = job
        self.user_id = user.pk if user else job.user_id
        self.content_type = ContentType.objects.get_for_model(model, for_concrete_model=False).pk
        self.stamp = connection.ops.adapt_datetimefield_value(timezone.now())
        self.uuid = uuid.uuid4().hex
        self._file = json.dumps(job.original_name, ensure_ascii=False)
        self._sheets = {part["name"]: json.dumps(part["name"], ensure_ascii=False) for part in job.sheets}

    def _data(self, number: int, fields: Sequence[str]) -> str:
        """Return what an entry says: import, row, file; the sheet, where several were read; the fields that changed."""
        sheet, row = self.job.place(number) if len(self._sheets) > 1 else ("", number)
        said = f'"import": {self.job.pk}, "row": {row}, "file": {self._file}'
        if sheet:
            said += f', "sheet": {self._sheets[sheet]}'
        if fields:
            said += ', "fields": ["' + '", "'.join(fields) + '"]'
        return f"{{{said}}}"

    def write_span(self, action: str, span: Span, shape: RowShape, changed: Mapping[str, str] = {}) -> None:
        """Log an action on the rows of a span. changed: field → the condition (SQL) that a row changed it."""
        data, parameters = self._data_of(changed)
        values = {
            "object_id": "CAST(r.target AS text)",
            "division_code": value(shape, shape.position["division"]),
            "label": "r.key",
            "data": data,
        }
        given = {
            "content_type": self.content_type,
            "action": action,
            "timestamp": self.stamp,
            "uuid": self.uuid,
            "user": self.user_id,
            "content_changed": True,
            "deleted": False,
        }
        into = ", ".join(bulk.columns_of(RegisterLogEntry, [*values, *given]))
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {bulk.table_of(RegisterLogEntry)} ({into})"  # noqa: S608
                f" SELECT {', '.join([*values.values(), *['%s'] * len(given)])}"
                f" FROM {bulk.table_of(ImportRow)} r WHERE {WHERE} ORDER BY r.number",
                [*parameters, *given.values(), *span.limits],
            )

    def _data_of(self, changed: Mapping[str, str]) -> tuple[str, list[Any]]:
        """Return `_data` as SQL of a staged row, and its parameters."""
        fields = " || ".join(
            f"CASE WHEN {condition} THEN ', \"{name}\"' ELSE '' END" for name, condition in changed.items()
        )
        end = f"', \"fields\": [' || substr({fields}, 3) || ']}}'" if changed else "'}'"
        sheets = [(part["offset"], f', "sheet": {self._sheets[part["name"]]}') for part in reversed(self.job.sheets)]
        cases, parameters = [], []
        for offset, sheet in sheets if len(sheets) > 1 else [(0, "")]:
            cases.append(
                f"WHEN r.number > {offset:d} THEN CAST(%s AS text) || (r.number - {offset:d}) || CAST(%s AS text)"
            )
            parameters += [f'{{"import": {self.job.pk}, "row": ', f', "file": {self._file}{sheet}']
        said = f"CASE {' '.join(cases)} END || {end}"
        kind = "jsonb" if connection.vendor == "postgresql" else "text"
        return f"CAST({said} AS {kind})", parameters

    def write(self, action: str, entries: Iterable[tuple[Any, ...]]) -> None:
        """Log an action on rows given as (primary key, label, row number in the file, division code), and where an
        existing row was changed, the names of the fields that were.

        The division narrows who reads the entry, as it narrows who sees the row.
        """
        bulk.insert(
            RegisterLogEntry,
            _NAMES,
            (
                (
                    self.content_type,
                    str(pk),
                    division,
                    label,
                    action,
                    self._data(number, fields[0] if fields else ()),
                    self.stamp,
                    self.uuid,
                    self.user_id,
                    True,
                    action == REMOVED,
                )
                for pk, label, number, division, *fields in entries
            ),
        )
