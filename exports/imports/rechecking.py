"""Check a few edited rows again, and whatever depends on them, so that all is as if the whole file were checked again.

What a row depends on: the register; other rows of the file with the same key; those that its references name; and the
circles that these references may close.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from . import absent, bulk, findings, states
from .cells import ColumnPlan
from .dependents import Found, Mark, Staged
from .drafts import Action, Draft
from .edits import WHOLE, TakenIn
from .findings import ABOUT_ROWS, rows_numbered, summarise
from .identities import Identities, Twin, Values, key_of
from .links import refuse_circles
from .models import ImportJob, ImportRow
from .references import spelling
from .sent import row_of
from .similar import Name, Similar, without_proposal
from .staging import DATA, NAMES, Checker, record

MOST = 1_000  # rows; for more the whole file is checked
State = ImportJob.State
_KEPT = NAMES[2:]  # what is renewed: all but job and number
Cells = Mapping[int, Mapping[int, Any]]
"""Row number → index of the column → new cell."""


class TooMany(Exception):
    """So much depends on the rows that the whole file should be checked."""


def recheck_rows(job: ImportJob, cells: Cells) -> bool:
    """Check rows again of which cells changed. Returns False when the whole file must be checked instead.

    The job rests in `inspecting` before, as an edit leaves it, and in `previewed` after; a crash between leaves it to be
    checked as a whole.
    """
    if not 0 < len(cells) <= MOST or not job.fields:
        return False
    done = job.rows_done
    if not states.claim(job, to=State.VALIDATING, frm=(State.INSPECTING,)):
        return False
    try:
        recheck = _Recheck(job)
        recheck.run(cells)
        with transaction.atomic():
            recheck.write()
            absent.follow(job, recheck.was, recheck.now, numbers=list(recheck.drafts))
            job.findings = summarise(job)
            ImportJob.objects.filter(pk=job.pk).update(counts=job.counts, findings=job.findings, rows_done=done)
            states.rest(job, to=State.PREVIEWED)
    except TooMany:
        states.rest(job, to=State.INSPECTING)
        return False
    except Exception:
        states.rest(job, to=State.INSPECTING)
        raise
    return True


class _Recheck:
    def __init__(self, job: ImportJob) -> None:
        self.job = job
        self.before: dict[int, ImportRow] = {}
        self.cells: dict[int, list[Any]] = {}
        self.old_marks: dict[int, set[Mark]] = {}
        self.drafts: dict[int, Draft] = {}
        self.circular: list[ImportRow] = []
        self.proposed: list[ImportRow] = []
        # What the rows said and say, for the records that the file lacks.
        self.was: list[absent.Kept] = []
        self.now: list[absent.Kept] = []

    def run(self, cells: Cells) -> None:
        taken = TakenIn(self.job)
        if not self.job.answers.get("hidden_rows", True) and any(number not in taken for number in cells):
            raise TooMany  # a row was given back to the sender: the file tells whether it is hidden
        self._take(cells)
        for number, changed in cells.items():
            changed = {index: value for index, value in changed.items() if index != WHOLE}
            row = self.cells[number]
            row += [None] * (max(changed, default=0) + 1 - len(row))
            for index, value in changed.items():
                row[index] = value
            self.cells[number] = row = row_of(row)
            if all(cell is None or cell == "" for cell in row):
                raise TooMany  # a blank row is none: the file tells what is left
        while more := self._check():
            self._take(more)
        self._propose()
        self.was += [(_values(row), row.target, row.problems) for row in self.before.values()]
        self.now += [(_values(draft), draft.target, draft.problems) for draft in self.drafts.values()]
        if not sum(self.counts()[action] for action in DATA):
            raise TooMany  # no data is left, as the check of the whole file will say

    def counts(self) -> Counter[str]:
        """Return how many rows of each kind the file has now."""
        counts = Counter(self.job.counts)
        counts.subtract(row.action for row in self.before.values())
        counts.update(str(draft.action) for draft in self.drafts.values())
        counts[Action.ERROR] += len(self.circular)
        counts.subtract(row.action for row in self.circular)
        return counts

    def _take(self, numbers: Collection[int]) -> None:
        """Add rows to those that are checked again."""
        found = {row.number: row for row in rows_numbered(self.job, list(numbers))}
        if len(found) < len(numbers) or len(self.before) + len(found) > MOST:
            raise TooMany
        self.before |= found
        self.cells |= {number: row_of(row.raw) for number, row in found.items()}

    def _check(self) -> set[int]:
        """Check the rows taken so far. Returns the others that depend on them and must be checked as well."""
        checker = Checker(self.job)
        self.shape, self.sets = checker.shape, checker.judge.identities.sets
        self.staged = staged = Staged(self.job, checker)
        drafts, _data = checker.check([(number, list(self.cells[number])) for number in sorted(self.cells)])
        new = {draft.number: staged.marks_of(_values(draft)) for draft in drafts}
        for number, row in self.before.items():
            if number not in self.old_marks:
                self.old_marks[number] = staged.marks_of(_values(row))
        changed = {number: marks ^ self.old_marks[number] for number, marks in new.items()}
        in_doubt = {number for number in new if changed[number] or _is_twin(self.before[number])}
        named = {mark for _draft, plan, text in checker.resolver.waiting for mark in _names(checker, plan, text)}
        asked = named.union(*changed.values(), *(new[number] for number in in_doubt))
        renamed = [number for number, marks in changed.items() if staged.words_of(marks)]
        others = [found for found in staged.find(asked, referred=renamed) if found.number not in new]
        if more := self._depending(checker, staged, others, set().union(*changed.values()), renamed):
            return more
        by_mark: dict[Mark, set[int]] = {}
        for number, marks in [*new.items(), *((found.number, found.marks) for found in others)]:
            for mark in marks:
                by_mark.setdefault(mark, set()).add(number)
        return self._judge(by_mark)

    def _depending(
        self, checker: Checker, staged: Staged, others: list[Found], changed: set[Mark], renamed: list[int]
    ) -> set[int]:
        """Return the other rows whose twin, or the row that they name, came or went."""
        keys, words = staged.keys_of(changed), staged.words_of(changed)
        more = {found.number for found in others if found.marks & keys or found.means(renamed)}
        if words:
            sharing = [found.number for found in others if found.marks & words]
            if sharing:  # whoever refers to them by a name that now has more or fewer bearers
                more |= {found.number for found in staged.find((), referred=sharing)}
            plans = {plan.index: plan for plan in checker.resolver.own}
            lacking = self.job.found.filter(code="reference_missing", column__in=plans)
            for number, column, text in lacking.values_list("number", "column", "value").iterator():
                if column is not None and words.intersection(_names(checker, plans[column], text)):
                    more.add(number)
        return more - self.before.keys()

    def _judge(self, by_mark: dict[Mark, set[int]]) -> set[int]:
        """Check the rows in the knowledge of all others. Returns rows of circles that may be open now."""
        checker = Checker(self.job)
        checker.judge.identities = _Known(checker.judge.identities, by_mark)
        drafts, data = checker.check([(number, list(self.cells[number])) for number in sorted(self.cells)])
        for draft, plan, text in checker.resolver.waiting:
            bearers = next((by_mark[mark] for mark in _names(checker, plan, text) if mark in by_mark), set())
            checker.settle(draft, plan, text, next(iter(bearers)) if len(bearers) == 1 else None)
        self.drafts = {draft.number: draft for draft in drafts}
        more: set[int] = set()
        for circles in checker.judge.circles:
            circular, suspects = refuse_circles(self.job, circles, checker.shape, data, self.before)
            more |= suspects
            self.circular += circular
        if more:
            self.circular = []
        return more

    def _propose(self) -> None:
        """Propose anew which rows are likely one, for every name of a row that came, went or changed."""
        similar = Similar(self.job, self.shape, self.sets)
        if not similar.is_on:
            return
        touched: set[Name] = set()
        for number, draft in self.drafts.items():
            old, new = similar.about(self.before[number]), similar.about(draft)
            if old == new:
                draft.problems += [p for p in self.before[number].problems if p["code"] in ABOUT_ROWS]
            else:
                touched |= {about[0] for about in (old, new) if about}
        if not touched:
            return
        groups: dict[Name, list[Any]] = {name: [] for name in touched}
        for draft in self.drafts.values():
            if (name := similar.name_of(draft)) in groups:
                draft.problems = without_proposal(draft.problems)
                groups[name].append(draft)
        known = {row.number: row for row in self.circular}
        numbers = {number for name in touched for number in self.staged.spelt_like(*name)} - self.drafts.keys()
        for row in rows_numbered(self.job, list(numbers)):
            if (name := similar.name_of(row)) in groups:
                groups[name].append(known.get(row.number, row))
        records = similar.records_named(touched)
        for name, rows in groups.items():
            proposals = {row.number: [found] for row, found in similar.among(rows, records[name])}
            for row in rows:
                problems = without_proposal(row.problems) + proposals.get(row.number, [])
                if problems != row.problems:
                    self.was.append((None, None, row.problems))
                    self.now.append((None, None, problems))
                    row.problems = problems
                    if isinstance(row, ImportRow):
                        self.proposed.append(row)

    def write(self) -> None:
        """Keep what was found, in place."""
        self.job.counts = self.job.counts | {action: self.counts()[action] for action in Action.values}
        records = ((*record(self.job, draft)[2:], self.before[number].pk) for number, draft in self.drafts.items())
        bulk.update(ImportRow, _KEPT, records)
        findings.renew(self.job, [(number, draft.raw, [] if draft.action == Action.SKIPPED else draft.problems)
                                  for number, draft in self.drafts.items()])  # fmt: skip
        for row in self.circular:
            row.action = Action.ERROR
            row.save(update_fields=["action", "problems"])
        for row in self.proposed:
            row.save(update_fields=["problems"])
        others = {row.number: (row.number, row.raw, row.problems) for row in [*self.circular, *self.proposed]}
        findings.renew(self.job, others.values())


class _Known(Identities):
    """Identities that know beforehand which rows of the file have which keys."""

    def __init__(self, of: Identities, by_mark: dict[Mark, set[int]]) -> None:
        self.__dict__.update(of.__dict__)
        self.by_mark = by_mark

    def first_uses(self, rows: Sequence[tuple[int, Values]]) -> dict[int, Twin]:
        return {number: twin for number, row in rows if (twin := self._first_use(row, number))}

    def _first_use(self, row: Values, number: int) -> Twin | None:
        for fields in self.sets:
            if key := key_of(row, fields):
                first = min(self.by_mark.get((fields, tuple(map(str, key))), {number}))
                if first < number:
                    return first, fields
        return None


def _values(row: ImportRow | Draft) -> Sequence[Any] | None:
    return row.data if row.data is not None else row.before


def _is_twin(row: ImportRow) -> bool:
    return any(problem["code"] == "duplicate_in_file" for problem in row.problems)


def _names(checker: Checker, plan: ColumnPlan, text: str) -> Iterable[Mark]:
    """Return the marks by which a cell may name a row of the file, best first."""
    return [((field,), (spelling(field, text),)) for field in checker.resolver.lookups(plan)]
