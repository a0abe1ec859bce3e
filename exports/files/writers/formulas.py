"""The one escaper against formulas: a text that a spreadsheet would run is written so that it stays text."""

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from content.core.cleaning.cell import FORMULA_STARTS

_SUSPECT = FORMULA_STARTS | {" "}


def harmless(cell: Any) -> Any:
    """Return the cell with `'` before it when it is a text that begins like a formula; numbers stay numbers.

    `=1+1` → `'=1+1`, also after spaces and for ＝＋－＠. Our import takes the sign off again.
    """
    if isinstance(cell, str) and cell and (cell[0] in FORMULA_STARTS or cell.lstrip()[:1] in FORMULA_STARTS):
        return "'" + cell
    return cell


def are_plain(cells: Iterable[str | None], *, longest: int | None = None) -> bool:
    """Tell at one look whether all texts can stay as they are.

    They can when nothing in them is unprintable, none begins like a formula or with a space, and none has more than
    `longest` characters.
    """
    texts = list(filter(None, cells))
    together = "".join(texts)
    fit = longest is None or len(together) <= longest or max(map(len, texts)) <= longest
    return fit and together.isprintable() and _SUSPECT.isdisjoint(map(itemgetter(0), texts))
