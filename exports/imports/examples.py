"""What a template says about a column: what may be chosen, what to write, an example."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from content.core import cleaning, divisions
from content.core.models import Division
from content.core.register import Column, Register

_NUMBERS = {"DecimalField": "95.5", "PositiveIntegerField": "120", "PositiveSmallIntegerField": "3"}
_KNOWN = {"year": "2024", "longitude": "120.612345", "latitude": "31.123456"}


def choices_of(register: Register, column: Column) -> list[str]:
    """Return what may be chosen in a column, as people read it."""
    field = register.model_field(column)
    if isinstance(field, models.BooleanField):
        return [_("yes"), _("no")]
    return [str(label) for value, label in (field.flatchoices or []) if value not in (None, "")]


def divisions_of(codes: list[str] | None) -> list[str]:
    """Return the full names of the divisions in somebody's charge (None: of all), in the order of their codes."""
    names = divisions.full_names()
    mine = sorted(names) if codes is None else sorted(c for c in names if any(divisions.contains(o, c) for o in codes))
    return [names[code] for code in mine]


def kind_of(register: Register, column: Column) -> str:
    """Return how a spreadsheet should hold a cell: text, date, integer, number, or any."""
    field = register.model_field(column)
    if field.is_relation or field.choices or isinstance(field, models.BooleanField):
        return "text"
    if isinstance(field, models.DateField):
        return "date"
    if column.upper or column.clean is cleaning.stars:
        return "any"
    if isinstance(field, models.IntegerField):
        return "integer"
    return "number" if isinstance(field, models.DecimalField) else "text"


def explain(register: Register, column: Column) -> str:
    field = register.model_field(column)
    if words := choices_of(register, column):
        return _("One of: %(words)s") % {"words": "、".join(words)}
    if column.field == "division":
        return _("The name of the division, for example 四川省成都市锦江区, or its code 510104.")
    if field.is_relation:
        return _("Its code or full name, as in its own register.")
    if column.key == "code":
        return _("Leave empty for a new record: the system gives it a code.")
    explained = {
        "date": _("A date, for example 2023-04-12."),
        "number": _("A number."),
        "integer": _("A whole number."),
        "any": _("A number; a range like 120-150 where prices vary.") if column.upper else _("A whole number."),
    }
    return explained.get(kind_of(register, column), str(field.help_text) or _("Text."))


def example_of(register: Register, column: Column, places: list[str]) -> str:
    """Return an example, plainly invented. places: the divisions that the template is for."""
    field = register.model_field(column)
    if column.example:
        return column.example
    if column.field in _KNOWN:
        return _KNOWN[column.field]
    if words := choices_of(register, column):
        return words[0]
    if field.related_model is Division:
        return places[-1] if places else ""
    if field.is_relation:
        return _of_another(field.related_model, column)
    if column.clean is cleaning.credit_code:
        return "81510104MC0000012P"
    if column.clean is cleaning.phone:
        return "0512-66661234"
    if column.key == "code":
        return f"{register.code_prefix}5101040001"
    if column.personal or "contact" in column.field:
        return "示例甲"
    if isinstance(field, models.DateField):
        return "2023-04-12"
    return _NUMBERS.get(field.get_internal_type(), _("Example text"))


def _of_another(model: Any, column: Column) -> str:
    other: Register = model.register
    found = next((c for c in other if c.field in column.lookups), None)
    return example_of(other, found, []) if found else ""
