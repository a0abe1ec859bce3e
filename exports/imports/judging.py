"""What would become of a row: merged with what is there, derived, checked, compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from content.core import chinese, divisions, lookups
from content.core.register import Column, Register

from . import pending
from .cells import ColumnPlan, problem
from .circles import Circles
from .drafts import Action, Draft
from .identities import Identities, Values
from .keeping import with_lines
from .newer import Newer
from .resolving import Resolver
from .values import RowShape


class Judge:
    """Decides on a chunk of rows: new, changed, unchanged or wrong. Asks the database only for whole chunks."""

    def __init__(
        self,
        register: Register,
        plans: list[ColumnPlan],
        shape: RowShape,
        *,
        scope: list[str] | None,
        policy: Mapping[str, str],
        resolver: Resolver,
        keeps: bool = False,
        row_name: Callable[[int], str] = str,
    ) -> None:
        self.register = register
        self.plans = plans
        self.shape = shape
        self.policy = policy
        self.resolver = resolver
        self.row_name = row_name
        self.headers = {plan.name: plan.header for plan in reversed(plans)}
        self.mapped = list(dict.fromkeys(name for plan in plans for name in (plan.name, plan.upper) if name))
        if keeps and register.notes_field not in self.mapped:
            self.mapped.append(register.notes_field)
        self.identities = Identities(register, shape.names)
        self.identity_fields = {field for fields in self.identities.sets for field in fields}
        self.required = _required(register)
        self.keyed = "name_key" in shape.position
        self.references = [field for field in shape.fields if field.is_relation and field.name != "division"]
        given = {plan.name for plan in plans}
        self.circles = [
            Circles(register.model, field.name)
            for field in self.references
            if field.related_model is register.model and field.name in given
        ]
        self.newer: Newer | None = None
        self.covers = lru_cache(maxsize=4096)(lambda code: _covers(scope, code))

    def judge(self, drafts: Iterable[Draft]) -> None:
        """Set action, data, before and target of a chunk of cleaned rows."""
        drafts = list(drafts)
        title = self.register.title_field
        for draft in drafts:
            draft.key = str(draft.given.get(title) or "")
            if self.keyed and draft.given.get(title):
                draft.given["name_key"] = chinese.name_key(draft.given[title])
        said = self.identities.records({draft.same_as for draft in drafts if draft.same_as})
        with lookups.batch() as batch:
            for draft, (existing, other) in zip(drafts, self.identities.match([d.given for d in drafts]), strict=True):
                draft.existing = said.get(draft.same_as) if existing is None and draft.same_as else existing
                if other:
                    self._belongs_to_another(draft, other)
            if self.newer:
                self.newer.load(drafts)
            self._read_ahead(batch, drafts)
            become = [(draft, values) for draft in drafts if (values := self._become(draft)) is not None]
        self._compare(become)
        pending.look_at(self.register.model, drafts, skip=self.policy.get("drafts") == "skip")

    def _become(self, draft: Draft) -> Values | None:
        """Set action, data, before and target by the row alone. Returns the row as it would be; None outside the scope."""
        if draft.kept is not None:
            self._keep(draft, draft.kept)
        values = self._merge(draft)
        changed = values is not draft.existing
        held_back = False
        if draft.existing is not None:
            draft.target = draft.existing["id"]
            if not self.covers(draft.existing["division"]):
                self._out_of_scope(draft, draft.existing["division"])
                draft.data = draft.before = draft.target = None
                return None
            draft.before = self.shape.encode(draft.existing)
            held_back = changed and self.newer is not None and self.newer.hold_back(draft)
            if held_back:
                values, changed = draft.existing, False
        if changed:
            self._require(draft)
            self._derive(draft, values)
            if not self.covers(values.get("division")) and values.get("division"):
                self._out_of_scope(draft, values["division"])
        draft.key = str(values.get(self.register.title_field) or draft.key)[:255]
        draft.data = self.shape.encode(values) if changed else list(draft.before or ())
        if held_back:
            draft.action = Action.SKIPPED
        elif draft.existing is not None:
            draft.action = Action.CHANGED if changed else Action.UNCHANGED
        return values

    def _compare(self, become: Sequence[tuple[Draft, Values]]) -> None:
        """Compare the rows of a chunk with each other and with all before them in the file; then errors are known."""
        twins = self.identities.first_uses([(draft.number, values) for draft, values in become])
        self.resolver.remember(become)
        for draft, _values in become:
            if draft.number in twins:
                self._twin(draft, *twins[draft.number])
            if draft.problems and draft.has_errors:
                draft.action = Action.ERROR
            elif draft.action == Action.SKIPPED:
                draft.data = None

    def _keep(self, draft: Draft, lines: dict[str, str]) -> None:
        """Put the lines of columns that the register lacks into the notes: those of the file, else those there."""
        field = self.register.notes_field
        own = draft.given.get(field)
        notes = own if own is not None else draft.existing[field] if draft.existing else ""
        draft.given[field] = with_lines(notes, lines, clear=self.policy["blank"] == "clear")

    def _merge(self, draft: Draft) -> dict[str, Any]:
        """Return the row as it would be; the existing row itself when the file changes nothing."""
        old, given = draft.existing, draft.given
        if old is None:
            return self.shape.empty | given
        if self.policy["conflict"] == "keep":
            return old
        if self.policy["blank"] != "clear" and given.items() <= old.items():
            return old  # as most rows of a file that comes again; the loop below would find the same
        changes = {}
        for name in self.mapped:
            value = given.get(name)
            if value is None:
                if self.policy["blank"] != "clear" or name in self.identity_fields or name in self.required:
                    continue
                if name not in given and any(p["field"] == name for p in draft.problems):
                    continue
                value = self.shape.blank(name)
            if value != old[name] and (self.policy["conflict"] != "empty" or old[name] in (None, "")):
                changes[name] = value
        if not changes:
            return old
        title = self.register.title_field
        if title in changes:
            if self.keyed:
                changes["name_key"] = given["name_key"]
            if old["pinyin"] == chinese.pinyin(str(old[title]))[:255]:  # nobody corrected it by hand
                changes["pinyin"] = ""
        return old | changes

    def _require(self, draft: Draft) -> None:
        empty = [name for name in self.required if draft.given.get(name) is None]
        if draft.existing is not None or not empty:
            return
        wrong = {problem["field"] for problem in draft.problems} | {plan.name for plan, _text in draft.references}
        for name in empty:
            if name not in wrong:
                header = self.required[name]
                message = _("“%(column)s” must not be empty. Fill it in.") % {"column": header}
                column = self.headers.get(name, header)
                draft.problems.append(problem(field=name, column=column, value=None, code="required", message=message))

    def _derive(self, draft: Draft, values: dict[str, Any]) -> None:
        wrong = self._wrong(draft) if draft.problems else ()
        if not wrong or draft.existing is not None:  # a new row with errors is not written as it is
            self.register.prepare(values)
        for found in self.register.check(values, wrong=wrong):
            self._note(draft, found.field, values.get(found.field), found.code, found.message, found.severity)
        if not values.get("division") and not draft.has_errors:
            message = _("The row belongs to no administrative division. Fill one in.")
            self._note(draft, "division", None, "required", message)

    def _wrong(self, draft: Draft) -> set[str]:
        """Return the fields of which the cells say nothing that could be checked."""
        wrong = {problem["field"] for problem in draft.problems if problem["severity"] == "error"}
        return wrong | {plan.upper for plan in self.plans if plan.upper and plan.name in wrong}

    def _note(self, draft: Draft, field: str, value: Any, code: str, message: Any, severity: str = "error") -> None:
        column = self.headers.get(field) or self._label(field)
        draft.problems.append(
            problem(field=field, column=column, value=value, code=code, message=message, severity=severity)
        )

    def _label(self, field: str) -> str:
        column: Column | None = next((column for column in self.register if column.field == field), None)
        return self.register.header(column) if column else ""

    def _out_of_scope(self, draft: Draft, division: str) -> None:
        draft.action = Action.ERROR
        message = _("%(division)s is not one of your divisions. Ask its admin to import this row.")
        name = divisions.full_names().get(division, division)
        self._note(draft, "division", name, "out_of_scope", message % {"division": name})

    def _belongs_to_another(self, draft: Draft, fields: tuple[str, ...]) -> None:
        header = self._headers(fields)
        message = _("The register has another row with the same “%(columns)s”. Correct it, or remove one of the two.")
        field = "name" if "name_key" in fields else fields[0]
        self._note(draft, field, draft.given.get(field), "duplicate", message % {"columns": header})

    def _twin(self, draft: Draft, number: int, fields: tuple[str, ...]) -> None:
        message = _("Row %(number)s of the file has the same “%(columns)s”. Keep one of the two.")
        field = self.register.title_field if "name_key" in fields else fields[0]
        texts = {"number": self.row_name(number), "columns": self._headers(fields)}
        self._note(draft, field, draft.given.get(field), "duplicate_in_file", message % texts)

    def _headers(self, fields: tuple[str, ...]) -> str:
        return "、".join(
            self._label(self.register.title_field if field == "name_key" else field) or field for field in fields
        )

    def _read_ahead(self, batch: lookups.Batch, drafts: list[Draft]) -> None:
        """Read what derive and rules will ask for: the rows referred to, and all above them."""
        for field in self.references:
            keys = [draft.given.get(field.name) for draft in drafts]
            keys += [draft.existing[field.name] for draft in drafts if draft.existing]
            related = field.related_model
            if related is None or not hasattr(related, "register"):
                continue
            if related is self.register.model:
                batch.load_ancestors(related, field.name, keys)
            else:
                batch.load(related, keys)


def _required(register: Register) -> dict[str, str]:
    """Return the required fields with their headers; a reference given by two columns counts once."""
    required: dict[str, str] = {}
    for column in register:
        if column.importable and register.is_required(column):
            required.setdefault(column.field, register.header(column))
    return required


def _covers(scope: list[str] | None, code: str | None) -> bool:
    return scope is None or bool(code and any(divisions.contains(outer, code) for outer in scope))
