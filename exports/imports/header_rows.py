"""Where the header of a table stands, when a person says so: the rows to choose from, the choice, and what follows from it.

The choice is kept in `ImportJob.answers` by sheet (`ANY` for whatever sheet is read) as the numbers of its rows. A header
found once is found again: on other sheets of the file by its words, in later files by those of the saved mapping.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from content.core.register import Register
from exports.files import Sheet, Workbook

from . import profiles, ranges
from .contents import Contents
from .layout import HEAD, MOST_ROWS, NO_HEADER, Known, Layout, find_layout, shown_text
from .matching import Matched, Vocabulary, plain
from .models import ImportJob
from .problems import ImportRefused

ANSWER = "header_rows"
ANY = ""
_COLUMNS = 50


def parse(text: str) -> list[int]:
    """Read the rows of a header as people write them: `3`, `2-3`, `none`. Raises ImportRefused for anything else."""
    if text.strip().casefold() in ("none", "无", "0"):
        return list(NO_HEADER)
    pairs = ranges.parse(text)
    if sum(last - first + 1 for first, last in pairs) > MOST_ROWS:
        raise _refused()
    return checked([number for first, last in pairs for number in range(first, last + 1)])


def checked(numbers: Iterable[int]) -> list[int]:
    """Return the numbers of the rows in order; none for “find it by yourself”. Raises ImportRefused for what cannot be."""
    rows = sorted(set(numbers))
    if rows != list(NO_HEADER) and (len(rows) > MOST_ROWS or any(row < 1 for row in rows)):
        raise _refused()
    return rows


def _refused() -> ImportRefused:
    message = _(
        "A header takes one to %(most)s rows that are not blank, among the first %(rows)s. Choose its rows again."
    )
    return ImportRefused("header_rows", message % {"most": MOST_ROWS, "rows": HEAD})


def chosen_with(job: ImportJob, choice: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    """Return the job's answer when a person adds to it; no rows at all leave the sheet to the program again."""
    before = {} if ANY in choice else job.answers.get(ANSWER, {})
    said = before | {sheet: checked(rows) for sheet, rows in choice.items()}
    there = {number for number, _cells in job.mapping.get("beginning", ())} | {*NO_HEADER}
    if len(there) > 1 and not all(there.issuperset(rows) for sheet, rows in said.items() if sheet in (ANY, job.sheet)):
        raise _refused()
    return {sheet: rows for sheet, rows in said.items() if rows}


def layouts_of(job: ImportJob, workbook: Workbook) -> list[Layout]:
    """Return where the data of each sheet is; sheets whose header a person chose help to find that of the others."""
    said: dict[str, list[int]] = job.answers.get(ANSWER, {})
    known = profiles.known_headers(job)
    found: dict[str, Layout | None] = {}
    for sheet in workbook.sheets:
        if rows := said.get(sheet.name):
            found[sheet.name] = _layout(job, sheet, chosen=rows)
    if by_hand := [layout for layout in found.values() if layout]:
        known = profiles.knowing([layout.words for layout in by_hand], beside=known)
    anywhere, refusal = said.get(ANY) or _of_profile(job), None
    for sheet in workbook.sheets:
        if sheet.name not in found and anywhere:
            try:
                found[sheet.name] = _layout(job, sheet, chosen=anywhere)
            except ImportRefused as error:  # a short sheet beside the one that is meant
                refusal = error
        if sheet.name not in found:
            found[sheet.name] = _layout(job, sheet, known=known)
    layouts = [layout for sheet in workbook.sheets if (layout := found[sheet.name])]
    if refusal and not any(layout.header_rows == list(anywhere) for layout in layouts):
        raise refusal
    return layouts


def _of_profile(job: ImportJob) -> Sequence[int]:
    """A table without header can be known by nothing but the mapping that was asked for."""
    return NO_HEADER if job.profile and job.profile.header_rows == list(NO_HEADER) else ()


def _layout(job: ImportJob, sheet: Sheet, *, known: Known | None = None, chosen: Sequence[int] = ()) -> Layout | None:
    return find_layout(job.register, sheet.name, sheet.rows, hidden=sheet.hidden, known=known, chosen=chosen)


def alike(job: ImportJob, layouts: Sequence[Layout], wanted: Sequence[str]) -> list[str]:
    """Return those of the wanted sheets that go with the one whose header was chosen last; all when none was."""
    by_hand = [name for name in job.answers.get(ANSWER, {}) if name in wanted]
    first = next((layout for layout in layouts if by_hand and layout.sheet == by_hand[-1]), None)
    if first is None:
        return list(wanted)
    return [layout.sheet for layout in layouts if layout.sheet in wanted and layout.signature == first.signature]


def beginning(sheet: Sheet) -> list[list[Any]]:
    """Return the first rows of a sheet as people see them, as (number, texts)."""
    return [
        [number, [shown_text(cell) if cell is not None else "" for cell in cells[:_COLUMNS]]]
        for number, cells in islice(sheet.rows, HEAD)
    ]


def is_like_data(register: Register, columns: Sequence[Matched]) -> bool:
    """Tell whether what stands in the header is of the kind of the values below it, as where a table has no header."""
    kinds = Contents(register).kinds
    found = [kinds[column.key] for column in columns if column.how == "content" and column.key in kinds]
    headers = [column.header for column in columns if column.how == "content" and column.key in kinds]
    return any(fits(header) for (_kind, fits), header in zip(found, headers, strict=True))


def lies_on_its_side(job: ImportJob) -> bool:
    """Tell whether the names of columns stand one below the other in the first column."""
    words = Vocabulary.of(job.register)
    first = [str(cells[0]) for _number, cells in job.mapping.get("beginning", []) if cells]
    named = {plain(word) for word in first if words.knows(plain(word))}
    return len(named) > max(1, sum(bool(column["key"]) for column in job.columns))


def shown(job: ImportJob) -> dict[str, Any] | None:
    """Return the rows to choose from, each with whether it is of the header now; None when they are not kept."""
    kept = job.mapping.get("beginning", [])
    if not kept:
        return None
    rows = [{"number": number, "cells": cells, "chosen": number in job.header_rows} for number, cells in kept]
    width = max(len(row["cells"]) for row in rows)
    for row in rows:
        row["cells"] = [*row["cells"], *[""] * (width - len(row["cells"]))]
    return {
        "rows": rows,
        "now": "、".join(str(number) for number in job.header_rows if number),
        "by_hand": bool(job.answers.get(ANSWER, {}).get(job.sheet) or job.answers.get(ANSWER, {}).get(ANY)),
        "looks_like_data": job.mapping.get("header_like_data", False),
        "open": job.error_code == "no_header" or job.mapping.get("header_like_data", False),
    }
