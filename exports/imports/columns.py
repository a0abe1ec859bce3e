"""The columns of a file as the screen shows them: what they hold, what they were taken for and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from content.core import cleaning, divisions
from content.core.cleaning import Unclean
from content.core.models import Division
from content.core.register import Column

from .cells import Cell, ColumnPlan
from .contents import Evidence
from .examples import choices_of
from .matching import KEEP, Matched
from .models import ImportJob

CHOSEN_FROM = 600  # divisions in one drop-down; beyond that their names are typed


@dataclass
class ShownColumn:
    """A column of the file. `value` is the choice in force: a column's key, "" for left out, KEEP."""

    index: int
    letter: str
    title: str
    samples: list[str]
    value: str
    why: str
    doubt: str = ""
    suggestion: str = ""
    open: bool = False
    error: str = ""


@dataclass
class Lacking:
    """A column that the file lacks. options: (text, label) to choose from, or none when the value is typed."""

    key: str
    label: str | Promise
    required: bool
    value: str
    example: str
    options: list[tuple[str, str]] = field(default_factory=list)
    typed_from: list[str] = field(default_factory=list)
    error: str = ""


def own_columns(job: ImportJob) -> list[Matched]:
    """Return the columns that stand in the file itself."""
    return [Matched(**column) for column in job.columns if column["how"] != "constant"]


def shown_columns(job: ImportJob, chosen: Mapping[int, str] | None = None) -> list[ShownColumn]:
    """Return the file's columns, with the choices that a person just made, when there are any."""
    register = job.register
    found = []
    for column in own_columns(job):
        value = KEEP if column.how == "kept" else column.key
        shown = ShownColumn(
            index=column.index,
            letter=xl_col_to_name(column.index),
            title=column.title or column.header,
            samples=column.samples,
            value=value if chosen is None else chosen.get(column.index, ""),
            why=_why(job, column),
            doubt=Evidence(*column.doubt).in_words(register) if column.doubt else "",
            suggestion=column.suggestion,
            open=column.how in ("ambiguous", "unknown") and bool(column.samples),
        )
        found.append(shown)
    for columns in twice(found).values():
        for shown in columns:
            others = "、".join(other.letter for other in columns if other is not shown)
            message = _("Column %(others)s is matched to the same one. Choose which of them it is.")
            shown.error = message % {"others": others}
    return found


def twice(columns: Sequence[ShownColumn]) -> dict[str, list[ShownColumn]]:
    """Return the register's columns to which several columns of the file are matched, and these."""
    claims: dict[str, list[ShownColumn]] = defaultdict(list)
    for column in columns:
        if column.value not in ("", KEEP):
            claims[column.value].append(column)
    return {key: claimants for key, claimants in claims.items() if len(claimants) > 1}


def _why(job: ImportJob, column: Matched) -> str:
    register = job.register
    evidence = Evidence(*column.evidence).in_words(register) if column.evidence else ""
    label = register.label(register.by_key[column.suggestion]) if column.suggestion else ""
    if column.how == "content":
        return _("by its values: %(evidence)s") % {"evidence": evidence}
    if column.how == "unknown" and label:
        if evidence:
            return _("Perhaps “%(label)s”: %(evidence)s") % {"label": label, "evidence": evidence}
        return _("Perhaps “%(label)s”: the header is %(likeness)s %% alike") % {
            "label": label,
            "likeness": column.likeness,
        }
    words = {
        "exact": _("same header"),
        "synonym": _("another word for it"),
        "loose": _("same header but for the brackets"),
        "chosen": _("chosen by hand"),
        "remembered": _("by the saved mapping"),
        "kept": _("kept in the notes"),
        "ignored": _("left out") if column.header else _("no header"),
        "ambiguous": _("several columns may be this one"),
        "unknown": _("not matched"),
    }
    return words.get(column.how, "")


def lacking_columns(
    job: ImportJob, columns: Sequence[ShownColumn], constants: Mapping[str, str] | None = None
) -> list[Lacking]:
    """Return the columns that the file lacks and that may hold one value in every row, required ones first."""
    register = job.register
    values = job.mapping.get("constants", {}) if constants is None else constants
    given = {register.by_key[column.value].field for column in columns if column.value in register.by_key}
    found = []
    for column in register:
        if not column.importable or column.field in (*given, register.title_field, register.notes_field):
            continue
        if register.model_field(column).unique:
            continue
        lacking = Lacking(
            key=column.key,
            label=register.label(column),
            required=register.is_required(column),
            value=values.get(column.key, ""),
            example=column.example,
        )
        _offer(job, column, lacking)
        if lacking.value:
            lacking.error = _unfit(job, column, lacking.value)
        found.append(lacking)
    return sorted(found, key=lambda lacking: not lacking.required)


def _offer(job: ImportJob, column: Column, lacking: Lacking) -> None:
    """Set what may be chosen: the field's choices, or the divisions in which the job may write."""
    model_field = job.register.model_field(column)
    if model_field.is_relation and model_field.related_model is Division:
        names = divisions.full_names()
        codes = [code for code in sorted(names) if _inside(code, job.scope)]
        if len(codes) <= CHOSEN_FROM:
            lacking.options = [(code, names[code]) for code in codes]
            lacking.value = _code_of(lacking.value) if lacking.value else ""
        else:
            lacking.typed_from = [names[code] for code in codes if len(code) == 6]
    else:
        lacking.options = [(word, word) for word in choices_of(job.register, column)]
        known = {word for word, _label in lacking.options}
        if lacking.options and lacking.value and lacking.value not in known:
            lacking.options.append((lacking.value, lacking.value))  # typed before, in other words


def _inside(code: str, scope: list[str] | None) -> bool:
    return scope is None or any(divisions.contains(outer, code) for outer in scope)


def _code_of(text: str) -> str:
    try:
        return str(cleaning.division(text).value or text)
    except Unclean:
        return text


def _unfit(job: ImportJob, column: Column, text: str) -> str:
    """Return why a text cannot be the value of a column in every row; the empty text when it can."""
    header = str(job.register.label(column))
    plan = ColumnPlan(job.register, column, index=0, header=header, inside=tuple(job.scope or ()))
    found = plan.read(text)
    return found.problem["message"] if isinstance(found, Cell) and found.problem else ""
