"""Where each value of a record came from: file, sheet, row, cell, person, time; or a person's own hand.

Read from the record's log, newest first: an entry of an import or of the edit form says which fields it set. So it is known
for as long as the log is kept; the cell and what was changed in the preview for as long as the import itself is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q
from xlsxwriter.utility import xl_col_to_name

from content.core.models import RegisterLogEntry
from content.core.register import Column, Register

from . import journal
from .models import WRITES, ImportEdit, ImportJob, ImportRow
from .permissions import may_see
from .values import RowShape

EDITED, MADE = "wagtail.edit", "wagtail.create"
_SETS = (journal.CREATED, journal.CHANGED, journal.RETIRED, MADE)
_TAKES_BACK = (journal.RESTORED, journal.REINSTATED)
_MOST = 200  # log entries that are looked through, newest first


@dataclass
class Origin:
    """kind: import; derived: set by an import without a column of its file; retired: the file lacks the record; hand;
    later: changed since an import.
    """

    kind: str
    who: str
    when: datetime
    file: str = ""
    sheet: str = ""
    row: int = 0
    header: str = ""
    cell: str = ""
    job: int = 0
    visible: bool = False
    edits: list[ImportEdit] = field(default_factory=list)


def origins_of(register: Register, instance: Any, *, user: Any, columns: Iterable[Column]) -> dict[str, Origin]:
    """Return column key → origin of each value that the log tells something about. A fixed number of queries.

    The reader's divisions narrow the log, as they narrow the rows; an import is named to all, linked for who may see it.
    """
    entries = RegisterLogEntry.objects.viewable_by_user(user).filter(
        pk__in=RegisterLogEntry.objects.for_instance(instance).values("pk"),
        action__in=(*_SETS, *_TAKES_BACK, EDITED),
    )
    log = list(entries.select_related("user").order_by("-timestamp", "-pk")[:_MOST])
    wanted = list(columns)
    sources = _sources(log, {column.field for column in wanted})
    return _Story(register, instance, user, log, sources).tell(wanted)


def _sources(log: list[Any], fields: set[str]) -> dict[str, Any]:
    """Return field → the entry that set its present value."""
    found: dict[str, Any] = {}
    undone: set[int] = set()
    for entry in log:
        data = entry.data
        if entry.action in _TAKES_BACK:
            undone.add(data["import"])
            continue
        if data.get("import") in undone:
            continue
        named = fields if entry.action in (journal.CREATED, MADE) else data.get("fields", [])
        for name in named:
            if name in fields:
                found.setdefault(name, entry)
    return found


class _Story:
    def __init__(self, register: Register, instance: Any, user: Any, log: list[Any], sources: dict[str, Any]) -> None:
        self.register = register
        self.log = log
        self.sources = sources
        imports = {entry.data["import"]: entry for entry in sources.values() if "import" in entry.data}
        self.jobs = ImportJob.objects.select_related("user", "committed_by").in_bulk(list(imports))
        self.visible = {pk for pk, job in self.jobs.items() if may_see(user, job)}
        self.numbers = {pk: self._number(job, imports[pk].data) for pk, job in self.jobs.items()}
        rows, edits = Q(pk__in=[]), Q(pk__in=[])
        for pk, number in self.numbers.items():
            rows |= Q(job=pk, action__in=WRITES, number=number)
            sheet, row = self.jobs[pk].place(number)
            edits |= Q(job=pk, sheet=sheet, number=row)
        self.rows = {row.job_id: row for row in ImportRow.objects.filter(rows)} if self.numbers else {}
        changed = ImportEdit.objects.filter(edits).select_related("user").order_by("pk") if self.numbers else []
        self.edits: dict[tuple[int, int], list[ImportEdit]] = {}
        for edit in changed:
            self.edits.setdefault((edit.job_id, edit.column), []).append(edit)
        self.now = instance.values()

    def tell(self, columns: list[Column]) -> dict[str, Origin]:
        found = {}
        for column in columns:
            entry = self.sources.get(column.field)
            if entry is None or self.now.get(column.field) in (None, ""):
                continue
            found[column.key] = self._import(entry, column) if "import" in entry.data else self._hand(entry)
        return found

    def _import(self, entry: Any, column: Column) -> Origin:
        number = entry.data["import"]
        if self._changed_since(number, column.field):
            return self._hand(next((e for e in self.log if e.action == EDITED), entry), kind="later")
        origin = Origin("import", entry.user_display_name, entry.timestamp, entry.data["file"], job=number)
        origin.sheet, origin.row = entry.data.get("sheet", ""), entry.data["row"]
        job = self.jobs.get(number)
        origin.visible = number in self.visible
        if entry.action == journal.RETIRED:
            origin.kind = "retired"
            return origin
        if job is None or not job.columns:
            return origin
        mapped = [c for c in job.columns if c["key"] and self.register.by_key[c["key"]].field == column.field]
        mine = next((c for c in mapped if c["key"] == column.key), mapped[0] if mapped else None)
        if mine is None:
            origin.kind = "derived"
            return origin
        origin.header = mine["header"]
        if mine["how"] != "constant":
            origin.cell = f"{xl_col_to_name(mine['index'])}{origin.row}"
        origin.edits = self.edits.get((number, mine["index"]), [])
        return origin

    def _hand(self, entry: Any, *, kind: str = "hand") -> Origin:
        return Origin(kind, entry.user_display_name, entry.timestamp)

    def _changed_since(self, number: int, name: str) -> bool:
        row, job = self.rows.get(number), self.jobs.get(number)
        if row is None or job is None or row.data is None or name not in job.fields:
            return False
        shape = RowShape(self.register.model, [name, "division"])
        return bool(shape.encode(self.now)[0] != row.data[job.fields.index(name)])

    @staticmethod
    def _number(job: ImportJob, data: dict[str, Any]) -> int:
        found = job.number(data["sheet"], data["row"]) if "sheet" in data else None
        return data["row"] if found is None else found
