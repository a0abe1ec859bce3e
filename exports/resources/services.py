"""The verb of this app: write rows of a register as a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from content.core.register import Register
from exports.bulletins.services import render_register_pdf
from exports.files import FORMATS, write_table

from .columns import FileColumn, file_columns, rows_of, with_published_references

MEDIA_TYPES = {**FORMATS, "pdf": "application/pdf"}
LOG_ACTION = "registers.export"


@dataclass(frozen=True)
class Exported:
    """How many rows a file holds, and which columns (their headers)."""

    rows: int
    headers: list[str]


def export_rows(
    *, register: Register, rows: QuerySet[Any], path: Path, format: str, public: bool = False, personal: bool = False
) -> Exported:
    """Write `rows` of a register into a file, in the register's order; memory does not grow with the rows.

    public: only public columns. personal: also personal ones; whoever calls has checked the permission and logs it.
    Raises NotPrintable (TooManyRows …) for a PDF, KeyError for an unknown format.
    """
    rows = rows.order_by(*register.ordering)
    columns = file_columns(register, public=public, personal=personal, split_ranges=format == "json")
    headers = [column.header for column in columns]
    if format == "pdf":
        return _export_pdf(register, rows, columns, path, public=public)
    if public:
        rows = with_published_references(register, rows, columns)
    count = write_table(
        path,
        format,
        [column.key for column in columns] if format == "json" else headers,
        rows_of(rows, columns),
        text=[column.header for column in columns if column.text],
        title=str(register.verbose_name_plural),
    )
    return Exported(count, headers)


def _export_pdf(
    register: Register, rows: QuerySet[Any], columns: list[FileColumn], path: Path, *, public: bool
) -> Exported:
    """A PDF shows what a list shows: nobody reads thirty columns across a page."""
    shown = [c.column for c in columns if c.column.listed] or [c.column for c in columns][:6]
    joins = {c.field for c in shown if register.model_field(c).is_relation and c.field != "division"}
    count = rows.count()
    if not public:  # public rows come with their references already, those that are published
        rows = rows.select_related(*joins or [None])
    instances = rows.iterator(chunk_size=500)
    path.write_bytes(render_register_pdf(register, instances, shown, public=public))
    return Exported(count, [register.header(column) for column in shown])


def record_export(
    *, user: Any, register: Register, format: str, exported: Exported, filters: str, personal: bool, reason: str
) -> None:
    """Keep who took which rows out of the house, when and why, in Wagtail's log (site history)."""
    log(
        instance=ContentType.objects.get_for_model(register.model),
        action=LOG_ACTION,
        user=user,
        title=_("Export of %(register)s") % {"register": register.verbose_name_plural},
        data={
            "register": register.slug,
            "format": format,
            "rows": exported.rows,
            "filters": filters,
            "personal": personal,
            "reason": reason,
        },
    )


def file_name(register: Register, format: str) -> str:
    """Return the name under which the file is saved: 疗休养基地-20261123.xlsx."""
    return f"{register.verbose_name_plural}-{timezone.localdate():%Y%m%d}.{format}"
