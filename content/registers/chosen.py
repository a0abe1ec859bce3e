"""Bases that a visitor has picked by their codes: to compare side by side, or as favourites kept on the device."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import TextField
from django.utils.functional import Promise

from content.core.faces.cell import show
from content.core.faces.rows import CARD_RENDITIONS, public_rows
from content.core.faces.words import found_by
from content.core.register import Column, Register

MOST_COMPARED, MOST_FAVOURITES = 4, 60
SUGGESTED = 8
LONGEST_CODE = 30
# Who compares wants facts beside each other, what decides first; not positions and long texts.
FIRST = (
    "price",
    "price_includes",
    "days",
    "seasons",
    "capacity",
    "beds",
    "dining_seats",
    "parking",
    "room_discount",
    "meal_discount",
)
NOT_COMPARED = {"name", "code", "longitude", "latitude", "photo", "introduction", "booking_contact"}
OF_ITS_OWN = {"address", "booking_phone"}  # these differ always, which tells nothing


@dataclass(frozen=True, slots=True)
class Picked:
    """Rows in the order of their codes. `unknown`: codes that no published row has; `beyond`: those past the limit."""

    rows: list[Any]
    unknown: list[str]
    beyond: list[str]

    @property
    def codes(self) -> str:
        return ",".join(row.code for row in self.rows)


@dataclass(frozen=True, slots=True)
class Line:
    """One column of the compared rows. `differs`: not all say the same, of what is no free text."""

    column: Column
    label: str | Promise
    cells: list[str]
    differs: bool


def read_codes(values: Iterable[str]) -> list[str]:
    """Return the codes of `codes=a,b` and of `codes=a&codes=b`, each once; what can be no code is left out."""
    parts = (part.strip() for value in values for part in value.split(","))
    return list(dict.fromkeys(part for part in parts if 0 < len(part) <= LONGEST_CODE and "\0" not in part))


def pick(register: Register, codes: list[str], *, most: int) -> Picked:
    """Return the published rows of the first `most` codes, with what their cards need. A few queries in all."""
    asked, beyond = codes[:most], codes[most:]
    found = {row.code: row for row in public_rows(register, renditions=CARD_RENDITIONS).filter(code__in=asked)}
    return Picked(
        rows=[found[code] for code in asked if code in found],
        unknown=[code for code in asked if code not in found],
        beyond=beyond,
    )


def compare(register: Register, rows: list[Any]) -> list[Line]:
    """Return the public columns side by side; those that no row fills are left out."""
    first = [register.by_key[key] for key in FIRST]
    lines = []
    for column in [*first, *(column for column in register.public_columns if column.key not in FIRST)]:
        cells = [show(register, column, row) for row in rows] if column.field not in NOT_COMPARED else []
        if any(cells):
            told = column.field in OF_ITS_OWN or isinstance(register.model_field(column), TextField)
            lines.append(Line(column, register.label(column), cells, len(set(cells)) > 1 and not told))
    return lines


def suggestions(register: Register, words: str, *, but: list[Any]) -> list[Any]:
    """Return published rows that the words find, to be added to those compared."""
    if not words:
        return []
    rows = register.public_rows().defer("search_text").filter(found_by(register.model, words))
    return list(rows.exclude(pk__in=[row.pk for row in but]).order_by("pinyin", "pk")[:SUGGESTED])
