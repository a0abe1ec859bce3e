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
    table, columns = _table(model), ", ".join(_columns(model, names))
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
    (key,) = _columns(model, [model._meta.pk.name])
    columns, table = _columns(model, names), _table(model)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # One statement for many rows: a statement a row takes the client ten times as long.
            kinds = [_kind(model, name) for name in (*names, model._meta.pk.name)]
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


def _kind(model: type[models.Model], name: str) -> str:
    """Return the type that a text becomes before it is assigned; a cast to varchar(n) would cut it in silence."""
    kind = model._meta.get_field(name).cast_db_type(connection) or "text"  # type: ignore[union-attr]
    return "text" if kind.startswith("varchar") else kind


def reserve(model: type[models.Model], count: int) -> list[int]:
    """Return primary keys that nobody else will use. The caller holds the register's lock."""
    if not count:
        return []
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [f'"{table}"', key, count]
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or [0])[0]
        return list(range(last + 1, last + 1 + count))


def reserve_run(model: type[models.Model], count: int) -> int:
    """Return the first of `count` primary keys in a row that nobody else will use. The caller holds the register's lock."""
    if connection.vendor != "postgresql":
        return reserve(model, 1)[0]
    table, key = model._meta.db_table, model._meta.pk.column
    for _turn in range(_TURNS):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT min(pk), max(pk) FROM (SELECT nextval(pg_get_serial_sequence(%s, %s)) AS pk"
                " FROM generate_series(1, %s)) taken",
                [f'"{table}"', key, count],
            )
            first, last = cursor.fetchone()
        if last - first + 1 == count:  # else somebody saved a row meanwhile
            return int(first)
    raise OperationalError(f"no {count} keys in a row were free in {table}")


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _columns(model: type[models.Model], names: Sequence[str]) -> list[str]:
    return [connection.ops.quote_name(model._meta.get_field(name).column) for name in names]  # type: ignore[union-attr, arg-type]
