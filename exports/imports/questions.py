"""What only a person can say about a file: its password, which of its sheets are meant, and whether hidden rows are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from xlsxwriter.utility import xl_col_to_name

from exports.files import Workbook

from . import header_rows
from .layout import Layout
from .models import ImportJob
from .problems import ImportRefused

PASSWORD, SHEETS, ROWS, COLUMNS = "password", "sheets", "hidden_rows", "hidden_columns"
SAID_BY = "said_by"  # in `ImportJob.answers`: the source that answered in advance
OF_HEADERS = (SHEETS, header_rows.ANSWER)
TELLING = 2  # columns that a header must name, to be no chance
ASK = "ask"
"""In `ImportJob.answers`: there is somebody to ask. Without it the defaults hold: the sheet that fits best, and hidden
rows and columns of it like the others; the notes of the job say so."""


def described(workbook: Workbook, layouts: Sequence[Layout]) -> list[dict[str, Any]]:
    """Return `ImportJob.mapping["sheets"]`: what there is to choose from, every sheet with data in it.

    rows, hidden_rows: below the header. hidden_columns: their letters. like: number of the first sheet with this header.
    """
    found = {sheet.name: sheet for sheet in workbook.sheets}
    signatures = [layout.signature for layout in layouts]
    return [
        {
            "name": layout.sheet,
            "score": layout.score,
            "hidden": layout.hidden,
            "rows": len(found[layout.sheet].rows) - layout.above,
            "hidden_rows": found[layout.sheet].hidden_rows.below(max(layout.header_rows)),
            "filtered": found[layout.sheet].filtered,
            "hidden_columns": [xl_col_to_name(index) for index in _hidden_columns(workbook, layout)],
            "like": signatures.index(layout.signature),
        }
        for layout in layouts
    ]


def _hidden_columns(workbook: Workbook, layout: Layout) -> list[int]:
    """Return the hidden columns that hold anything."""
    sheet = next(sheet for sheet in workbook.sheets if sheet.name == layout.sheet)
    width = len(layout.headers)
    return [at for at in sheet.hidden_columns if at < width and (layout.headers[at] or layout.samples[at])]


def candidates(job: ImportJob) -> list[dict[str, Any]]:
    """Return the sheets that hold data like the best one, which a person may want as well or instead.

    Where no header says anything to the register, any sheet may be meant.
    """
    sheets: list[dict[str, Any]] = job.mapping.get("sheets", [])
    best = max((sheet["score"] for sheet in sheets), default=0)
    return sheets if best < TELLING else [sheet for sheet in sheets if sheet["score"] >= max(TELLING, best // 2)]


def likeliest(job: ImportJob) -> list[str]:
    """Return the sheets to propose: the visible ones with the header under which most rows stand."""
    rows: Counter[int] = Counter()
    visible = [sheet for sheet in candidates(job) if not sheet["hidden"]] or candidates(job)
    for sheet in visible:
        rows[sheet["like"]] += sheet["rows"]
    best = max(rows, key=lambda like: rows[like], default=0)
    return [sheet["name"] for sheet in visible if sheet["like"] == best]


def concerned(job: ImportJob) -> list[dict[str, Any]]:
    """Return the sheets whose hidden rows matter: those that are read, or all that may be, while that is open."""
    names = {part["name"] for part in job.sheets}
    chosen = [sheet for sheet in job.mapping.get("sheets", []) if sheet["name"] in names]
    return chosen if SHEETS in job.answers else [*chosen, *(one for one in candidates(job) if one not in chosen)]


def possible(job: ImportJob) -> list[str]:
    """Return the questions that the file raises, answered or not."""
    asked = []
    if len(candidates(job)) > 1:
        asked.append(SHEETS)
    if any(sheet.get("hidden_rows") for sheet in concerned(job)):
        asked.append(ROWS)
    if any(sheet.get("hidden_columns") for sheet in concerned(job)):
        asked.append(COLUMNS)
    return asked


def offered(job: ImportJob) -> list[str]:
    """Return the questions that a person may answer anew: also which of several sheets, where the program saw no doubt."""
    asked = possible(job)
    return [SHEETS, *asked] if SHEETS not in asked and len(job.mapping.get("sheets", [])) > 1 else asked


def still_open(job: ImportJob) -> ImportRefused | None:
    """Return the first question that waits for an answer, or None when there is none, or nobody to ask."""
    if not job.answers.get(ASK):
        return None
    open_ones = [kind for kind in possible(job) if job.answers.get(kind) in (None, [])]
    return _question(job, open_ones[0]) if open_ones else None


def _question(job: ImportJob, kind: str) -> ImportRefused:
    if kind == SHEETS:
        return ImportRefused("sheets", _("Several sheets hold data of this kind. Say which are meant."))
    if kind == COLUMNS:
        message = _("Some columns are hidden in the file. Say whether they are to be imported.")
        return ImportRefused("hidden_columns", message)
    count = sum(sheet["hidden_rows"] for sheet in concerned(job))
    text = ngettext(
        "%(count)s row is hidden in the file. Say whether it is to be imported.",
        "%(count)s rows are hidden in the file. Say whether they are to be imported.",
        count,
    )
    return ImportRefused("hidden_rows", text % {"count": count})


def checked(job: ImportJob, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers that can be taken. Raises ImportRefused: an unknown sheet, or sheets of different headers."""
    taken: dict[str, Any] = {kind: bool(answers[kind]) for kind in (ROWS, COLUMNS) if answers.get(kind) is not None}
    names = answers.get(SHEETS)
    known = {sheet["name"]: sheet for sheet in job.mapping.get("sheets", [])}
    if names and names != "all" and known:  # of a file that was not looked into yet, the inspection will say
        for name in names:
            if name not in known:
                message = _("The file has no sheet “%(sheet)s” with data in it.")
                raise ImportRefused("sheet_missing", message % {"sheet": name})
        first = known[names[0]]
        if odd := next((name for name in names if known[name]["like"] != first["like"]), None):
            message = _("“%(one)s” and “%(two)s” have different headers. Import such sheets one after the other.")
            raise ImportRefused("sheets_differ", message % {"one": names[0], "two": odd})
    if (rows := answers.get(header_rows.ANSWER)) is not None:
        taken[header_rows.ANSWER] = header_rows.chosen_with(job, rows)
        if job.sheets and len(known) > 1:  # another sheet may seem the better one after that
            names = names or job.answers.get(SHEETS) or [part["name"] for part in job.sheets]
    return taken | ({SHEETS: names} if names else {})
