"""Records of the register that the file does not hold: listed, or retired in the way that their register declares.

Looked for are records inside the job's scope and of exactly those divisions that rows of the file belong to: a file of
one street says nothing about another. Records that a row of the file may be (similar.py) are not missing. The search is
one question of sets to the database; only what is missing is read, a chunk at a time. When a few rows are checked again,
only the records are looked at that these rows were or have become, unless a division comes into the file or leaves it.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Exists, Max, OuterRef, Q
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
Kept = tuple[Sequence[Any] | None, int | None, Iterable[Mapping[str, Any]]]
"""What a row says: its values, the record that it is, its problems."""
_NAMES = ("job", "number", "action", "key", "raw", "data", "before", "problems", "target")


def renew(job: ImportJob) -> None:
    """Find the missing records anew, as the policy wants; sets their counts on the job."""
    register = job.register
    job.rows.filter(action__in=(Action.MISSING, Action.RETIRED)).delete()
    job.counts |= {Action.MISSING: 0, Action.RETIRED: 0}
    if job.policy.get("missing", "ignore") == "ignore" or not job.fields:
        return
    shape = RowShape(register.model, job.fields)
    pks = array("q", _missing(job, shape).values_list("pk", flat=True).iterator(chunk_size=_CHUNK))
    _keep(job, shape, pks, ABSENT_FROM)
    job.counts[_action(job)] = len(pks)


def follow(job: ImportJob, was: Iterable[Kept], now: Iterable[Kept], *, numbers: Collection[int]) -> None:
    """Bring the missing records up to date after rows were checked again and kept; sets their counts on the job.

    was, now: what these rows said before and say now. numbers: of the rows that were checked again.
    """
    if job.policy.get("missing", "ignore") == "ignore" or not job.fields:
        if job.counts.get(Action.MISSING) or job.counts.get(Action.RETIRED):
            renew(job)
        return
    shape = RowShape(job.register.model, job.fields)
    (old_places, old_pks), (places, pks) = _said(shape, was), _said(shape, now)
    if any(not _has_other(job, shape, place, numbers) for place in old_places ^ places):
        renew(job)
        return
    absent = job.rows.filter(action__in=(Action.MISSING, Action.RETIRED))
    if come := pks - old_pks:
        absent.filter(target__in=come).delete()
    if gone := old_pks - pks:
        found = _missing(job, shape).filter(pk__in=gone).values_list("pk", flat=True)
        last = absent.aggregate(last=Max("number"))["last"] or ABSENT_FROM - 1
        _keep(job, shape, array("q", found), last + 1)
    if come or gone:
        job.counts[_action(job)] = absent.count()


def _action(job: ImportJob) -> str:
    retires = job.policy.get("missing") == "retire" and job.register.retired
    return str(Action.RETIRED if retires else Action.MISSING)


def _said(shape: RowShape, rows: Iterable[Kept]) -> tuple[set[str], set[int]]:
    """Return the divisions of rows, and the records that they are or may be."""
    at = shape.position["division"]
    places, pks = set(), set()
    for values, target, problems in rows:
        if values and values[at]:
            places.add(values[at])
        if target is not None:
            pks.add(target)
        pks |= {found["same"]["pk"] for found in problems if "pk" in found.get("same", {})}
    return places, pks


def _has_other(job: ImportJob, shape: RowShape, division: str, numbers: Collection[int]) -> bool:
    """Tell whether a row of the file beside these belongs to a division."""
    others = f"number < %s AND number NOT IN ({', '.join(['%s'] * len(numbers))})"
    rows, value = _values_of_rows(shape, others)
    query = f"SELECT 1 FROM {rows} WHERE {value} = %s LIMIT 1"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(query, [job.pk, ABSENT_FROM, *numbers, division])
        return cursor.fetchone() is not None


def _keep(job: ImportJob, shape: RowShape, pks: array[int], first: int) -> None:
    with transaction.atomic():
        for start in range(0, len(pks), _CHUNK):
            some = list(pks[start : start + _CHUNK])
            bulk.insert(ImportRow, _NAMES, _records(job, shape, _action(job), some, first + start))


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
    rows, value = _values_of_rows(shape)
    query = f"SELECT DISTINCT {value} FROM {rows} WHERE v IS NOT NULL"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(query, [job.pk])
        codes = [row[0] for row in cursor.fetchall() if row[0]]
    if job.scope is None:
        return sorted(codes)
    return sorted(code for code in codes if any(divisions.contains(outer, code) for outer in job.scope))


def _values_of_rows(shape: RowShape, which: str = "1 = 1") -> tuple[str, str]:
    """Return SQL for the kept values `v` of a job's rows, and SQL for the division among them."""
    table, before = map(connection.ops.quote_name, (ImportRow._meta.db_table, "before"))
    at = shape.position["division"]
    value = f"v ->> {at}" if connection.vendor == "postgresql" else f"json_extract(v, '$[{at}]')"
    return f"(SELECT COALESCE(data, {before}) AS v FROM {table} WHERE job_id = %s AND {which}) AS kept", value  # noqa: S608


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
