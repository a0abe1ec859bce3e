"""The one escaper against formulas: a text that a spreadsheet would run is written so that it stays text."""

from typing import Any

from content.core.cleaning.cell import FORMULA_STARTS


def harmless(cell: Any) -> Any:
    """Return the cell with `'` before it when it is a text that begins like a formula; numbers stay numbers.

    `=1+1` → `'=1+1`, also after spaces and for ＝＋－＠. Our import takes the sign off again.
    """
    if isinstance(cell, str) and cell and (cell[0] in FORMULA_STARTS or cell.lstrip()[:1] in FORMULA_STARTS):
        return "'" + cell
    return cell
