"""How staged values get into the register: the database reads them where they lie, in the JSON of the staged rows.

Nothing of a row passes through Python on its way, however many columns it has. The statements speak of a staged row as
`r` and of the register's row as `t`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from django.db import connection

from . import bulk
from .models import ImportRow
from .spans import WHERE, Span
from .values import RowShape

Source = Literal["data", "before"]  # the columns of a staged row that hold values


def value(shape: RowShape, at: int, source: Source = "data") -> str:
    """Return the SQL of one staged value, of the type that its column takes."""
    if connection.vendor == "postgresql":
        return f'(r."{source}" ->> {at})::{bulk.kind_of(shape.model, shape.names[at])}'
    return f"json_extract(r.\"{source}\", '$[{at}]')"


def row_meant(at: int) -> str:
    """Return the SQL of the number of the row of the file that a reference names; NULL for any other."""
    return (
        f"(r.data -> {at} ->> 'row')::integer"
        if connection.vendor == "postgresql"
        else f"json_extract(r.data, '$[{at}].row')"
    )


class Carrier:
    """The statements for one shape of row."""

    def __init__(self, shape: RowShape) -> None:
        self.shape = shape
        self.model = shape.model
        self.columns = bulk.columns_of(self.model, shape.names)
        self.key = bulk.columns_of(self.model, [self.model._meta.pk.name])[0]
        self.table, self.staged = bulk.table_of(self.model), bulk.table_of(ImportRow)

    def add(self, span: Span, born: Mapping[str, Any]) -> int:
        """Insert rows under the keys they were given (`ImportRow.target`). born: field → what every new row has there."""
        columns = [self.key, *self.columns, *bulk.columns_of(self.model, list(born))]
        values = ["r.target", *(value(self.shape, at) for at in range(len(self.columns))), *["%s"] * len(born)]
        return _execute(
            f"INSERT INTO {self.table} ({', '.join(columns)}) SELECT {', '.join(values)}"  # noqa: S608
            f" FROM {self.staged} r WHERE {WHERE} ORDER BY r.number",
            [*born.values(), *span.limits],
        )

    def differing(self, span: Span) -> list[int]:
        """Return the positions at which any row differs from what was there before."""
        most = "bool_or" if connection.vendor == "postgresql" else "max"
        flags = ", ".join(f"{most}({self.changed(at)})" for at in range(len(self.columns)))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {flags} FROM {self.staged} r WHERE {WHERE}", span.limits)  # noqa: S608
            return [at for at, differs in enumerate(cursor.fetchone()) if differs]

    def changed(self, at: int) -> str:
        """Return the condition that a staged row says something else than what was there before."""
        return _differ(value(self.shape, at, "before"), value(self.shape, at))

    def overwrite(self, span: Span, positions: Iterable[int], touched: Mapping[str, Any]) -> int:
        """Write the staged values at these positions over rows that are still as they were; return how many were.

        touched: field → what every row gets there that is written.
        """
        sets = [f"{self.columns[at]} = {value(self.shape, at)}" for at in positions]
        sets += [f"{column} = %s" for column in bulk.columns_of(self.model, list(touched))]
        return _execute(
            f"UPDATE {self.table} AS t SET {', '.join(sets)} FROM {self.staged} AS r"  # noqa: S608
            f" WHERE t.{self.key} = r.target AND {WHERE} AND NOT ({self._moved('before')})",
            [*touched.values(), *span.limits],
        )

    def _moved(self, source: Source) -> str:
        """Return the condition that somebody changed the register's row in what people see and edit."""
        return " OR ".join(_differ(f"t.{self.columns[at]}", value(self.shape, at, source)) for at in self.shape.edited)


def _differ(one: str, other: str) -> str:
    return f"{one} {'IS DISTINCT FROM' if connection.vendor == 'postgresql' else 'IS NOT'} {other}"


def _execute(sql: str, parameters: Sequence[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)
