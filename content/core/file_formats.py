"""The formats in which lists leave the house: pages, forms, addresses and commands all read this one declaration."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class FileFormat:
    """ending: of the file's name. bare: for programs, with field names for headers and values as they are."""

    ending: str
    label: str | Promise
    media_type: str
    bare: bool = False
    printed: bool = False

    @property
    def short(self) -> str:
        return self.ending.upper()


FILE_FORMATS = {
    format.ending: format
    for format in (
        FileFormat(
            "xlsx",
            _("Excel workbook (.xlsx)"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        FileFormat("csv", _("CSV, opens in Excel and WPS (.csv)"), "text/csv"),
        FileFormat("json", _("JSON, for programs (.json)"), "application/json", bare=True),
        FileFormat("jsonl", _("JSON Lines, one record a line, for programs (.jsonl)"), "application/jsonl", bare=True),
        FileFormat("pdf", _("PDF list, for printing (.pdf)"), "application/pdf", printed=True),
    )
}
"""Ending → format, in the order in which people are offered them."""
