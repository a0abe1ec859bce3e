"""References of a chunk of rows: two columns may name one row (by name, and by credit code) and must agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from content.core.register import Register

from .cells import ColumnPlan
from .drafts import Draft
from .identities import Values
from .marks import Marks
from .references import Found, References, spelling


class Resolver:
    """Turns the reference cells of rows into primary keys.

    A union may name its superior that stands in the same file: such a reference becomes `{"row": number}` and is
    settled when the rows are written.
    """

    def __init__(self, register: Register, plans: Sequence[ColumnPlan]) -> None:
        self.register = register
        self.plans = [plan for plan in plans if plan.is_reference]
        self.references = {id(plan): References(plan.related, plan.column.lookups) for plan in self.plans}
        self.own = [plan for plan in self.plans if plan.field.related_model is register.model]
        self._own_fields = list(dict.fromkeys(field for plan in self.own for field in self.lookups(plan)))
        self._in_file = Marks()  # hash of (field, value) to row number; -1 for several
        self._used: set[int] = set()
        # Rows that others were taken to mean before a second row of the same name came.
        self.doubtful: set[int] = set()
        self.waiting: list[tuple[Draft, ColumnPlan, str]] = []

    def lookups(self, plan: ColumnPlan) -> list[str]:
        """Return the fields by which a cell of the column may name a row, best first."""
        return self.references[id(plan)].lookups

    def resolve(self, drafts: Iterable[Draft]) -> None:
        """Set the references of a chunk in `given`, or note what is wrong with them."""
        drafts = [draft for draft in drafts if draft.references]
        for plan in self.plans:
            texts = {text for draft in drafts for own, text in draft.references if own is plan}
            if texts:
                self.references[id(plan)].load(texts)
        for draft in drafts:
            fields: dict[str, list[tuple[ColumnPlan, str]]] = defaultdict(list)
            for plan, text in draft.references:
                fields[plan.name].append((plan, text))
            for name, cells in fields.items():
                self._resolve_field(draft, name, cells)

    def remember(self, rows: Sequence[tuple[Draft, Values]]) -> None:
        """Note under which names later rows (and earlier ones, in the end) may refer to these rows, as they would be.

        Names that the register has are not noted: what they mean is found there.
        """
        for field in self._own_fields:
            named = [
                (hash((field, str(word))), draft.number)
                for draft, values in rows
                if (word := values.get(field)) and (draft.existing is None or draft.existing[field] != word)
            ]
            numbers = [number for _mark, number in named]
            first = self._in_file.first([mark for mark, _number in named], numbers)
            if first != numbers:
                self._note_several(zip(named, first, strict=True))

    def _note_several(self, named: Iterable[tuple[tuple[int, int], int]]) -> None:
        for (mark, number), first in named:
            if first > 0 and first != number:
                if mark in self._used:
                    self.doubtful.add(first)
                self._in_file[mark] = -1

    def in_file(self, plan: ColumnPlan, text: str) -> int | None:
        """Return the number of the file's row that a cell means; None when there is none, or more than one."""
        for field in self.references[id(plan)].lookups:
            mark = hash((field, spelling(field, text)))
            if number := self._in_file.get(mark):
                if number > 0:
                    self._used.add(mark)
                return number if number > 0 else None
        return None

    def _resolve_field(self, draft: Draft, name: str, cells: list[tuple[ColumnPlan, str]]) -> None:
        # A code says more than a name, so it goes first.
        cells.sort(key=lambda cell: cell[0].column.lookups[:1] == (self._title(cell[0]),))
        found = [self._find(draft, plan, text) for plan, text in cells]
        (plan, text), rows = cells[0], found[0]
        if not rows:
            if plan in self.own:
                self.waiting.append((draft, plan, text))
            else:
                draft.problems.append(self.missing(plan, text))
            return
        pks = {row.pk for row in rows}
        for (other, other_text), other_rows in zip(cells[1:], found[1:], strict=True):
            common = pks & {row.pk for row in other_rows}
            if common:
                pks = common
            elif other_rows:
                message = _("“%(one)s” and “%(two)s” name different rows. Correct one of them.")
                texts = {"one": text, "two": other_text}
                draft.problems.append(other.problem(other_text, "reference_conflict", message % texts))
            else:
                message = _("“%(text)s” is not the name that the register has for “%(code)s”.")
                texts = {"text": other_text, "code": text}
                problem = other.problem(other_text, "reference_name", message % texts, severity="warning")
                draft.problems.append(problem)
        if len(pks) > 1:
            message = _("%(count)s rows are called “%(text)s”. Give the code instead of the name.")
            draft.problems.append(plan.problem(text, "ambiguous", message % {"count": len(pks), "text": text}))
        else:
            draft.given[name] = pks.pop()

    def _find(self, draft: Draft, plan: ColumnPlan, text: str) -> list[Found]:
        return self.references[id(plan)].find(text, division=draft.given.get("division"))

    def missing(self, plan: ColumnPlan, text: str) -> dict[str, Any]:
        message = _(
            "There is no “%(text)s” in the register “%(register)s”. Correct the name, or import that row first."
        )
        register = plan.related._meta.verbose_name
        return plan.problem(text, "reference_missing", message % {"text": text, "register": register})

    def _title(self, plan: ColumnPlan) -> str:
        other: Register | None = getattr(plan.related, "register", None)
        return other.title_field if other else ""
