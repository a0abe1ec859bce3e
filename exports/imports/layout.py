"""Where in a workbook the data is: the sheet, and the header row below the titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, zip_longest
from typing import Any

from django.utils.translation import gettext as _

from content.core.register import Register

from .contents import LEAST
from .matching import Vocabulary, plain
from .problems import ImportRefused

HEAD = 30  # rows looked at for the header; titles, notes and filling instructions take fewer
NO_HEADER = (0,)  # in place of the numbers of the header's rows: the data begin with the first row
MOST_ROWS = 3  # of a header, one above the other
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

    @property
    def words(self) -> list[str]:
        """The header as saved mappings know it: of each column the fullest spelling, in order."""
        return [spellings[0] for spellings in self.headers if spellings]

    def title(self, index: int) -> str:
        """Return the header as people read it: 人数 › 其中女职工 where one row stands above the other."""
        words = self.headers[index]
        if len(words) > 1 and words[0] != words[1] and words[0].endswith(words[1]):
            return f"{words[0].removesuffix(words[1])} › {words[1]}"
        return words[0] if words else ""


Known = Callable[[list[str]], int]
"""Tells how many of some headers a saved mapping knows; 0 when it is not the table that the mapping is for."""


def find_layout(
    register: Register,
    sheet: str,
    rows: Iterable[Row],
    *,
    hidden: bool = False,
    known: Known | None = None,
    chosen: Sequence[int] = (),
) -> Layout | None:
    """Return where a sheet's header is, or None for a sheet without data.

    The header is the row that a saved mapping knows, else the one with most cells that name a column of the register; a
    second and third row join it when they name more together (职工人数 | 其中女职工 below a merged 人数).
    chosen: the numbers of the rows that a person says are the header, NO_HEADER for a table without one. Raises
    ImportRefused when the sheet has no such rows near its top.
    """
    beginning = list(islice(rows, HEAD + BODY))
    head = beginning[:HEAD]
    filled = [at for at, row in enumerate(head) if any(_texts(row[1]))]
    if not filled:
        return None
    found = _as_chosen(sheet, head, chosen) if chosen else _find(Vocabulary.of(register), head, filled, known)
    body = [row[1] for row in beginning[found.below :]]
    headers = [*found.headers, *([] for _extra in range(_width(body) - len(found.headers)))]
    return Layout(
        sheet=sheet,
        hidden=hidden,
        header_rows=[head[at][0] for at in found.rows] or list(NO_HEADER),
        headers=headers,
        score=max(found.score),
        samples=[_samples(body, index) for index in range(len(headers))],
        values=lambda index: [row[index] for row in body if index < len(row)],
        above=found.below,
    )


@dataclass
class _Header:
    """rows: where in the beginning of the sheet. score: what a saved mapping knows of it, and what the register does."""

    rows: Sequence[int]
    headers: list[list[str]]
    score: tuple[int, int] = (0, 0)

    @property
    def below(self) -> int:
        return max(self.rows) + 1 if self.rows else 0


def _find(vocabulary: Vocabulary, head: list[Row], filled: list[int], known: Known | None) -> _Header:
    """Return the header that names most; of those that name as much, the first, and of that the fewest rows.

    A row joins those below it only where they name more together: a title does not.
    """
    found: dict[tuple[int, int], _Header] = {}
    for at in filled:
        for height in range(1, min(MOST_ROWS, len(head) - at) + 1):
            lines = [row[1] for row in head[at : at + height]]
            if height > 1 and not known and any(map(_is_number, lines[-1])):
                break  # no data stand in a header; one that a person chose before may hold years
            headers = _stacked(lines) if height > 1 else _one_row(lines[0])
            found[at, height] = _Header(range(at, at + height), headers, _score(vocabulary, headers, known))

    def is_whole(at: int, height: int) -> bool:
        below = (found.get((at + less, height - less)) for less in range(1, height))
        return all(part is None or part.score < found[at, height].score for part in below)

    best = max((header for place, header in found.items() if is_whole(*place)), key=lambda header: header.score)
    if best.score == (0, 0):
        # Nothing known: the first row with two cells or more is the likeliest header, for the person to match.
        wide = next((at for at in filled if sum(map(bool, _texts(head[at][1]))) > 1), best.rows[0])
        best = _Header([wide], _one_row(head[wide][1]))
    return best


def _is_number(cell: Any) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _as_chosen(sheet: str, head: list[Row], chosen: Sequence[int]) -> _Header:
    if list(chosen) == list(NO_HEADER):
        return _Header([], [])
    rows = [at for at, (number, _cells) in enumerate(head) if number in chosen]
    if len(rows) < len(set(chosen)):
        message = _("The sheet “%(sheet)s” has no row %(rows)s among its first %(count)s rows. Choose its header anew.")
        numbers = "、".join(map(str, chosen))
        raise ImportRefused("header_rows", message % {"sheet": sheet, "rows": numbers, "count": HEAD})
    headers = _stacked([head[at][1] for at in rows]) if len(rows) > 1 else _one_row(head[rows[0]][1])
    return _Header(rows, headers, (sum(map(bool, headers)), 0))


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


def _stacked(rows: Sequence[Sequence[Any]]) -> list[list[str]]:
    """Return the spellings of headings that stand one above the other; an upper one holds for those right of it below."""
    lines = [[" ".join(text.split()) for text in _texts(cells)] for cells in rows]
    spellings, groups = [], [""] * (len(lines) - 1)
    for texts in zip_longest(*lines, fillvalue=""):
        for level, top in enumerate(texts[:-1]):
            if top:
                groups[level:] = [top, *([""] * (len(groups) - level - 1))]
            elif not any(texts[level + 1 :]):
                groups[level] = ""
        own = [*groups, texts[-1]]
        words = ["".join(own[level:]) for level in range(len(own))] + [next(filter(None, texts), "")]
        spellings.append([text for text in words if text])
    return spellings


def _score(vocabulary: Vocabulary, headers: list[list[str]], known: Known | None) -> tuple[int, int]:
    named = sum(any(vocabulary.knows(plain(word)) for word in words) for words in headers)
    return known([words[0] for words in headers if words]) if known else 0, named


def _width(body: list[list[Any]]) -> int:
    """Return how many columns hold more than a stray cell: those behind the last header may be data as well."""
    filled: Counter[int] = Counter()
    for cells in body:
        filled.update(index for index, cell in enumerate(cells) if cell is not None and cell != "")
    return max((index + 1 for index, count in filled.items() if count >= LEAST), default=0)


def _samples(body: list[list[Any]], index: int) -> list[str]:
    values = (row[index] for row in body if index < len(row) and row[index] not in (None, ""))
    different = dict.fromkeys(shown_text(value) for value in islice(values, HEAD))
    return list(islice(different, SAMPLES))


def shown_text(value: Any) -> str:
    """Return a cell as people see it, cut where it is long."""
    if isinstance(value, datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    return " ".join(str(value).split())[:60]
