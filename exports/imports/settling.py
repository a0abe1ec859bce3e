"""What only a commit can know of a row: its key, the code that the register gives it, the keys of rows that it names."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import F, Max, Min
from django.utils.translation import gettext as _

from content.core.among import among
from content.core.numbering import CodeNumbers

from . import bulk
from .carrying import row_meant, value
from .models import ImportJob, ImportRow
from .spans import WHERE, Span
from .values import RowShape

Action = ImportRow.Action
Open = tuple[Any, ...]
"""Key of a staged row, number, division, whether it lacks a code; for each link, the number of the row that it names."""


class Settler:
    """Completes the staged rows of one job in place. Hold the register's lock."""

    def __init__(self, job: ImportJob, shape: RowShape) -> None:
        self.job = job
        self.shape = shape
        self.numbers = CodeNumbers(job.register)
        self.code = shape.position.get("code") if job.register.code_prefix else None
        self.links = [
            at for at, field in enumerate(shape.fields) if field.is_relation and field.related_model is shape.model
        ]
        # Rows of the file may refer to one another, so all new ones know their key beforehand: this and their number.
        self.born_after = self._reserve()

    def settle(self, span: Span) -> None:
        """Fill in what the rows left open, and set aside those that name a row which is not written."""
        gives = self.code is not None and span.action == Action.NEW
        if gives or self.links:
            self._write(list(self._settled(self._open(span, gives))))
        if span.action == Action.NEW:
            span.rows.filter(target=None).update(target=self.born_after + F("number"))

    def _reserve(self) -> int:
        ends = self.job.rows.filter(action=Action.NEW).aggregate(first=Min("number"), last=Max("number"))
        if ends["first"] is None:
            return 0
        return bulk.reserve(self.shape.model, ends["last"] - ends["first"] + 1) - int(ends["first"])

    def _open(self, span: Span, gives: bool) -> list[Open]:
        """Return the rows that lack something; `gives`: a code counts."""
        lacks = f"COALESCE({value(self.shape, self.code)}, '') = ''" if gives and self.code is not None else "1 = 0"
        named = [row_meant(at) for at in self.links]
        columns = ", ".join(["r.id", "r.number", value(self.shape, self.shape.position["division"]), lacks, *named])
        conditions = " OR ".join([lacks, *(f"{number} IS NOT NULL" for number in named)])
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {columns} FROM {bulk.table_of(ImportRow)} r WHERE {WHERE} AND ({conditions}) ORDER BY r.number",  # noqa: S608
                span.limits,
            )
            return cursor.fetchall()

    def _settled(self, rows: list[Open]) -> Iterator[Sequence[Any]]:
        """Yield what to write: code, keys that the links mean (each None where it stays), key of the staged row."""
        pks = self._pks({number for row in rows for number in row[4:] if number is not None})
        for pk, _number, division, lacks, *named in rows:
            if any(number is not None and number not in pks for number in named):
                self._refuse(pk)
                continue
            code = [] if self.code is None else [self.numbers.next(division) if lacks else None]
            yield (*code, *(pks.get(number) for number in named), pk)

    def _pks(self, numbers: set[int]) -> dict[int, int]:
        """Return row number → primary key of those of the rows that are there or will be."""
        if not numbers:
            return {}
        written = (Action.NEW, Action.CHANGED, Action.UNCHANGED)
        rows = self.job.rows.filter(action__in=written, number__in=among(list(numbers)))
        return {number: pk or self.born_after + number for number, pk in rows.values_list("number", "target")}

    def _refuse(self, pk: int) -> None:
        row = ImportRow.objects.get(pk=pk)
        message = _("The row it refers to has errors and is not written.")
        row.problems.append(
            {"field": "", "column": "", "value": "", "code": "reference_failed", "message": message,
             "severity": "error", "suggestion": None}
        )  # fmt: skip
        self.job.counts[row.action] -= 1
        self.job.counts[Action.ERROR] += 1
        row.action = Action.ERROR
        row.save(update_fields=["action", "problems"])

    def _write(self, rows: list[Sequence[Any]]) -> None:
        """Put values into the JSON of the rows, and give those a key that have none."""
        if not rows:
            return
        table = bulk.table_of(ImportRow)
        places = [*([] if self.code is None else [self.code]), *self.links]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                data = "r.data"
                for nth, at in enumerate(places):
                    data = f"jsonb_set({data}, '{{{at}}}', COALESCE(to_jsonb(v{nth}), r.data -> {at}))"
                kinds = [*("text" if at == self.code else "bigint" for at in places), "bigint"]
                given = ", ".join(f"(v ->> {nth})::{kind} AS v{nth}" for nth, kind in enumerate(kinds))
                # Of an array PostgreSQL knows the length, and would rather read the whole table than so many of its rows.
                cursor.execute(
                    f"UPDATE {table} r SET target = COALESCE(r.target, r.number + %s), data = {data}"  # noqa: S608
                    f" FROM (SELECT {given} FROM json_array_elements(%s::json) v) given WHERE r.id = v{len(places)}",
                    [self.born_after, json.dumps(rows)],
                )
            else:
                sets = ", ".join(f"'$[{at}]', COALESCE(%s, json_extract(data, '$[{at}]'))" for at in places)
                cursor.executemany(
                    f"UPDATE {table} SET target = COALESCE(target, number + {self.born_after}),"  # noqa: S608
                    f" data = json_set(data, {sets}) WHERE id = %s",
                    rows,
                )
