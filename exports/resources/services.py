"""The verb of this app: write rows of a register as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from content.core.file_formats import FILE_FORMATS
from content.core.register import Column, Register
from exports.bulletins.errors import NotPrintable
from exports.bulletins.services import render_register_pdf
from exports.files import write_table
from exports.imports.template import identifying, write_workbook

from .columns import chosen_columns, file_columns, rows_of, with_published_references

MEDIA_TYPES = {name: format.media_type for name, format in FILE_FORMATS.items()}
EDIT = "edit"  # an XLSX that is made to be changed and imported again
LOG_ACTION = "registers.export"
XLSX_ROWS = 1_048_575  # what a sheet holds below its header
TOLD_EVERY = 2_000
PDF_COLUMNS = 14  # more would leave each two characters wide

Progress = Callable[[int], None]


class TooLongForExcel(NotPrintable):
    code = "too_many_rows"

    def __init__(self) -> None:
        super().__init__(
            _("An Excel sheet holds %(limit)d rows at most. Filter the list, or export CSV instead.")
            % {"limit": XLSX_ROWS}
        )


class TooWideForPaper(NotPrintable):
    code = "too_many_columns"

    def __init__(self) -> None:
        super().__init__(
            _("A PDF list holds %(limit)d columns at most. Choose fewer, or export XLSX instead.")
            % {"limit": PDF_COLUMNS}
        )


@dataclass(frozen=True)
class Exported:
    """How many rows a file holds, and which columns (their headers)."""

    rows: int
    headers: list[str]


def export_rows(
    *,
    register: Register,
    rows: QuerySet[Any],
    path: Path,
    format: str,
    columns: Sequence[str] = (),
    public: bool = False,
    personal: bool = False,
    codes: list[str] | None = None,
    progress: Progress | None = None,
) -> Exported:
    """Write `rows` of a register into a file, in the register's order; memory does not grow with the rows.

    columns: keys of the columns, in the order of the file; none means all (in a PDF: those of the list).
    public: only public columns. personal: also personal ones; whoever calls has checked the permission and logs it.
    codes: of the divisions that may be chosen in a file for editing; None means all.
    progress: is told every few thousand rows how many are written.
    Raises NotPrintable for a PDF or sheet that cannot hold it (TooManyRows …), UnknownColumn, KeyError for an unknown format.
    """
    rows = rows.order_by(*register.ordering)
    if format == EDIT:
        return _export_for_editing(register, rows, columns, path, personal=personal, codes=codes, progress=progress)
    if FILE_FORMATS[format].printed:
        return _export_pdf(register, rows, columns, path, public=public, personal=personal)
    if format == "xlsx" and rows.count() > XLSX_ROWS:
        raise TooLongForExcel
    bare = FILE_FORMATS[format].bare
    found = file_columns(register, keys=columns, public=public, personal=personal, split_ranges=bare)
    headers = [column.header for column in found]
    if public:
        rows = with_published_references(register, rows, found)
    cells = rows_of(rows, found)
    count = write_table(
        path,
        format,
        [column.key for column in found] if bare else headers,
        _counted(cells, progress) if progress else cells,
        text=[column.header for column in found if column.text],
        title=str(register.verbose_name_plural),
    )
    return Exported(count, headers)


def _export_for_editing(
    register: Register,
    rows: QuerySet[Any],
    keys: Sequence[str],
    path: Path,
    *,
    personal: bool,
    codes: list[str] | None,
    progress: Progress | None,
) -> Exported:
    """The template with the rows in it: what identifies a row stands first and is locked."""
    if rows.count() > XLSX_ROWS:
        raise TooLongForExcel
    chosen = chosen_columns(register, keys, personal=personal)
    every = [column for column in chosen_columns(register, (), personal=personal) if column.importable]
    first = identifying(register, every)
    order = [*first, *(column for column in chosen if column.importable and column not in first)]
    found = file_columns(register, keys=[column.key for column in order], personal=personal)
    cells = rows_of(rows, found)
    count = write_workbook(
        path,
        register,
        [column.column for column in found],
        codes=codes,
        rows=_counted(cells, progress) if progress else cells,
    )
    return Exported(count, [column.header for column in found])


def _counted(rows: Iterator[tuple[Any, ...]], progress: Progress) -> Iterator[tuple[Any, ...]]:
    for number, row in enumerate(rows, start=1):
        yield row
        if number % TOLD_EVERY == 0:
            progress(number)


def _export_pdf(
    register: Register, rows: QuerySet[Any], keys: Sequence[str], path: Path, *, public: bool, personal: bool
) -> Exported:
    """A PDF shows what a list shows, unless a person chooses: nobody reads thirty columns across a page."""
    allowed = chosen_columns(register, keys, public=public, personal=personal)
    shown = allowed if keys else [column for column in allowed if column.listed] or allowed[:6]
    if len(shown) > PDF_COLUMNS:
        raise TooWideForPaper
    count = rows.count()
    if not public:  # public rows come with their references already, those that are published
        rows = rows.select_related(*_joins(register, shown) or [None])
    instances = rows.iterator(chunk_size=500)
    path.write_bytes(render_register_pdf(register, instances, shown, public=public))
    return Exported(count, [register.header(column) for column in shown])


def _joins(register: Register, columns: Sequence[Column]) -> set[str]:
    return {c.field for c in columns if register.model_field(c).is_relation and c.field != "division"}


def record_export(
    *,
    user: Any,
    register: Register,
    format: str,
    exported: Exported,
    filters: str,
    personal: Sequence[str],
    reason: str,
) -> None:
    """Keep who took which rows and columns out of the house, when and why, in Wagtail's log (site history).

    personal: headers of the columns with personal data.
    """
    log(
        instance=ContentType.objects.get_for_model(register.model),
        action=LOG_ACTION,
        user=user,
        title=_("Export of %(register)s") % {"register": register.verbose_name_plural},
        data={
            "register": register.slug,
            "format": format,
            "rows": exported.rows,
            "columns": exported.headers,
            "filters": filters,
            "personal": bool(personal),
            "personal_columns": list(personal),
            "reason": reason,
        },
    )


def personal_headers(register: Register, exported: Exported) -> list[str]:
    """Return which of a file's columns hold personal data."""
    personal = {register.header(column) for column in register if column.personal}
    return [header for header in exported.headers if header in personal]


def file_name(register: Register, format: str) -> str:
    """Return the name under which the file is saved: 疗休养基地-20261123.xlsx."""
    name = f"{register.verbose_name_plural}-{timezone.localdate():%Y%m%d}"
    if format == EDIT:
        return _("%(name)s to edit") % {"name": name} + ".xlsx"
    return f"{name}.{format}"


def media_type(format: str) -> str:
    return MEDIA_TYPES["xlsx" if format == EDIT else format]
