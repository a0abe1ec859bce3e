"""Many rows in one statement, below the ORM: `executemany` on SQLite, COPY on PostgreSQL.

Values are plain: str, int, bool, None, and what the database parses from text (dates and decimals as ISO strings).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import OperationalError, connection, models

Rows = Iterable[Sequence[Any]]
_PER_STATEMENT = 2_000
_TURNS = 20


def insert(model: type[models.Model], names: Sequence[str], rows: Rows) -> None:
    """Insert rows given as sequences in the order of the field names `names`."""
    table, columns = table_of(model), ", ".join(columns_of(model, names))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Taken a part at a time: rows that are read from the database while a COPY is open would wait for ever.
            source = iter(rows)
            while some := list(islice(source, _PER_STATEMENT)):
                # COPY goes past Django's cursor, which else turns the driver's errors into Django's.
                with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in some:
                        copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(names))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # type: ignore[arg-type]  # noqa: S608


def update(model: type[models.Model], names: Sequence[str], rows: Rows) -> None:
    """Set the fields `names` of rows given as (values…, primary key)."""
    (key,) = columns_of(model, [model._meta.pk.name])
    columns, table = columns_of(model, names), table_of(model)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # One statement for many rows: a statement a row takes the client ten times as long.
            kinds = [kind_of(model, name) for name in (*names, model._meta.pk.name)]
            values = ", ".join(f"(v->>{at})::{kind} AS v{at}" for at, kind in enumerate(kinds))
            sets = ", ".join(f"{column} = v{at}" for at, column in enumerate(columns))
            sql = (
                f"UPDATE {table} SET {sets} FROM (SELECT {values} FROM json_array_elements(%s::json) v) given"  # noqa: S608
                f" WHERE {key} = v{len(columns)}"
            )
            source = iter(rows)
            while some := list(islice(source, _PER_STATEMENT)):
                cursor.execute(sql, [json.dumps(some, ensure_ascii=False, default=str)])
        else:
            sets = ", ".join(f"{column} = %s" for column in columns)
            cursor.executemany(f"UPDATE {table} SET {sets} WHERE {key} = %s", rows)  # type: ignore[arg-type]  # noqa: S608


def kind_of(model: type[models.Model], name: str) -> str:
    """Return the type that a text becomes before it is assigned; a cast to varchar(n) would cut it in silence."""
    kind = model._meta.get_field(name).cast_db_type(connection) or "text"  # type: ignore[union-attr]
    return "text" if kind.startswith("varchar") else kind


def reserve(model: type[models.Model], count: int) -> int:
    """Return the first of `count` primary keys in a row that nobody else will use. The caller holds the register's lock."""
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            return int((cursor.fetchone() or [0])[0]) + 1
        for _turn in range(_TURNS):
            cursor.execute(
                "SELECT min(pk), max(pk) FROM (SELECT nextval(pg_get_serial_sequence(%s, %s)) AS pk"
                " FROM generate_series(1, %s)) taken",
                [f'"{table}"', key, count],
            )
            first, last = cursor.fetchone()
            if last - first + 1 == count:  # else somebody saved a row meanwhile
                return int(first)
    raise OperationalError(f"no {count} keys in a row were free in {table}")


def table_of(model: type[models.Model]) -> str:
    """Return the name of the model's table as SQL writes it."""
    return connection.ops.quote_name(model._meta.db_table)


def columns_of(model: type[models.Model], names: Sequence[str]) -> list[str]:
    """Return the columns of fields as SQL writes them."""
    return [connection.ops.quote_name(model._meta.get_field(name).column) for name in names]  # type: ignore[union-attr, arg-type]
