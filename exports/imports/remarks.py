"""What a person should know about the matching before the rows are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from content.core.register import Register

from .contents import Evidence
from .matching import Matched


def remarks(register: Register, columns: Sequence[Matched]) -> Iterator[str]:
    """Yield what was decided by the values, where these contradict a header, and what is left out."""
    for column in columns:
        if column.how == "content" and column.evidence:
            yield _("“%(header)s” was taken for “%(column)s” by its values (%(evidence)s). Please check.") % {
                "header": called(column),
                "column": register.label(register.by_key[column.key]),
                "evidence": Evidence(*column.evidence).in_words(register),
            }
        if column.doubt:
            yield _("“%(header)s” was taken for “%(column)s” by its header, but %(evidence)s. Please check.") % {
                "header": called(column),
                "column": register.label(register.by_key[column.key]),
                "evidence": Evidence(*column.doubt).in_words(register),
            }
    if left := [called(column) for column in columns if column.how == "unknown" and column.samples]:
        yield _(
            "These columns are not imported: %(columns)s. Match them, or keep them as notes, under “Match the columns”."
        ) % {"columns": "、".join(left)}


def called(column: Matched) -> str:
    """Return what people call a column of the file: its header and its letter, 工会名称（B 列）."""
    place = _("column %(letter)s") % {"letter": xl_col_to_name(column.index)}
    return f"{column.header}（{place}）" if column.header else place
