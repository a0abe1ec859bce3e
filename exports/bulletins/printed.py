"""Turns pages into what the templates set: pieces with titles, blocks with numbered headings, tables with widths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from content.core.register import get_register
from content.pages import register_rows

from . import chinese_lines

PICTURE = "max-1600x1600"  # 156 mm at 260 dpi
CARD_COMPETITIONS = 3  # up to so many get a table of their own; more share one, a row each
FIGURE_CHARACTERS = 20  # of 22 pt across the page
SHORT_CELL = 13  # characters that a table cell keeps on one line
SHORT_HEADER = 6.5  # longer ones may take two lines
WIDTH_SAMPLE = 200
SHORT_FACT = 11  # characters of 12 pt that fit into a quarter of the width


@dataclass(frozen=True)
class Block:
    """One block of a body: `kind` names its template below pdf/blocks/."""

    kind: str
    value: Any
    text: str = ""
    picture: str = ""
    table: Any = None
    rows: Sequence[Any] = ()

    @property
    def template(self) -> str:
        return f"pdf/blocks/{self.kind}.html"


@dataclass(frozen=True)
class Table:
    """A table ready to be set; `widths` are percentages, `total` counts all rows where the table shows the first."""

    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str = ""
    total: int = 0
    widths: Sequence[int] = field(default_factory=tuple)


@dataclass(frozen=True)
class Card:
    """The facts of one competition: lines of one or two (label, value)."""

    title: str
    lines: Sequence[Sequence[tuple[str, str]]]


@dataclass(frozen=True)
class Piece:
    """One titled text of an issue: its own, or a collected article."""

    anchor: str
    title: str
    blocks: Sequence[Block]
    byline: str = ""

    @property
    def title_lines(self) -> list[str]:
        return chinese_lines.title_lines(self.title)


_KINDS = {"heading", "paragraph", "quote", "image", "document", "figures", "table", "register_list"}


def blocks(stream: Iterable[Any]) -> list[Block]:
    """Return the blocks of a body in printing order, headings numbered 一、 and （一） unless the author did."""
    children = list(stream)
    headings = [child.value for child in children if child.block_type == "heading"]
    numbers = _numbers(headings)
    return [_block(child, numbers) for child in children if child.value]


def _block(child: Any, numbers: Iterator[str]) -> Block:
    kind, value = child.block_type, child.value
    if kind == "heading":
        return Block(kind, value, text=next(numbers))
    if kind == "image":
        return Block(kind, value, picture=picture(value["image"])) if value["image"] else Block("nothing", value)
    if kind == "register_list":
        return Block(kind, value, table=listed(value))
    if kind == "table":
        return Block(kind, value, table=_widths_of(value), rows=[[_cell(cell) for cell in row] for row in value.rows])
    if kind == "figures":
        return Block(kind, value, rows=figure_rows(list(value["items"])))
    # A block that another room adds prints as it shows on the page.
    return Block(kind, value) if kind in _KINDS else Block("other", child)


def _numbers(headings: Sequence[Any]) -> Iterator[str]:
    """Yield every heading's text with its number. One numbered heading means that the author numbers all."""
    by_hand = any(chinese_lines.is_numbered(heading["text"]) for heading in headings)
    only_one = len(headings) < 2
    section = subsection = 0
    for heading in headings:
        if by_hand or only_one:
            yield heading["text"]
        elif heading["level"] == "h3":
            subsection += 1
            yield f"（{chinese_lines.numeral(subsection)}）{heading['text']}"
        else:
            section, subsection = section + 1, 0
            yield f"{chinese_lines.numeral(section)}、{heading['text']}"


def figure_rows(figures: list[Any]) -> list[list[Any]]:
    """Divide figures into rows of at most four, as even as they go (5 → 3 + 2); wide values get more room."""
    widest = max(
        (chinese_lines.width(f["value"]) + 0.6 * chinese_lines.width(f["unit"] or "") for f in figures), default=1
    )
    most = max(1, min(4, int(FIGURE_CHARACTERS / (widest + 0.4))))
    count = max(1, -(-len(figures) // most))
    size = max(1, -(-len(figures) // count))
    return [figures[start : start + size] for start in range(0, len(figures), size)]


def picture(image: Any) -> str:
    """Return the address under which the PDF engine finds an image in our own storage."""
    return f"media:{image.get_rendition(PICTURE).file.name}"


def listed(value: Any) -> Table | None:
    """Return a register_list block's table; None when its register is gone."""
    found = register_rows.table(value)
    if not found:
        return None
    rows = [row.cells for row in found.rows]
    return Table(
        headers=found.headers,
        rows=rows,
        caption=value.get("title") or "",
        total=found.total,
        widths=column_widths(found.headers, rows),
    )


def _widths_of(value: Any) -> Sequence[int]:
    headers = [column["heading"] for column in value.columns]
    return column_widths(headers, [[cell_text(cell) for cell in row] for row in value.rows])


def _cell(cell: Any) -> tuple[str, str]:
    """Return the CSS class and the HTML of a table cell."""
    if cell.block.name == "number" or isinstance(cell.value, Decimal):
        return "number", cell_text(cell)
    return "", "" if cell.value is None else cell.render()


def cell_text(cell: Any) -> str:
    """Return a table cell's text. A number typed as 98.9 may arrive as the float's 98.9000000000000056."""
    if isinstance(cell.value, Decimal):
        return f"{Decimal(repr(float(cell.value))).normalize():f}"
    return "" if cell.value is None else str(cell.value)


def competition_tables(competitions: Sequence[Any]) -> list[Card | Table]:
    """Return the facts of competitions as the register has them: a card each, or one table when there are many."""
    register = get_register("competitions")
    if len(competitions) > CARD_COMPETITIONS:
        keys = ("name", "organiser", "investment", "workers")
        columns = [register.by_key[key] for key in keys]
        rows = [[register_rows.cell(register, column, row) for column in columns] for row in competitions]
        headers = [register.header(column) for column in columns]
        return [Table(headers=headers, rows=rows, caption="竞赛基本情况", widths=column_widths(headers, rows))]
    cards: list[Card | Table] = []
    for competition in competitions:
        facts = [
            (register.header(column), register_rows.cell(register, column, competition))
            for column in register.public_columns
            if column.key not in {"name", "code"} and getattr(competition, column.field) not in (None, "")
        ]
        cards.append(Card(competition.name, list(_lines(facts))))
    return cards


def _lines(facts: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """Put two short facts side by side, a long one alone."""
    waiting: list[tuple[str, str]] = []
    for fact in facts:
        if chinese_lines.width(fact[1]) > SHORT_FACT:
            if waiting:
                yield waiting
                waiting = []
            yield [fact]
        elif waiting:
            yield [*waiting, fact]
            waiting = []
        else:
            waiting = [fact]
    if waiting:
        yield waiting


def column_widths(headers: Sequence[str], rows: Sequence[Sequence[str]], *, room: float = 36) -> list[int]:
    """Return percentages for fixed columns: short ones keep to one line, long ones share the rest and wrap.

    `room` is how many characters fit side by side. Measuring the first rows is enough, and spares the engine the
    automatic layout, which costs twice.
    """
    widest = []
    for index, header in enumerate(headers):
        head = chinese_lines.width(header)
        cells = [chinese_lines.width(str(row[index])) for row in rows[:WIDTH_SAMPLE]]
        widest.append(max([*cells, head if head <= SHORT_HEADER else head / 2 + 1, 2.0]))
    wanted = [width + 1.3 for width in widest]  # padding
    fixed = sum(width for width in wanted if width <= SHORT_CELL)
    long = sum(width**0.7 for width in wanted if width > SHORT_CELL)
    rest = max(room - fixed, room / 4)
    shares = [width if width <= SHORT_CELL else rest * width**0.7 / long for width in wanted]
    return [int(100 * share / sum(shares)) for share in shares]
