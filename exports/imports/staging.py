"""Check every row of a file against the register, in chunks, and keep what it would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from content.core.register import Register

from . import absent, bulk, findings, sent, states
from .cells import ColumnPlan, Problem, problem
from .chunks import Row, chunks_of, read_chunk
from .circles import Circles
from .dependents import Staged
from .drafts import Action, Draft
from .edits import TakenIn, same_as
from .judging import Judge
from .keeping import kept_columns, lines_of
from .late import Late
from .models import ImportJob, ImportRow
from .newer import Newer
from .pauses import seldom_collected
from .problems import ImportRefused
from .resolving import Resolver
from .set_aside import SetAside
from .similar import Similar
from .values import RowShape, row_fields

CHUNK = 2_000
NAMES = ("job", "number", "action", "key", "raw", "data", "before", "problems", "target")
DATA = (Action.NEW, Action.CHANGED, Action.UNCHANGED, Action.ERROR)  # kinds of rows that say something


class Stopped(Exception):
    """The job was cancelled, or another worker took it over."""


@seldom_collected()
def stage_rows(job: ImportJob, rows: Iterable[Row], *, hidden: Container[int] = ()) -> None:
    """Stage the rows of the job's sheet. Each chunk is its own short transaction, so that progress is seen.

    Starts from nothing: what an earlier, killed attempt left is wiped. Raises ImportRefused for a sheet without data.
    """
    checker = Checker(job, hidden)
    resolver, shape, judge = checker.resolver, checker.shape, checker.judge
    similar = Similar(job, shape, judge.identities.sets)
    late = Late()
    job.rows.all().delete()
    job.found.all().delete()
    counts: Counter[str] = Counter()
    done, held_back = 0, False
    for chunk in chunks_of(rows, below=max(job.header_rows), size=CHUNK):
        drafts, data = checker.check(chunk)
        _settle(resolver, shape, late)
        _note_links(judge.circles, shape, data)
        similar.note(data)
        counts.update(draft.action for draft in drafts)
        if judge.newer:
            held_back = held_back or any(draft.target and draft.action == Action.SKIPPED for draft in drafts)
        done = chunk[-1][0]
        with transaction.atomic():
            if not states.beat(job, rows_done=done):
                raise Stopped
            bulk.insert(ImportRow, NAMES, (record(job, draft) for draft in drafts))
            findings.keep(job, ((draft.number, draft.raw, draft.problems) for draft in data if draft.problems))
    if not held_back and not sum(counts[action] for action in DATA):
        raise ImportRefused(
            "no_rows", _("There are no rows below the header. Fill in the sheet, then upload it again.")
        )
    if not late.settle(job, checker.settle_by_name, partial(_note_links, judge.circles, shape), counts):
        raise Stopped
    if resolver.doubtful:
        _unsettle(job, checker, counts)
    for circles in judge.circles:
        _refuse_circles(job, circles, counts)
    similar.propose()
    job.fields, job.counts = shape.names, {action: counts[action] for action in Action.values}
    absent.renew(job)
    job.rows_done = done


class Checker:
    """What the rows of a job are checked with: the plans of its columns, the look-ups, the judge."""

    def __init__(self, job: ImportJob, hidden: Container[int] = ()) -> None:
        register = job.register
        self.plans = _plans(register, job)
        self.shape = RowShape(register.model, row_fields(register))
        self.resolver = Resolver(register, self.plans)
        self.kept = kept_columns(job.columns)
        self.judge = Judge(
            register,
            self.plans,
            self.shape,
            scope=job.scope,
            policy=job.policy,
            resolver=self.resolver,
            keeps=bool(self.kept),
            row_name=job.row_name,
        )
        self.aside = SetAside({column["index"]: column["header"] for column in job.columns if column["key"]}, hidden)
        self.same = same_as(job)
        self.taken = TakenIn(job)
        if job.policy["conflict"] == "newer":
            self.judge.newer = Newer(job)
        self.row_name = job.row_name

    def check(self, chunk: list[Row]) -> tuple[list[Draft], list[Draft]]:
        """Return the drafts of a chunk of rows, and those among them that are data. References may wait for more rows."""
        drafts = read_chunk(chunk, self.plans, self.aside, self.taken)
        if self.same:
            self._identify(drafts)
        data = [draft for draft in drafts if draft.action != Action.SKIPPED]
        if self.kept:
            for draft in data:
                draft.kept = lines_of(draft.raw, self.kept)
        self.resolver.resolve(data)
        self.judge.judge(data)
        if self.judge.newer:  # records that stay as they are wait for no reference
            self.resolver.waiting = [entry for entry in self.resolver.waiting if entry[0].action != Action.SKIPPED]
            data = [draft for draft in data if draft.action != Action.SKIPPED]
        return drafts, data

    def _identify(self, drafts: list[Draft]) -> None:
        """Follow what people said: a row is a record of the register, or another row of the file and set aside."""
        for draft in drafts:
            same = self.same.get(draft.number)
            if same is None or draft.action == Action.SKIPPED:
                continue
            draft.same_as = same.get("pk")
            if "row" in same:
                draft.action = Action.SKIPPED
                message = _("Taken as the same record as row %(number)s; only that row is written.")
                texts = {"number": self.row_name(same["row"])}
                draft.problems = [problem(field="", column="", value=None, code="same_row", message=message % texts,
                                          severity="hint")]  # fmt: skip

    def settle_by_name(self, row: Draft | ImportRow, plan: ColumnPlan, text: str) -> bool:
        """Settle a reference to whichever row of the file its text names."""
        return self.settle(row, plan, text, self.resolver.in_file(plan, text))

    def settle(self, draft: Draft | ImportRow, plan: ColumnPlan, text: str, number: int | None) -> bool:
        """Settle a reference to the row of the file that a cell names; an error when it names none. Returns whether it did."""
        if number and number != draft.number and draft.data is not None:
            draft.data[self.shape.position[plan.name]] = {"row": number}
            if draft.action == Action.UNCHANGED:
                draft.action = Action.CHANGED
            return True
        draft.action = Action.ERROR
        draft.problems.append(self.resolver.missing(plan, text))
        return False


def _plans(register: Register, job: ImportJob) -> list[ColumnPlan]:
    return [
        ColumnPlan(
            register,
            register.by_key[column["key"]],
            index=column["index"],
            header=column["header"],
            inside=tuple(job.scope or ()),
            from_1904=job.mapping.get("from_1904", False),
        )
        for column in job.columns
        if column["key"] and column["how"] != "kept"
    ]


def _settle(resolver: Resolver, shape: RowShape, late: Late) -> None:
    """Settle references to rows that this chunk or an earlier one holds; the others wait for the end of the file."""
    for draft, plan, text in resolver.waiting:
        number = resolver.in_file(plan, text)
        if number and number != draft.number and draft.data is not None:
            draft.data[shape.position[plan.name]] = {"row": number}
            if draft.action == Action.UNCHANGED:
                draft.action = Action.CHANGED
        else:
            late.add(draft, plan, text)
    resolver.waiting = []


def _unsettle(job: ImportJob, checker: Checker, counts: Counter[str]) -> None:
    """Refuse references that were settled before another row of the same name came."""
    plans = {plan.name: plan for plan in checker.resolver.own}
    for found in Staged(job, checker).find((), referred=checker.resolver.doubtful):
        row = job.rows.get(action__in=DATA, number=found.number)
        data: list[Any] = row.data or []
        for name, plan in plans.items():
            at = checker.shape.position[name]
            text = findings.cell_text(row.raw, plan.index)
            if not isinstance(data[at], dict) or checker.resolver.in_file(plan, text):
                continue
            for circles in checker.judge.circles:
                circles.forget(row.number)
            counts.subtract([row.action])
            counts[Action.ERROR] += 1
            row.action = Action.ERROR
            data[at] = row.before[at] if row.before else None
            row.data = data
            row.problems.append(checker.resolver.missing(plan, text))
            row.save(update_fields=["action", "data", "problems"])
            findings.keep(job, [(row.number, row.raw, row.problems[-1:])])


def _note_links(found: list[Circles], shape: RowShape, drafts: Iterable[Draft | ImportRow]) -> None:
    for circles in found:
        at = shape.position[circles.field]
        for draft in drafts:
            if draft.action in (Action.NEW, Action.CHANGED) and draft.data is not None:
                circles.note(number=draft.number, target=draft.target, above=draft.data[at])


def _refuse_circles(job: ImportJob, circles: Circles, counts: Counter[str]) -> None:
    numbers = circles.rows()
    for row in job.rows.filter(number__in=numbers, action__in=(Action.NEW, Action.CHANGED)):
        counts[row.action] -= 1
        counts[Action.ERROR] += 1
        row.action = Action.ERROR
        row.problems.append(circle_problem(circles))
        row.save(update_fields=["action", "problems"])
        findings.keep(job, [(row.number, row.raw, row.problems[-1:])])


def circle_problem(circles: Circles) -> Problem:
    message = _("The rows of this file would make the record its own superior. Correct one of them.")
    return problem(field=circles.field, column="", value=None, code="cycle", message=message)


def record(job: ImportJob, draft: Draft) -> tuple[Any, ...]:
    """Return a draft as the database keeps it, in the order of NAMES."""
    data = None if draft.action == Action.UNCHANGED and not draft.waits else draft.data
    return (
        job.pk,
        draft.number,
        str(draft.action),
        draft.key,
        sent.dump_cells(draft.raw),
        None if data is None else sent.dump_values(data),
        None if draft.before is None else sent.dump_values(draft.before),
        sent.dump(draft.problems) if draft.problems else "[]",
        draft.target,
    )
