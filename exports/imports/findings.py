"""What the check of a whole file found, by kind: for filters, counts and fixes of many cells at once."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from .models import ImportJob, ImportRow

Action = ImportRow.Action
GROUPS = 30  # fixes offered at once; the others follow when these are done


def summarise(job: ImportJob) -> dict[str, Any]:
    """Return `ImportJob.findings`: one pass over the rows with problems.

    kinds: {code, severity, rows, suggestions} of each kind, most frequent first. groups: cells that hold the same wrong
    value, {code, severity, column (header), index, value, suggestion, count}. warnings: rows that can be written, but
    should be looked at, but for kinds that were accepted.
    """
    rows_of: Counter[tuple[str, str]] = Counter()
    suggestions: Counter[tuple[str, str]] = Counter()
    groups: Counter[tuple[str, str, int, str, str]] = Counter()
    warnings = 0
    places = Places(job)
    staged = job.rows.exclude(problems=[]).exclude(action=Action.SKIPPED)
    for raw, problems in staged.values_list("raw", "problems").iterator(chunk_size=2_000):
        rows_of.update({(problem["severity"], problem["code"]) for problem in problems})
        warnings += any(p["severity"] != "error" and p["code"] not in job.accepted for p in problems)
        for problem in problems:
            index = places.index(problem)
            if index is None:
                continue
            kind = problem["severity"], problem["code"]
            suggestions[kind] += bool(problem["suggestion"])
            if problem["value"] and cell_text(raw, index)[:200] == problem["value"]:
                groups[(*kind, index, problem["value"], problem["suggestion"] or "")] += 1
    headers = {column["index"]: column["header"] for column in job.columns}
    return {
        "warnings": warnings,
        "kinds": [
            {"severity": severity, "code": code, "rows": count, "suggestions": suggestions[severity, code]}
            for (severity, code), count in rows_of.most_common()
        ],
        "groups": [
            {"severity": severity, "code": code, "index": index, "column": headers[index], "value": value,
             "suggestion": suggestion, "count": count}
            for (severity, code, index, value, suggestion), count in groups.most_common(GROUPS)
        ],
    }  # fmt: skip


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
    value = raw[index] if index < len(raw) else None
    return "" if value is None else str(value)


def warning_codes(job: ImportJob) -> list[str]:
    """Return the kinds of warnings and hints that nobody has accepted yet."""
    kinds = job.findings.get("kinds", [])
    return [kind["code"] for kind in kinds if kind["severity"] != "error" and kind["code"] not in job.accepted]


def with_codes(rows: QuerySet[ImportRow], codes: list[str]) -> QuerySet[ImportRow]:
    """Return the rows with any of these problems. SQLite cannot look into JSON lists, so their text is searched."""
    wanted = Q(pk__in=[])
    for code in codes:
        wanted |= Q(problems_text__contains=f'"{code}"')
    return rows.exclude(action=Action.SKIPPED).annotate(problems_text=Cast("problems", TextField())).filter(wanted)
