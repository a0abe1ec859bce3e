"""Rows of several sheets, numbered through as if they were one."""

from __future__ import annotations

from typing import Any


class NumberedThrough:
    """What knows the sheets that are read: `sheets` holds name and offset of each, when there are several; `sheet` is the first."""

    sheet: Any
    sheets: Any

    def place(self, number: int) -> tuple[str, int]:
        """Return the sheet that an `ImportRow.number` means, and the row as the person sees it there.

        The rows of several sheets are numbered through: the number in the sheet plus the sheet's `offset`, which is 0
        for the first one. So with one sheet the number is the row's own, as always.
        """
        for sheet in reversed(self.sheets):
            if number > sheet["offset"]:
                return sheet["name"], number - sheet["offset"]
        return self.sheet, number

    def number(self, sheet: str, row: int) -> int | None:
        """Return the `ImportRow.number` of a row of a sheet; None when that sheet is not read. The reverse of `place`."""
        for part in self.sheets:
            if part["name"] == sheet:
                return part["offset"] + row
        return row if sheet == self.sheet and not self.sheets else None

    @property
    def sheet_names(self) -> str:
        """The sheets that are read, as people list them."""
        return "、".join(part["name"] for part in self.sheets) or self.sheet

    def row_name(self, number: int) -> str:
        """Return how people call a row: 12, or 二区!12 in an import of several sheets."""
        sheet, row = self.place(number)
        return f"{sheet}!{row}" if len(self.sheets) > 1 else str(row)
