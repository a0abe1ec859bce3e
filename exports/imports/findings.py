"""What the check of a whole file found, by kind: for filters, counts and fixes of many cells at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, When

from content.core.among import among

from . import bulk
from .models import ImportFinding, ImportJob, ImportRow
from .sent import text_of

Action = ImportRow.Action
GROUPS = 30  # fixes offered at once; the others follow when these are done
WARNING = "warning"
ABOUT_ROWS = ("similar", "similar_in_file")  # their suggestion concerns the whole row, so its cell is no fix
_NAMES = ("job", "number", "severity", "code", "column", "value", "suggestion")
Problems = tuple[int, list[Any], list[dict[str, Any]]]
"""Row number, the row's cells, its problems."""


def keep(job: ImportJob, rows: Iterable[Problems]) -> None:
    """Keep the problems of rows as findings. Rows that are set aside have none."""
    places = Places(job)
    bulk.insert(ImportFinding, _NAMES, (entry for row in rows for entry in _entries(job, places, *row)))


def renew(job: ImportJob, rows: Iterable[Problems]) -> None:
    """Keep the problems of rows in place of what was found in these rows before."""
    rows = list(rows)
    numbers = [row[0] for row in rows]
    for start in range(0, len(numbers), 2_000):
        job.found.filter(number__in=among(numbers[start : start + 2_000])).delete()
    keep(job, rows)


def _entries(
    job: ImportJob, places: Places, number: int, raw: list[Any], problems: list[dict[str, Any]]
) -> Iterator[tuple[Any, ...]]:
    for problem in problems:
        index = places.index(problem)
        value = problem["value"]
        if index is None or cell_text(raw, index)[:200] != value:
            value = ""
        yield (job.pk, number, problem["severity"], problem["code"], index, _plain(value),
               _plain(problem["suggestion"] or ""))  # fmt: skip


def _plain(text: str) -> str:
    return text.replace("\0", "")  # PostgreSQL takes no NUL in a text


def summarise(job: ImportJob) -> dict[str, Any]:
    """Return `ImportJob.findings`, counted by the database.

    kinds: {code, severity, rows, suggestions} of each kind, most frequent first. groups: cells that hold the same wrong
    value, {code, severity, column (header), index, value, suggestion, count}. warnings: rows that can be written, but
    should be looked at, but for kinds that were accepted.
    """
    placed = Case(When(~Q(suggestion="") & Q(column__isnull=False), then=1), output_field=IntegerField())
    kinds = (
        job.found.values("severity", "code")
        .annotate(rows=Count("number", distinct=True), suggestions=Count(placed))
        .order_by("-rows", "severity", "code")
    )
    cells = job.found.filter(column__isnull=False).exclude(value="").exclude(code__in=ABOUT_ROWS)
    names = ("severity", "code", "column", "value", "suggestion")
    groups = cells.values(*names).annotate(count=Count("pk")).order_by("-count", *names)[:GROUPS]
    headers = {column["index"]: column["header"] for column in job.columns}
    return {
        "warnings": unseen(job).values("number").distinct().count(),
        "kinds": [dict(kind) for kind in kinds],
        "groups": [{**group, "index": group["column"], "column": headers[group["column"]]} for group in groups],
    }


def unseen(job: ImportJob) -> QuerySet[ImportFinding]:
    """Return the warnings of kinds that nobody has accepted."""
    return job.found.filter(severity=WARNING).exclude(code__in=list(job.accepted))


class Places:
    """Finds the column of the file in which a problem stands."""

    def __init__(self, job: ImportJob) -> None:
        by_key = job.register.by_key
        self._exact = {(c["header"], by_key[c["key"]].field): c["index"] for c in reversed(job.columns) if c["key"]}
        self._field = {by_key[c["key"]].field: c["index"] for c in reversed(job.columns) if c["key"]}

    def index(self, problem: dict[str, Any]) -> int | None:
        """Return the index of the column; None for a problem of the row, or of a column that the file lacks."""
        found = self._exact.get((problem["column"], problem["field"]))
        return found if found is not None else self._field.get(problem["field"])


def cell_text(raw: list[Any], index: int) -> str:
    return text_of(raw[index]) if index < len(raw) else ""


def warning_kinds(job: ImportJob) -> list[dict[str, Any]]:
    """Return the kinds of warnings that nobody has accepted yet."""
    kinds = job.findings.get("kinds", [])
    return [kind for kind in kinds if kind["severity"] == WARNING and kind["code"] not in job.accepted]


def rows_numbered(job: ImportJob, numbers: Any) -> QuerySet[ImportRow]:
    """Return rows by their number in the file. All actions are named, so that the index of pages serves."""
    return job.rows.filter(action__in=Action.values, number__in=numbers)
