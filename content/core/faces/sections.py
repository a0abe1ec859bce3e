"""Sorts the columns of a register into sections, for the form and the inspect page alike."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import DecimalField, IntegerField, TextField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from content.core.register import Column, Register

TITLES = {
    "main": _("Main facts"),
    "place": _("Place"),
    "contacts": _("Contacts"),
    "figures": _("Figures"),
    "texts": _("Descriptions"),
    "status": _("Status and sorting"),
}


@dataclass(frozen=True)
class Section:
    key: str
    title: str | Promise
    columns: tuple[Column, ...]


def sections(register: Register) -> list[Section]:
    """Return the sections in reading order, each field once, empty ones left out."""
    found: dict[str, list[Column]] = {key: [] for key in TITLES}
    seen: set[str] = set()
    for column in register:
        if column.field not in seen:
            seen.add(column.field)
            found[_section(register, column)].append(column)
    return [Section(key, TITLES[key], tuple(columns)) for key, columns in found.items() if columns]


def _section(register: Register, column: Column) -> str:
    """Tell a column's section by what it holds; names follow the conventions of the shipped registers."""
    field, name = register.model_field(column), column.field
    if name in {"status", "result"}:
        return "status"
    if name == register.notes_field:
        return "texts"
    if column.personal or name.endswith(("contact", "_phone")):
        return "contacts"
    if name in {"division", "address", "longitude", "latitude"}:
        return "place"
    if isinstance(field, TextField):
        return "texts"
    if isinstance(field, IntegerField | DecimalField) and not field.choices and name not in register.key:
        return "figures"
    return "main"
