"""Reads for the screens: which jobs a person sees, and one page of a preview as it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from content.core import divisions
from content.core.models import Division
from content.core.register import Register

from .edits import edits_of
from .findings import cell_text, rows_numbered, unseen
from .fixing import can_be_taken_in
from .keeping import label, line_of
from .models import ABSENT_FROM, ImportEdit, ImportFinding, ImportJob, ImportRow
from .permissions import may_see, seen_by
from .sent import text_of
from .values import RowShape

PER_PAGE = 50
HIDDEN = "＊＊＊"  # a personal value that the reader may not see
WARNING = "warning"  # the tab of rows that can be written, but should be looked at
Action = ImportRow.Action


def visible_jobs(user: Any) -> QuerySet[ImportJob]:
    """Return the jobs a person may see: the own ones, and those whose scope lies inside the person's divisions."""
    jobs = ImportJob.objects.select_related("user").defer("mapping", "findings", "undo_report")
    return jobs.filter(seen_by(user))


def visible_job(user: Any, number: int) -> ImportJob | None:
    job = ImportJob.objects.select_related("user").filter(pk=number).first()
    return job if job and may_see(user, job) else None


def same_file(job: ImportJob) -> ImportJob | None:
    """Return the latest earlier import of the very same file into the same register: a written one, if there is one."""
    same = ImportJob.objects.filter(sha256=job.sha256, register_slug=job.register_slug).exclude(pk=job.pk)
    return same.select_related("user").order_by(F("committed_at").desc(nulls_last=True), "-pk").first()


@dataclass
class ShownCell:
    """One cell of a preview: what the file says, what is written, what was there, what is wrong with it."""

    raw: str = ""
    value: str = ""
    old: str = ""
    changed: bool = False
    problems: list[dict[str, Any]] = field(default_factory=list)
    index: int = 0
    address: str = ""  # where the cell stands in the sender's file: 表1!C15
    # The last change that a person made to the cell in the preview, and what the sender wrote.
    edited: ImportEdit | None = None
    original: str = ""

    @property
    def cleaned(self) -> bool:
        """Whether cleaning changed what the person typed."""
        return bool(self.raw) and self.raw.strip() != self.value


@dataclass
class ShownRow:
    """number: its address. name: how people call it, with its sheet where several are read."""

    number: int
    name: str
    action: str
    cells: list[ShownCell]
    problems: list[dict[str, Any]]
    target: int | None

    @property
    def label(self) -> str:
        return str(Action(self.action).label)

    @property
    def can_be_taken_in(self) -> bool:
        return can_be_taken_in(self.action, self.problems)

    @property
    def is_of_file(self) -> bool:
        """Whether the row stands in the file, so that it can be changed; else it is a record that the file lacks."""
        return self.number < ABSENT_FROM


@dataclass
class Preview:
    """One page of a job's rows as they are shown. columns: the file's, in the order of each row's cells."""

    page: Page[Any]
    columns: list[dict[str, Any]]
    rows: list[ShownRow]


def preview_page(job: ImportJob, *, action: str, page: Any, personal: bool, code: str = "") -> Preview:
    """Return one page of the job's rows. Asks a fixed number of queries, however many rows the job has.

    action: one of ImportRow.Action, or WARNING. code: only rows with this kind of problem, whatever their action.
    personal: whether the reader may see personal data of the register; what the file itself says is shown anyway.
    """
    found = _found(job, action=action, code=code)
    if found is None:
        shown = _page(rows_of(job, action=action), page, job.counts.get(action, 0))
    else:
        known = None if code else job.findings.get("warnings", 0)
        shown = _page(found.values_list("number", flat=True).order_by("number").distinct(), page, known)
        shown.object_list = rows_numbered(job, list(shown.object_list)).order_by("number")
    return show_page(job, shown, personal)


def rows_of(job: ImportJob, *, action: str = "", code: str = "") -> QuerySet[ImportRow]:
    """Return the job's rows as `preview_page` names them, in the order of the file; all of the file without either."""
    found = _found(job, action=action, code=code)
    if found is not None:
        return rows_numbered(job, found.values("number")).order_by("number")
    if action:
        return job.rows.filter(action=action).order_by("number")
    return job.rows.filter(action__in=Action.values, number__lt=ABSENT_FROM).order_by("number")


def _found(job: ImportJob, *, action: str, code: str) -> QuerySet[ImportFinding] | None:
    """Return the findings that tell which rows are meant; None where the action does."""
    if code:
        return job.found.filter(code=code)
    return unseen(job) if action == WARNING else None


def _page(rows: Any, page: Any, known: int | None) -> Page[Any]:
    """Return one page; nothing is counted that is known."""
    paginator = Paginator(rows, PER_PAGE)
    if known is not None:
        paginator.count = known
    return paginator.get_page(page)


def shown_row(job: ImportJob, *, number: int) -> Preview | None:
    """Return one row as the preview shows it, in the order of the file's columns; None when the file lacks it."""
    page = Paginator(rows_numbered(job, [number]).order_by("number"), 1).get_page(1)
    if not page.object_list:
        return None
    return show_page(job, page, personal=False, in_order=True)


def show_page(job: ImportJob, page: Page[Any], personal: bool, in_order: bool = False) -> Preview:
    register = job.register
    rows: list[ImportRow] = list(page.object_list)
    columns = [column for column in job.columns if column["key"]] if in_order else _ordered(job, rows)
    shape = RowShape(register.model, job.fields) if job.fields else None
    texts = Texts(job, shape, rows)
    shown = [_show(row, columns, register, shape, texts, personal) for row in rows]
    _show_edits(job, shown)
    return Preview(page, columns, shown)


def _show_edits(job: ImportJob, rows: list[ShownRow]) -> None:
    """Mark the cells that a person changed with who did and what the sender wrote."""
    cells = {(row.number, cell.index): cell for row in rows for cell in row.cells}
    numbers = [row.number for row in rows]
    for edit in edits_of(job, numbers).select_related("user"):
        cell = cells.get((job.number(edit.sheet, edit.number) or 0, edit.column))
        if cell is None:
            continue
        if edit.way == ImportEdit.Way.WITHDRAWN:
            cell.edited = None
            continue
        if cell.edited is None:
            cell.original = text_of(edit.old)
        cell.edited = edit


def _ordered(job: ImportJob, rows: list[ImportRow]) -> list[dict[str, Any]]:
    """The file's columns, but the title first and then those with problems or changes: nobody should look for them."""
    register = job.register
    wrong = {problem["column"] for row in rows for problem in row.problems}
    changed = {
        name
        for row in rows
        if row.action == Action.CHANGED and row.data and row.before
        for name, after, before in zip(job.fields, row.data, row.before, strict=True)
        if after != before
    }
    columns = [column for column in job.columns if column["key"]]
    return sorted(
        columns,
        key=lambda column: (
            column["key"] != register.title_field,
            column["header"] not in wrong,
            register.by_key[column["key"]].field not in changed,
        ),
    )


def _show(
    row: ImportRow, columns: list[Any], register: Register, shape: RowShape | None, texts: Texts, personal: bool
) -> ShownRow:
    cells = []
    rest = list(row.problems)
    for column in columns:
        declared = register.by_key[column["key"]]
        mine = [
            problem
            for problem in row.problems
            if problem["column"] == column["header"] or (not problem["column"] and problem["field"] == declared.field)
        ]
        rest = [problem for problem in rest if problem not in mine]
        cell = ShownCell(raw=cell_text(row.raw, column["index"]), problems=mine, index=column["index"])
        cell.address = texts.address(row.number, column)
        after, before = row.data if row.data is not None else row.before, row.before
        if shape and after is not None:
            at = shape.position[declared.field]
            upper = shape.position[declared.upper] if declared.upper else None
            cell.value = texts.text(at, after, upper)
            if before is not None:
                cell.old = texts.text(at, before, upper)
                cell.changed = row.action in (Action.CHANGED, Action.RETIRED) and cell.old != cell.value
        else:
            cell.value = cell.raw
        if column["how"] == "kept":
            cell.old, cell.value = (line_of(text, label(column)) for text in (cell.old, cell.value))
            cell.changed = cell.changed and cell.old != cell.value
        if any(problem["severity"] == "error" for problem in mine):
            cell.value, cell.changed = cell.raw, False
        if declared.personal and not personal:
            cell.old = HIDDEN if cell.old else ""
            cell.value = HIDDEN if cell.value and not cell.raw else cell.value
        cells.append(cell)
    name = texts.row_name(row.number) if row.number < ABSENT_FROM else "—"
    return ShownRow(row.number, name, row.action, cells, rest, row.target)


class Texts:
    """Staged values as people read them; names of referred rows are read for the whole page at once."""

    def __init__(self, job: ImportJob, shape: RowShape | None, rows: Iterable[Any]) -> None:
        self.row_name = job.row_name
        self.place = job.place
        self.shape = shape
        self.names: dict[int, dict[Any, str]] = {}
        lists = [values for row in rows for values in (row.data, row.before) if values]
        for at, model_field in enumerate(shape.fields if shape else []):
            related = model_field.related_model if model_field.is_relation else None
            if related is None or related is Division or isinstance(related, str):
                continue
            keys = {values[at] for values in lists if isinstance(values[at], int)}
            if keys:
                self.names[at] = {row.pk: str(row) for row in related._default_manager.filter(pk__in=keys)}

    def address(self, number: int, column: dict[str, Any]) -> str:
        """Return where a cell stands in the file, as spreadsheets write it; empty for what does not stand there."""
        if column["how"] == "constant" or number >= ABSENT_FROM:
            return ""
        sheet, row = self.place(number)
        return f"{sheet}!{xl_col_to_name(column['index'])}{row}"

    def text(self, at: int, values: list[Any], upper: int | None) -> str:
        text = self._text(at, values[at])
        if upper is not None and values[upper] is not None:
            text = f"{text}–{self._text(upper, values[upper])}"
        return text

    def _text(self, at: int, value: Any) -> str:
        if value is None or value == "" or self.shape is None:
            return ""
        model_field = self.shape.fields[at]
        if isinstance(value, dict):
            return _("row %(number)s of this file") % {"number": self.row_name(value["row"])}
        if model_field.is_relation:
            known = self.names.get(at) or divisions.full_names()
            return str(known.get(value, value))
        if value is True or value is False:
            return _("yes") if value else _("no")
        if model_field.choices:
            return str(dict(model_field.flatchoices).get(value, value))
        return str(value)
