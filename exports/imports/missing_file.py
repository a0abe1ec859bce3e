"""The records that a file lacks, as a workbook to look into and to send back to whoever keeps the file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO, Any

from exports.files.writers.table import write_table

from .models import ImportJob, ImportRow
from .selectors import Texts
from .values import RowShape

Action = ImportRow.Action
_CHUNK = 2_000


def write_missing(job: ImportJob, *, personal: bool) -> IO[bytes]:
    """Return an open .xlsx of the missing records, with all columns of the register that the reader may see."""
    register = job.register
    columns = [column for column in register if column.importable and not column.name]
    columns = [column for column in columns if personal or not column.personal]
    headers = [register.header(column) for column in columns]
    shape = RowShape(register.model, job.fields)
    places = [(shape.position[c.field], shape.position[c.upper] if c.upper else None) for c in columns]

    def rows() -> Iterator[list[str]]:
        missing = job.rows.filter(action__in=(Action.MISSING, Action.RETIRED)).order_by("action", "number")
        last = -1
        while chunk := list(missing.filter(number__gt=last)[:_CHUNK]):
            last = chunk[-1].number
            texts = Texts(job, shape, chunk)
            for row in chunk:
                yield [texts.text(at, row.before or [], upper) for at, upper in places]

    target: Any = tempfile.TemporaryFile(prefix="xinghui-missing-")  # noqa: SIM115 - the answer closes it
    write_table(target, "xlsx", headers, rows(), text=headers, title=str(register.verbose_name_plural))
    target.seek(0)
    return target
