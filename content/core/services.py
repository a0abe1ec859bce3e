"""Verbs of the foundation."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from modelsearch import index

from . import divisions
from .models import Division
from .register import registers

SHIPPED = Path(__file__).parent / "data" / "divisions.csv"


def load_divisions(*, file: Path = SHIPPED, model: type[Division] = Division) -> int:
    """Write the divisions of a CSV file (code,name) into the database and return how many it held.

    Existing codes get the file's name; codes that the file lacks stay, since old rows may point at them.
    `model` is the historical model when a migration calls.
    """
    with file.open(encoding="utf-8", newline="") as source:
        names = {row["code"]: row["name"] for row in csv.DictReader(source)}
    known = set(names) | set(model._default_manager.values_list("code", flat=True))
    full: dict[str, str] = dict(model._default_manager.values_list("code", "full_name"))
    rows = []
    for code in sorted(names, key=lambda code: (len(code), code)):
        parent = divisions.parent_code(code, known)
        full[code] = (full[parent] if parent else "") + names[code]
        rows.append(
            model(
                code=code,
                name=names[code],
                full_name=full[code],
                level=divisions.level(code),
                parent_id=parent,
            )
        )
    _upsert(model, rows)
    divisions.names.forget()
    return len(rows)


def refresh_rows(*, division: Division) -> int:
    """Write anew what register rows derive from the division's name, such as their search text; return how many.

    For a division that was renamed. The rows' own values, dates of change and log stay as they are.
    """
    count = 0
    for register in registers():
        rows = register.model._default_manager.filter(divisions.within([division.pk]))
        row: Any
        for row in rows.iterator(chunk_size=500):
            row.prepare()
            type(row)._default_manager.filter(pk=row.pk).update(search_text=row.search_text)
            index.insert_or_update_object(row)
            count += 1
    return count


def _upsert(model: type[Division], rows: Iterable[Division]) -> None:
    model._default_manager.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "full_name", "level", "parent", "changed_at"],
        batch_size=500,
    )
