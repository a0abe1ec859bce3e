"""Spreadsheets as offices send them, with the truth about each: `corpus()` yields the cases, `Case.write` one file.

Every hazard stands alone in one file at least; `mixtures` combines them at random, always the same from the same seed.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .columns import RATED, REGISTERS, TEXTS, UNIONS, Row, clean_row
from .containers import CONTAINERS
from .dirt import Dirt, credit_code
from .layouts import BOOK_LAYOUTS, LAYOUTS, RENAMING, TEXT_LAYOUTS, Sheet

__all__ = ["RATED", "UNIONS", "Case", "Row", "build", "clean_row", "clean_rows", "corpus", "credit_code"]
NEW, ERROR, SKIPPED = "new", "error", "skipped"


@dataclass
class Case:
    """One file and what is true of it: rows by their number in the file, rows set aside, or the code of its refusal."""

    name: str
    register: str
    write: Callable[[Path], None]
    suffix: str = "xlsx"
    rows: dict[int, Row] = field(default_factory=dict)
    skipped: int = 0
    refused: str = ""
    notes: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()  # of the command
    password: str = ""
    divisions: tuple[str, ...] = ()  # of the user; none is everywhere
    columns: dict[str, str] = field(default_factory=dict)  # field → header in the file

    def file(self, folder: Path) -> Path:
        path = folder / f"{self.name}.{self.suffix}"
        self.write(path)
        return path

    @property
    def errors(self) -> set[tuple[int, str, str]]:
        return {(number, self.columns.get(f, f), code) for number, row in self.rows.items() for f, code in row.errors}

    @property
    def counts(self) -> dict[str, int]:
        wrong = sum(bool(row.errors) for row in self.rows.values())
        return {NEW: len(self.rows) - wrong, ERROR: wrong, SKIPPED: self.skipped, "changed": 0, "unchanged": 0}


def soil(register: str, row: Row, at: int, spot: Dirt) -> None:
    """Put one dirty cell into a row."""
    c = REGISTERS[register][at]
    row.cells[at] = spot.cell
    row.values.pop(c.field, None)
    if spot.error:
        row.errors.add((c.field, spot.error))
    elif c.upper:
        row.values[c.field], row.values[c.upper] = spot.value
    elif spot.value is not None:
        row.values[c.field] = spot.value
    elif c.field not in TEXTS:
        row.values[c.field] = None


def settle(row: Row) -> Row:
    """What follows from other cells: "25 or more" where empty."""
    employees = row.values.get("employees")
    if row.values.get("over_25", ...) is None and employees is not None:
        row.values["over_25"] = employees >= 25
    return row


def dirty_rows(register: str, at: int, *, typed: bool) -> list[Row]:
    """Return a row for each kind of dirt of one column."""
    rows = []
    for number in range(1, 1000):
        spots = [spot for spot in REGISTERS[register][at].dirt(number) if typed or not spot.typed]
        if number > len(spots):
            return rows
        row = clean_row(register, number)
        soil(register, row, at, spots[number - 1])
        rows.append(row)
    return rows


def build(name: str, register: str, rows: list[Row], *, container: str = "xlsx", layouts: tuple[str, ...] = (), headers: list[str] | None = None) -> Case:  # fmt: skip
    suffix, write, _typed = CONTAINERS[container]
    columns = REGISTERS[register]
    headers = headers or [c.header for c in columns]
    sheet = Sheet(list(headers), [list(headers), *(list(row.cells) for row in rows)], list(range(1, len(rows) + 1)))
    for layout in sorted(layouts, key=RENAMING.__contains__, reverse=True):
        LAYOUTS[layout](sheet)
    return Case(
        name=name,
        register=register,
        suffix=suffix,
        write=lambda path: write(path, sheet.grid, sheet.extras),
        rows={place + 1: row for place, row in zip(sheet.places, map(settle, rows), strict=True)},
        skipped=sheet.skipped,
        notes=sheet.notes,
        columns={c.field: header for c, header in zip(columns, sheet.headers, strict=True)},
    )


def clean_rows(register: str, count: int = 5) -> list[Row]:
    return [clean_row(register, number) for number in range(1, count + 1)]


def corpus() -> Iterator[Case]:
    """Yield every case."""
    for container in CONTAINERS:
        yield build(f"container-{container}", "unions", clean_rows("unions"), container=container)
    for register in REGISTERS:
        yield build(f"clean-{register}", register, clean_rows(register, 20))
        yield from values(register)
        yield from synonyms(register)
    for layout in (*TEXT_LAYOUTS, *BOOK_LAYOUTS):
        yield build(f"layout-{layout}", "unions", clean_rows("unions"), layouts=(layout,))
    yield from mixtures(90)


def values(register: str) -> Iterator[Case]:
    """Each column's dirt, once where cells have types and once where all is text."""
    for at, c in enumerate(REGISTERS[register]):
        for container in ("xlsx", "csv-gb18030"):
            rows = dirty_rows(register, at, typed=CONTAINERS[container][2])
            if rows and not (register != "unions" and container != "xlsx"):
                yield build(f"values-{register}-{c.field}-{container}", register, rows, container=container)


def synonyms(register: str) -> Iterator[Case]:
    for turn in (0, 1):
        headers = [(c.others[turn:] or c.others or (c.header,))[0] for c in REGISTERS[register]]
        yield build(f"synonyms-{register}-{turn}", register, clean_rows(register), headers=headers)


def mixtures(count: int, seed: int = 2026) -> Iterator[Case]:
    """Any register in any container and layout, with any dirt."""
    rng = random.Random(seed)
    registers, containers = list(REGISTERS), list(CONTAINERS)
    for number in range(count):
        register, container = registers[number % len(registers)], containers[number % len(containers)]
        rows = clean_rows(register, 12)
        for n, row in enumerate(rows, 1):
            for at, c in enumerate(REGISTERS[register]):
                spots = [spot for spot in c.dirt(n) if CONTAINERS[container][2] or not spot.typed]
                # A formula's beginning in the first cell, or an empty one, would make the row look like another.
                if spots and rng.random() < 0.3:
                    soil(register, row, at, rng.choice(spots))
        book = CONTAINERS[container][1].__name__ in ("openpyxl_book",)
        chosen: list[str] = rng.sample(list(TEXT_LAYOUTS), 2) + (rng.sample(list(BOOK_LAYOUTS), 1) if book else [])
        if "ditto" in chosen or "merged_down" in chosen:
            chosen = [name for name in chosen if name not in ("ditto", "merged_down")]
        yield build(
            f"mixture-{number:03}-{register}-{container}", register, rows, container=container, layouts=tuple(chosen)
        )
