"""Records of the register that the file does not hold: listed, or retired in the way that their register declares.

Looked for are records inside the job's scope and of exactly those divisions that rows of the file belong to: a file of
one street says nothing about another. Records that a row of the file may be (similar.py) are not missing. The search is
one question of sets to the database; only what is missing is read, a chunk at a time.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from content.core import divisions
from content.core.among import among
from content.core.register import Register

from . import bulk
from .models import ABSENT_FROM, ImportJob, ImportRow
from .problems import ImportRefused
from .sent import dump
from .values import RowShape

Action = ImportRow.Action
_CHUNK = 2_000
_NAMES = ("job", "number", "action", "key", "raw", "data", "before", "problems", "target")


def renew(job: ImportJob) -> None:
    """Find the missing records anew, as the policy wants; sets their counts on the job."""
    register, wanted = job.register, job.policy.get("missing", "ignore")
    job.rows.filter(action__in=(Action.MISSING, Action.RETIRED)).delete()
    job.counts |= {Action.MISSING: 0, Action.RETIRED: 0}
    if wanted == "ignore" or not job.fields:
        return
    action = Action.RETIRED if wanted == "retire" and register.retired else Action.MISSING
    shape = RowShape(register.model, job.fields)
    pks = array("q", _missing(job, shape).values_list("pk", flat=True).iterator(chunk_size=_CHUNK))
    with transaction.atomic():
        for start in range(0, len(pks), _CHUNK):
            bulk.insert(
                ImportRow, _NAMES, _records(job, shape, action, list(pks[start : start + _CHUNK]), ABSENT_FROM + start)
            )
    job.counts[action] = len(pks)


def refuse_register(register: Register) -> None:
    """Raise ImportRefused when a register does not say how its records are retired."""
    if not register.retired:
        message = _("Records of “%(register)s” cannot be retired by an import. Choose to list them only.")
        raise ImportRefused("retire_unknown", message % {"register": register.verbose_name})


def refuse_retiring(job: ImportJob) -> None:
    """Raise ImportRefused when records would be retired that nobody has confirmed, or that rows with errors may hold."""
    count = job.counts.get(Action.RETIRED, 0)
    if not count:
        return
    if job.counts.get(Action.ERROR):
        raise ImportRefused("retire_with_errors", _with_errors(job))
    if job.answers.get("retire") != count:
        message = _("%(count)s records are not in the file and would be retired. Confirm their number to go on.")
        raise ImportRefused("retire_unconfirmed", message % {"count": count})


def _with_errors(job: ImportJob) -> str:
    return _(
        "%(count)s rows have errors, so it cannot be told which records the file lacks. Correct them, or choose not to retire."
    ) % {"count": job.counts[Action.ERROR]}


def hindrance(job: ImportJob) -> str:
    """Return why missing records cannot be retired now; the empty string when they can."""
    return _with_errors(job) if job.counts.get(Action.RETIRED) and job.counts.get(Action.ERROR) else ""


def _missing(job: ImportJob, shape: RowShape) -> models.QuerySet[Any]:
    register = job.register
    rows = register.model._default_manager.filter(division__in=_divisions(job, shape))
    if register.retired:
        rows = rows.exclude(**register.retired)
    if proposed := _proposed(job):
        rows = rows.exclude(pk__in=among(proposed))
    targets = job.rows.filter(target__isnull=False)
    if connection.vendor == "sqlite":  # each database has one way that it does with a hash and not row by row
        rows = rows.exclude(pk__in=targets.values("target"))
    else:
        rows = rows.exclude(Exists(targets.filter(target=OuterRef("pk"))))
    return rows.order_by("pk")


def _divisions(job: ImportJob, shape: RowShape) -> list[str]:
    """Return the divisions that rows of the file belong to, as far as the job's scope goes."""
    at = shape.position["division"]
    table, before = map(connection.ops.quote_name, (ImportRow._meta.db_table, "before"))
    place = f"v ->> {at}" if connection.vendor == "postgresql" else f"json_extract(v, '$[{at}]')"
    query = (
        f"SELECT DISTINCT {place} FROM (SELECT COALESCE(data, {before}) AS v FROM {table} WHERE job_id = %s) AS kept"  # noqa: S608
        " WHERE v IS NOT NULL"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [job.pk])
        codes = [row[0] for row in cursor.fetchall() if row[0]]
    if job.scope is None:
        return sorted(codes)
    return sorted(code for code in codes if any(divisions.contains(outer, code) for outer in job.scope))


def _proposed(job: ImportJob) -> list[int]:
    numbers = job.found.filter(code="similar").values("number")
    lists = job.rows.filter(Q(number__in=numbers)).values_list("problems", flat=True)
    return sorted({p["same"]["pk"] for problems in lists.iterator() for p in problems if "pk" in p.get("same", {})})


def _records(job: ImportJob, shape: RowShape, action: str, pks: list[int], first: int) -> Iterator[tuple[Any, ...]]:
    register = job.register
    found: Iterable[dict[str, Any]] = (
        register.model._default_manager.filter(pk__in=among(pks)).order_by("pk").values("pk", *shape.names)
    )
    for number, row in enumerate(found, start=first):
        before = shape.encode(row)
        data = dump(shape.encode({**row, **register.retired})) if action == Action.RETIRED else None
        title = str(row.get(register.title_field) or "")[:255]
        yield (job.pk, number, str(action), title, "[]", data, dump(before), "[]", row["pk"])
