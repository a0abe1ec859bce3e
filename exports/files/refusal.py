"""Why a file is not read, and what the person can do about it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MESSAGES = {
    "file_missing": gettext_lazy("The file “%(name)s” is not there. Check the path, or upload it again."),
    "empty_file": gettext_lazy("The file is empty. Check that you saved it, and upload it again."),
    "no_rows": gettext_lazy("The file holds no rows. Check that you chose the right file and saved it."),
    "file_too_big": gettext_lazy(
        "The file has %(size)s MB; %(limit)s MB are allowed. Remove pictures, or split it into several files."
    ),
    "unpacks_too_big": gettext_lazy(
        "The file unpacks to %(size)s MB; %(limit)s MB are allowed. Copy the data into a new workbook and save that."
    ),
    "too_many_rows": gettext_lazy("Sheet “%(sheet)s” has more than %(limit)s rows. Split it into several files."),
    "too_many_columns": gettext_lazy(
        "Sheet “%(sheet)s” has %(count)s columns; %(limit)s are allowed. Delete the stray cells far to the right, "
        "or copy the data into a new workbook."
    ),
    "too_many_cells": gettext_lazy("The file has more than %(limit)s cells. Split it into several files."),
    "too_large": gettext_lazy(
        "The file needs too much memory: probably a stray cell stands far below or far to the right of the data. "
        "Copy the data into a new workbook and save that."
    ),
    "too_slow": gettext_lazy(
        "Reading the file takes longer than %(limit)s seconds. Split it, or copy the data into a new workbook."
    ),
    "password": gettext_lazy(
        "The file is protected by a password. Give the password, or remove it in Excel or WPS and upload the file again."
    ),
    "password_wrong": gettext_lazy("The password does not open the file. Mind capital letters, and try again."),
    "password_kind": gettext_lazy(
        "The file is protected in a way that is not supported, as LibreOffice does with .ods since 24.8, and servers that "
        "manage rights. Open it in the program that set the password, remove the password, save it as .xlsx, and upload that."
    ),
    "reader_failed": gettext_lazy(
        "The file could not be read just now: the server lacks disk space or files, or is being updated. The file itself "
        "is not at fault. Upload it again in a few minutes; if that does not help, tell the system's administrator."
    ),
    "damaged": gettext_lazy(
        "The file is damaged or incomplete. Open it in Excel or WPS, save it as .xlsx, and upload that."
    ),
    "not_a_spreadsheet": gettext_lazy(
        "This is not a spreadsheet but %(what)s. Upload an .xlsx, .xls, .et, .ods or .csv file."
    ),
    "old_xml": gettext_lazy(
        "This is an XML spreadsheet of 2003. Open it in Excel or WPS, save it as .xlsx, and upload that."
    ),
    "encoding": gettext_lazy(
        "The characters of the text file cannot be read in any known encoding. "
        "Open it in Excel or WPS, save it as .xlsx, and upload that."
    ),
}
_WHAT = {
    "word": gettext_lazy("a text document"),
    "slides": gettext_lazy("a presentation"),
    "pdf": gettext_lazy("a PDF"),
    "picture": gettext_lazy("a picture"),
    "archive": gettext_lazy("a compressed archive"),
    "web": gettext_lazy("a web page without a table"),
    "unknown": gettext_lazy("another kind of file"),
}


class FileRefused(Exception):
    """A file that is not read at all. `code` is of docs/error-codes.md; the message says what to do."""

    def __init__(self, code: str, **details: Any) -> None:
        if "what" in details:
            details["what"] = str(_WHAT.get(details["what"], _WHAT["unknown"]))
        self.code = code
        self.details = details
        self.message = str(MESSAGES[code]) % details if code in MESSAGES else _("The file cannot be read.")
        super().__init__(self.message)
