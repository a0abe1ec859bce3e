"""Where in a workbook the data is: the sheet, and the header row below the titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from content.core.register import Register

from .contents import LEAST
from .matching import Vocabulary, plain
from .problems import ImportRefused

HEAD = 30  # rows looked at for the header; titles, notes and filling instructions take fewer
SAMPLES = 3
BODY = 150  # rows looked at for what the values look like

Row = tuple[int, list[Any]]


@dataclass
class Layout:
    """A sheet, its header rows (numbers as the person sees them), and each column's spellings, best first.

    above: how many rows with values stand before the data, header and all.
    """

    sheet: str
    hidden: bool
    header_rows: list[int]
    headers: list[list[str]]
    score: int
    samples: list[list[str]]
    values: Callable[[int], list[Any]]
    above: int = 1

    @property
    def signature(self) -> tuple[str, ...]:
        """What sheets with the same header share: the same columns in the same order."""
        words = [plain(spellings[0]) if spellings else "" for spellings in self.headers]
        while words and not words[-1]:
            words.pop()
        return tuple(words)

    def title(self, index: int) -> str:
        """Return the header as people read it: 人数 › 其中女职工 where one row stands above the other."""
        words = self.headers[index]
        if len(words) > 1 and words[0] != words[1] and words[0].endswith(words[1]):
            return f"{words[0].removesuffix(words[1])} › {words[1]}"
        return words[0] if words else ""


Known = Callable[[list[str]], int]
"""Tells how many of some headers a saved mapping knows; 0 when it is not the table that the mapping is for."""


def find_layout(
    register: Register, sheet: str, rows: Iterable[Row], *, hidden: bool = False, known: Known | None = None
) -> Layout | None:
    """Return where a sheet's header is, or None for a sheet without data.

    The header is the row with most cells that name a column of the register; a second row joins it when the two
    together name more (职工人数 | 其中女职工 below a merged 人数).
    """
    beginning = list(islice(rows, HEAD + BODY))
    head = beginning[:HEAD]
    filled = [(at, row) for at, row in enumerate(head) if any(_texts(row[1]))]
    if not filled:
        return None
    vocabulary = Vocabulary.of(register)
    best_score, best_at, best_headers, best_height = 0, filled[0][0], _one_row(head[filled[0][0]][1]), 1
    for at, (_number, cells) in filled:
        one = _one_row(cells)
        if (score := _score(vocabulary, one, known)) > best_score:
            best_score, best_at, best_headers, best_height = score, at, one, 1
        if at + 1 < len(head) and (two := _two_rows(cells, head[at + 1][1])):
            both = _score(vocabulary, two, known)
            if both > max(best_score, score, _score(vocabulary, _one_row(head[at + 1][1]), known)):
                best_score, best_at, best_headers, best_height = both, at, two, 2
    if not best_score:
        # Nothing known: the first row with two cells or more is the likeliest header, for the person to match.
        wide = next((at for at, row in filled if sum(map(bool, _texts(row[1]))) > 1), best_at)
        best_at, best_headers = wide, _one_row(head[wide][1])
    body = [row[1] for row in beginning[best_at + best_height :]]
    best_headers = [*best_headers, *([] for _extra in range(_width(body) - len(best_headers)))]
    return Layout(
        sheet=sheet,
        hidden=hidden,
        header_rows=[head[at][0] for at in range(best_at, best_at + best_height)],
        headers=best_headers,
        score=best_score,
        samples=[_samples(body, index) for index in range(len(best_headers))],
        values=lambda index: [row[index] for row in body if index < len(row)],
        above=best_at + best_height,
    )


def _best(layouts: Sequence[Layout]) -> Layout | None:
    """Return the sheet that names most columns: visible ones first, then the first in the workbook."""
    visible = [layout for layout in layouts if not layout.hidden] or list(layouts)
    return max(visible, key=lambda layout: layout.score, default=None)


def choose_layouts(layouts: list[Layout], wanted: str | Sequence[str]) -> list[Layout]:
    """Return the sheets to read, in the order of the workbook. Raises ImportRefused when they do not go together."""
    known = {layout.sheet: layout for layout in layouts}
    if wanted and wanted != "all":
        for name in wanted:
            if name not in known:
                message = _("The file has no sheet “%(sheet)s” with data in it.")
                raise ImportRefused("sheet_missing", message % {"sheet": name})
        read = [layout for layout in layouts if layout.sheet in wanted]
        if odd := next((layout for layout in read if layout.signature != read[0].signature), None):
            message = _("“%(one)s” and “%(two)s” have different headers. Import such sheets one after the other.")
            raise ImportRefused("sheets_differ", message % {"one": read[0].sheet, "two": odd.sheet})
        return read
    best = _best(layouts)
    if best is None:
        raise ImportRefused("empty", _("The file holds no data. Fill in the template, then upload it again."))
    if wanted == "all":
        return [found for found in layouts if found.signature == best.signature and found.hidden == best.hidden]
    return [best]


def _texts(cells: Sequence[Any]) -> list[str]:
    return [str(cell).strip() if cell is not None else "" for cell in cells]


def _one_row(cells: Sequence[Any]) -> list[list[str]]:
    texts = [" ".join(text.split()) for text in _texts(cells)]
    while texts and not texts[-1]:
        texts.pop()
    return [[text] if text else [] for text in texts]


def _two_rows(upper: Sequence[Any], lower: Sequence[Any]) -> list[list[str]] | None:
    """Return the spellings when `lower` stands as a second row of headings under merged cells of `upper`."""
    if any(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in lower):
        return None
    above, below = ([" ".join(text.split()) for text in _texts(cells)] for cells in (upper, lower))
    width = max(len(above), len(below))
    above += [""] * (width - len(above))
    below += [""] * (width - len(below))
    spellings, group = [], ""
    for top, sub in zip(above, below, strict=True):
        group = top or (group if sub else "")
        spellings.append([text for text in (f"{group}{sub}" if sub else top, sub, top) if text])
    return spellings


def _score(vocabulary: Vocabulary, headers: list[list[str]], known: Known | None) -> int:
    score = sum(any(vocabulary.knows(plain(word)) for word in words) for words in headers)
    return max(score, known([words[0] for words in headers if words])) if known else score


def _width(body: list[list[Any]]) -> int:
    """Return how many columns hold more than a stray cell: those behind the last header may be data as well."""
    filled: Counter[int] = Counter()
    for cells in body:
        filled.update(index for index, cell in enumerate(cells) if cell is not None and cell != "")
    return max((index + 1 for index, count in filled.items() if count >= LEAST), default=0)


def _samples(body: list[list[Any]], index: int) -> list[str]:
    values = (row[index] for row in body if index < len(row) and row[index] not in (None, ""))
    different = dict.fromkeys(_text(value) for value in islice(values, HEAD))
    return list(islice(different, SAMPLES))


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    return " ".join(str(value).split())[:60]
