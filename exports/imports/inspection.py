"""Look into a file: which sheet, where the header is, which column is which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from content.core.register import Register
from exports.files import Workbook

from . import header_rows, profiles, questions
from .heads import heads_of
from .layout import Layout, choose_layouts
from .matching import Matched, constant_columns, match, missing
from .models import ImportJob, ImportProfile, default_policy
from .parts import parts_of
from .problems import ImportRefused
from .remarks import remarks


def inspect_workbook(
    job: ImportJob,
    workbook: Workbook,
    *,
    chosen: Mapping[str, str] | None = None,
    constants: Mapping[str, str] | None = None,
) -> None:
    """Set the job's sheets, header rows and mapping. Raises ImportRefused when no sheet holds any data.

    Which sheets are read is said by `job.answers["sheets"]`: names, or "all" with the same header as the best one.
    chosen: file header → column of the register, as a person chose.
    constants: column of the register → the value that every row has; None leaves those chosen before.
    Where nobody chose, the job's saved mapping decides, or the one that fits by its headers.
    """
    register = job.register
    layouts = header_rows.layouts_of(job, workbook)
    read = _chosen_sheets(job, layouts, by_hand=chosen is not None)
    layout = _readable(job, read[0], workbook)
    if remembered := chosen is None:
        profile = job.profile or profiles.fitting(job, layout.words)
        if profile and (sheets := _sheets_of(job, profile, layouts)):
            job.answers = job.answers | {questions.SHEETS: sheets}
            read = choose_layouts(layouts, sheets)
            layout = _readable(job, read[0], workbook)
        chosen, constants = _remembered(job, profile, layout, constants)
    columns = match(register, layout.headers, chosen=chosen, values=layout.values)
    for column in columns:
        column.samples = layout.samples[column.index]
        column.title = layout.title(column.index)
        if column.how == "chosen" and remembered:
            column.how = "remembered"
    constants = dict(job.mapping.get("constants", {}) if constants is None else constants)
    like_data = header_rows.is_like_data(register, columns)
    columns += constant_columns(register, columns, constants)
    job.sheet = layout.sheet
    job.header_rows = layout.header_rows
    job.sheets = parts_of(workbook, read)
    job.kind, job.encoding = workbook.kind, workbook.encoding
    job.mapping = {
        "columns": [column.as_json() for column in columns],
        "chosen": dict(chosen or {}),
        "constants": constants,
        "from_1904": workbook.from_1904,
        "sheets": questions.described(workbook, layouts),
        "heads": heads_of(workbook, read),
        "header_like_data": like_data,
        "beginning": header_rows.beginning(next(sheet for sheet in workbook.sheets if sheet.name == layout.sheet)),
    }
    job.notes = [*map(str, workbook.notes), *_notes(job, read, layouts), *remarks(register, columns)]


def _chosen_sheets(job: ImportJob, layouts: list[Layout], *, by_hand: bool) -> list[Layout]:
    wanted = job.answers.get(questions.SHEETS, [])
    if by_hand and not wanted:
        wanted = [part["name"] for part in job.sheets]
    return choose_layouts(layouts, wanted if wanted == "all" else header_rows.alike(job, layouts, wanted))


def _sheets_of(job: ImportJob, profile: ImportProfile, layouts: list[Layout]) -> str | list[str]:
    """Return the sheets that a saved mapping says where nobody did; one that fits by itself only when it means them all."""
    if job.answers.get(questions.SHEETS) or not (job.profile or profile.sheets == "all"):
        return []
    return profiles.sheets_of(profile, layouts)


def _readable(job: ImportJob, layout: Layout, workbook: Workbook) -> Layout:
    """Return a layout whose hidden columns, where a person left them out, say nothing: they match nothing."""
    if job.answers.get(questions.COLUMNS, True):
        return layout
    sheet = next(sheet for sheet in workbook.sheets if sheet.name == layout.sheet)
    hidden = set(sheet.hidden_columns)
    return replace(
        layout,
        headers=[[] if index in hidden else words for index, words in enumerate(layout.headers)],
        samples=[[] if index in hidden else words for index, words in enumerate(layout.samples)],
        values=lambda index: [] if index in hidden else layout.values(index),
    )


def _remembered(
    job: ImportJob, profile: ImportProfile | None, layout: Layout, constants: Mapping[str, str] | None
) -> tuple[Mapping[str, str], Mapping[str, str] | None]:
    """Return the choice and the constants of the saved mapping to use, if there is one."""
    if profile is None:
        return {}, constants
    headers = [Matched(index, words[0] if words else "") for index, words in enumerate(layout.headers)]
    job.profile = profile
    if job.policy == default_policy():
        job.policy = job.policy | profile.policy
    profiles.note_use(profile)
    return profiles.choice_of(profile, headers), profiles.constants_of(profile) if constants is None else constants


def obstacle(job: ImportJob) -> ImportRefused | None:
    """Return why a person must match the columns, or None when the file can be checked as it is."""
    register = job.register
    columns = [Matched(**column) for column in job.columns]
    keys = [column.key for column in columns if column.key]
    ambiguous = [column for column in columns if column.how == "ambiguous"]
    if not ambiguous and not set(keys) - {register.notes_field}:  # notes alone are what any table has
        return ImportRefused(
            "no_header",
            _(
                "No column of the sheet “%(sheet)s” is one of the register “%(register)s”. Is it the right file? %(needed)s"
            )
            % {"sheet": job.sheet, "register": register.verbose_name, "needed": _needed(register)},
        )
    given = {register.by_key[key].field for key in keys}
    undecided = [c for c in ambiguous if register.by_key[c.suggestion].field not in given]
    if undecided:
        message = _("Several columns may be the same one: %(columns)s. Say which is meant by matching the columns.")
        if not keys and len({column.suggestion for column in undecided}) > 1:
            message = _(
                "Two tables stand side by side in the sheet, with the same columns: %(columns)s. Put one below the other and"
                " upload the file again, or match the columns of one of them."
            )
        named = "、".join(f"{column.header}（{xl_col_to_name(column.index)}）" for column in undecided)
        return ImportRefused("ambiguous_columns", message % {"columns": named})
    if missing(register, keys) and header_rows.lies_on_its_side(job):
        message = _(
            "The table lies on its side: the names of its columns stand one below the other in column A. Copy it, paste it"
            " transposed (Paste Special), and upload the file again."
        )
        return ImportRefused("lies_on_side", message)
    if lacking := missing(register, keys):
        return ImportRefused(
            "missing_column",
            _("The sheet “%(sheet)s” lacks these columns: %(columns)s. Add them, or match the columns by hand.")
            % {"sheet": job.sheet, "columns": "、".join(lacking)},
        )
    return None


def _needed(register: Register) -> str:
    return _("At least these columns are needed: %(columns)s.") % {"columns": "、".join(missing(register, []))}


def _notes(job: ImportJob, read: list[Layout], layouts: list[Layout]) -> list[str]:
    """Say what a person would not expect: sheets left unread, and what hidden things are read or left out."""
    names = {layout.sheet for layout in read}
    sheets = [sheet for sheet in job.mapping["sheets"] if sheet["name"] in names]
    notes = [
        _("The sheet “%(sheet)s” is hidden in the file.") % {"sheet": one["name"]} for one in sheets if one["hidden"]
    ]
    if len(sheets) > 1:
        note = _("%(count)s sheets are read one below the other: %(sheets)s.")
        notes.append(note % {"count": len(sheets), "sheets": "、".join(sheet["name"] for sheet in sheets)})
    if hidden_rows := sum(sheet["hidden_rows"] for sheet in sheets):
        if job.answers.get(questions.ROWS, True):
            note = _(
                "%(count)s rows are hidden in the file, and are read like the others. Delete them there if they are not meant."
            )
        else:
            note = _("%(count)s rows are hidden in the file, and are set aside as was chosen.")
        notes.append(note % {"count": hidden_rows})
    if hidden_columns := [
        f"{sheet['name']}!{one}" if len(sheets) > 1 else one for sheet in sheets for one in sheet["hidden_columns"]
    ]:
        if job.answers.get(questions.COLUMNS, True):
            note = _("Hidden columns of the file are read like the others: %(columns)s.")
        else:
            note = _("Hidden columns of the file are left out as was chosen: %(columns)s.")
        notes.append(note % {"columns": "、".join(hidden_columns)})
    if (source := job.answers.get(questions.SAID_BY)) and (hidden_rows or hidden_columns or len(sheets) > 1):
        notes.append(_("That is what the recurring import “%(source)s” says.") % {"source": source})
    least = max(2, read[0].score // 2)
    others = [other.sheet for other in layouts if other.sheet not in names and other.score >= least]
    if others:
        notes.append(
            _("Only the sheet “%(sheet)s” is read; these hold similar data: %(others)s.")
            % {"sheet": "、".join(layout.sheet for layout in read), "others": "、".join(others)}
        )
    return notes
