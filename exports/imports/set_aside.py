"""Rows of a sheet that are no data: totals, signatures, notes, headers repeated on every printed page."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import Any

from django.utils.translation import gettext as _

from .matching import plain

_TOTAL = re.compile(r"^(合\s*计|小\s*计|总\s*计|共\s*计|累\s*计|本页合计|总数)\s*[：:（(]?")
_FOOTER = re.compile(
    r"^(填表|填报|制表|编制|审核|复核|审批|报送|上报|单位负责|负责人签|经办|联系人|联系电话|盖章|填写|备注|附注|注|说明|注意)"
    r"[\w\u4e00-\u9fff]{0,8}\s*[\d、.]*\s*[：:]"
)
_SUSPECT = frozenset("合小总共累本填制编审复报上单负经联盖备附注说*※（(")


class SetAside:
    """Tells why a row is no data. Cheap for ordinary rows: one look at the first cell."""

    def __init__(self, headers: dict[int, str], hidden: Container[int] = ()) -> None:
        self.hidden = hidden
        self.headers = {index: plain(header) for index, header in headers.items() if header}
        self.first_header = next(iter(self.headers.items()), (0, ""))

    def reason(self, number: int, cells: Sequence[Any]) -> str:
        """Return why the row is set aside, in words; the empty string for a row of data."""
        if self.hidden and number in self.hidden:
            return _("The row is hidden in the file, and you chose to leave such rows out.")
        first = next((cell for cell in cells if cell is not None and cell != ""), None)
        if first.__class__ is not str:
            return ""
        index, header = self.first_header
        if header and index < len(cells) and plain(cells[index]) == header and self._repeats(cells):
            return _("The header is repeated.")
        if first.lstrip()[:1] not in _SUSPECT:
            return ""
        text = first.strip()
        if _TOTAL.match(text) and not self._looks_named(cells):
            return _("This is a row of totals.")
        filled = sum(cell is not None and cell != "" for cell in cells)
        if _FOOTER.match(text.lstrip("*※（( ")) and filled <= max(2, len(self.headers) // 3):
            return _("This is a note below the table.")
        return ""

    def _repeats(self, cells: Sequence[Any]) -> bool:
        same = sum(index < len(cells) and plain(cells[index]) == header for index, header in self.headers.items())
        return same >= 2 and same >= 0.6 * len(self.headers)

    def _looks_named(self, cells: Sequence[Any]) -> bool:
        """A unit may be called 合计…; a row of totals has numbers and at most one more text."""
        return sum(cell.__class__ is str and not _is_number(cell) for cell in cells if cell) > 2


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "").replace("人", "").replace("家", "").strip().isdigit()
