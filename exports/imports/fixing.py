"""The verbs by which a person mends a checked file on the spot: change cells, take suggestions, accept warnings.

Each leaves the job ready to be checked again (`inspecting`, at rest), so that nobody can write rows that no longer hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import states
from .edits import WHOLE, edits_of
from .findings import ABOUT_ROWS, Places, cell_text, rows_numbered, summarise, warning_kinds
from .models import ABSENT_FROM, ImportEdit, ImportJob, ImportRow
from .permissions import may_import, may_see
from .problems import ImportRefused

State, Way = ImportJob.State, ImportEdit.Way
SET_ASIDE = ("set_aside", "same_row")
_CHUNK = 2_000
Change = tuple[int, int, Any, Any]
"""Row number, index of the column, old value, new value."""


def edit_row(job: ImportJob, *, user: Any, number: int, cells: Mapping[int, str]) -> list[Change]:
    """Change cells of one row, given as index of the column → new text. Returns what changed, as all of these verbs do."""
    row = rows_numbered(job, [number]).first()
    if row is None or number >= ABSENT_FROM:
        raise ImportRefused(
            "row_unknown", _("The file has no row %(number)s with data.") % {"number": job.row_name(number)}
        )
    known = {column["index"] for column in job.columns}
    wanted = [
        (number, index, _value(row.raw, index), text.strip() or None)
        for index, text in cells.items()
        if index in known and text.strip() != cell_text(row.raw, index).strip()
    ]
    return _store(job, wanted, user=user, way=Way.TYPED)


def withdraw(job: ImportJob, *, user: Any, number: int) -> list[Change]:
    """Give the cells of a row back what the sender wrote."""
    wanted: dict[int, Change] = {}
    for edit in edits_of(job, [number]):
        first = wanted.get(edit.column)
        wanted[edit.column] = (number, edit.column, edit.new, first[3] if first else edit.old)
    return _store(job, list(wanted.values()), user=user, way=Way.WITHDRAWN)


def take_in(job: ImportJob, *, user: Any, number: int) -> list[Change]:
    """Say that a row that was set aside (hidden, like a total, the same as another) is data of its own all the same."""
    row = rows_numbered(job, [number]).first()
    if row is None or not can_be_taken_in(row.action, row.problems):
        message = _("Row %(number)s is not set aside, or only because the record is newer.")
        raise ImportRefused("row_unknown", message % {"number": job.row_name(number)})
    return _store(job, [(number, WHOLE, None, {"taken": True})], user=user, way=Way.TAKEN)


def can_be_taken_in(action: str, problems: Iterable[Mapping[str, Any]]) -> bool:
    """Tell whether a row was set aside for what it looks like, or for what a person said."""
    return action == ImportRow.Action.SKIPPED and any(found["code"] in SET_ASIDE for found in problems)


def replace(job: ImportJob, *, user: Any, index: int, old: str, new: str) -> list[Change]:
    """Change every cell of a column that holds `old`."""
    rows = job.rows.exclude(action=ImportRow.Action.SKIPPED).values_list("number", "raw").order_by("number")
    wanted = [
        (number, index, _value(raw, index), new.strip() or None)
        for number, raw in rows.iterator(chunk_size=_CHUNK)
        if cell_text(raw, index).strip()[:200] == old.strip()
    ]
    if not wanted:
        raise ImportRefused(
            "nothing_replaced",
            _("No cell of the column holds “%(old)s”. Type it as it stands in the file.") % {"old": old},
        )
    return _store(job, wanted, user=user, way=Way.REPLACED)


def take_suggestions(
    job: ImportJob, *, user: Any, code: str, number: int | None = None, index: int | None = None
) -> list[Change]:
    """Take the suggestions made for a kind of problem: all of them, or those of one row or one cell.

    The suggestion may be that the row is a certain record, or another row of the file (similar.py).
    """
    found = job.found.filter(code=code)
    if number is not None:
        found = found.filter(number=number)
    rows = rows_numbered(job, found.values("number"))
    places = Places(job)
    wanted: list[Change] = []
    for at, raw, problems in rows.values_list("number", "raw", "problems").order_by("number"):
        for problem in problems:
            place = places.index(problem)
            if problem["code"] != code or not problem["suggestion"] or place is None or index not in (None, place):
                continue
            if code in ABOUT_ROWS:
                wanted.append((at, WHOLE, None, problem["same"]))
            else:
                wanted.append((at, place, _value(raw, place), problem["suggestion"]))
    return _store(job, wanted, user=user, way=Way.SAME if code in ABOUT_ROWS else Way.SUGGESTION)


def accept_warnings(job: ImportJob, *, user: Any) -> int:
    """Note that a person has seen the warnings and lets them stand. Returns how many rows that concerns."""
    _allow(job, user)
    count: int = job.findings.get("warnings", 0)
    mark = {"user": user.pk if user else None, "at": timezone.now().isoformat()}
    job.accepted = job.accepted | dict.fromkeys((kind["code"] for kind in warning_kinds(job)), mark)
    job.findings = summarise(job)
    ImportJob.objects.filter(pk=job.pk, state=State.PREVIEWED).update(accepted=job.accepted, findings=job.findings)
    return count


def _store(job: ImportJob, changes: Iterable[Change], *, user: Any, way: str) -> list[Change]:
    _allow(job, user)
    changes = list(changes)
    if not changes:
        return []
    with transaction.atomic():
        # First the state, so that the rows cannot be written while they no longer say what a person wants.
        if not states.rest(job, to=State.INSPECTING, frm=(State.PREVIEWED,)):
            raise states.wrong_state(job)
        ImportEdit.objects.bulk_create(
            (
                ImportEdit(job=job, sheet=sheet, number=row, column=index, old=old, new=new, way=way, user=user)
                for number, index, old, new in changes
                for sheet, row in [job.place(number)]
            ),
            batch_size=_CHUNK,
        )
    return changes


def _allow(job: ImportJob, user: Any) -> None:
    if user is not None and not (may_import(user, job.register) and may_see(user, job)):
        raise ImportRefused("forbidden", _("You may not import into this register. Ask an administrator."))
    if job.state != State.PREVIEWED:
        raise states.wrong_state(job)


def _value(raw: list[Any], index: int) -> Any:
    return raw[index] if index < len(raw) else None
