"""Spreadsheets as offices send them, with the truth about each: `corpus()` yields the cases, `Case.write` one file.

Every hazard stands alone in one file at least; `mixtures` combines them at random, always the same from the same seed.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import dirt
from .containers import CONTAINERS, Extras, Grid
from .dirt import Dirt, credit_code

NEW, ERROR, SKIPPED = "new", "error", "skipped"


@dataclass
class Row:
    """One row of data as the file has it and as it should be read."""

    cells: list[Any]
    values: dict[str, Any]
    errors: set[tuple[str, str]] = field(default_factory=set)  # (field, code)


@dataclass(frozen=True)
class Column:
    field: str
    header: str
    others: tuple[str, ...]
    cell: Callable[[int], Any]
    value: Callable[[int], Any]
    dirt: Callable[[int], list[Dirt]]
    upper: str = ""


def column(
    field: str, header: str, *others: str, cell: Any, value: Any = None, dirt: Any = (), upper: str = ""
) -> Column:
    def calling(thing: Any) -> Callable[[int], Any]:
        return thing if callable(thing) else lambda number: thing

    return Column(field, header, others, calling(cell), calling(cell if value is None else value), calling(dirt), upper)


RATED = 3_000  # unions and a base that the register already has, numbered from here
UNIONS = [
    column("name", "工会名称", "基层工会名称", "工会全称", cell=lambda n: f"示例·第{n}号公司工会", dirt=dirt.names),
    column("credit_code", "工会统一社会信用代码", "社会统一信用代码", "税号", cell=credit_code, dirt=dirt.codes),
    column("division", "行政区划", "所属区县", "地区", cell="成都市锦江区", value="510104", dirt=dirt.DIVISIONS),
    column("kind", "工会类型", "类型", cell="独立基层", value="grassroots", dirt=dirt.UNION_KINDS),
    column(
        "founded_on",
        "建会时间",
        "成立时间",
        "建会日期",
        cell="2020-05-01",
        value=dirt.date(2020, 5, 1),
        dirt=dirt.DATES,
    ),
    column("employees", "职工人数", "职工总数", cell=40_000, dirt=dirt.COUNTS),
    column("women_members", "女会员人数", "其中女会员", cell=0, dirt=()),
    column("contact_phone", "联系电话", "联系方式", "手机号码", cell="13912345678", dirt=dirt.PHONES),
    column("over_25", "25人以上", "25人及以上", cell="是", value=True, dirt=dirt.YES_NO),
    column("stars", "当前星级", "现星级", cell="★★", value=2, dirt=dirt.STARS),
]
BASES = [
    column("name", "基地名称", "酒店名称", "单位名称", cell=lambda n: f"示例·第{n}号公司工会", dirt=dirt.names),
    column(
        "division", "行政区划", "所在地", "所在市县", cell="江苏省苏州市吴中区", value="320506", dirt=dirt.DIVISIONS
    ),
    column("kind", "基地类型", "类别", cell="旅游民宿", value="homestay", dirt=dirt.BASE_KINDS),
    column("grade", "基地级别", "级别(省/市/县)", "级别", cell="市级", value="city", dirt=dirt.GRADES),
    column("named_on", "命名日期", "授牌时间", cell="2019-05-01", value=dirt.date(2019, 5, 1), dirt=dirt.DATES),
    column("valid_until", "有效期至", "有效期限", cell="", value="", dirt=dirt.END_DATES),
    column("booking_phone", "预订电话", "联系方式", "联系电话", cell="13912345678", dirt=dirt.PHONES),
    column("beds", "床位数", "床位", "接待能力", cell=80, dirt=dirt.COUNTS),
    column("price", "价格(元/人/天)", "协议价", "收费标准", cell=280, dirt=dirt.PRICES, upper="price_to"),
    column("seasons", "适宜季节", "季节", cell="春、秋", dirt=dirt.SEASONS),
]
POINTS = [
    column("name", "活动点名称", "名称", "点位名称", cell=lambda n: f"示例·第{n}号公司工会", dirt=dirt.names),
    column(
        "base",
        "所属基地",
        "依托基地",
        cell="示例·已有民宿",
        value="base",
        dirt=dirt.bad(("示例·没有的民宿", "reference_missing")),
    ),
    column("division", "行政区划", "所在地", cell="320506", dirt=dirt.DIVISIONS),
    column("contact_phone", "联系电话", "电话", cell="13912345678", dirt=dirt.PHONES),
    column("activity", "活动类型", "项目", cell="评弹", dirt=dirt.good(("　评弹\u200b", "评弹"), ("无", ""))),
]
RATINGS = [
    column(
        "year",
        "年度",
        "评定年度",
        cell=2024,
        dirt=dirt.good(("2024", 2024), ("２０２４", 2024), ("2024年", 2024), (2024.0, 2024))
        + dirt.bad(("1998", "out_of_range")),
    ),
    column(
        "union", "工会信用代码", "统一社会信用代码", cell=lambda n: credit_code(RATED + n), value=lambda n: RATED + n
    ),
    column("applied_stars", "申报星级", "申报等级", cell="★★★", value=3, dirt=dirt.STARS),
    column("stars", "评定星级", "星级", cell="三星级", value=3, dirt=dirt.STARS),
    column("self_score", "自评分", "自评得分", cell=90, dirt=dirt.SCORES),
    column("reviewed_on", "审核日期", "评定日期", cell="2024-11-01", value=dirt.date(2024, 11, 1), dirt=dirt.DATES),
    column("inspected", "现场核查", "是否现场核查", cell="是", value=True, dirt=dirt.YES_NO),
]
COMPETITIONS = [
    column("name", "竞赛名称", "竞赛项目", cell=lambda n: f"示例·第{n}号公司工会", dirt=dirt.names),
    column("division", "行政区划", "所在地", cell="320500", dirt=dirt.DIVISIONS),
    column("grade", "竞赛级别", cell="市级", value="city", dirt=dirt.COMPETITION_GRADES),
    column("investment", "总投资(亿元)", "投资额", cell=10, dirt=dirt.INVESTMENTS, upper="investment_to"),
    column("starts_on", "开始日期", "启动日期", cell="2019-05-01", value=dirt.date(2019, 5, 1), dirt=dirt.DATES),
    column("workers", "参赛职工数", "参赛人数", cell=100, dirt=dirt.COUNTS),
]
REGISTERS = {"unions": UNIONS, "bases": BASES, "points": POINTS, "ratings": RATINGS, "competitions": COMPETITIONS}
TEXTS = {"name", "seasons", "grade", "activity", "contact_phone", "booking_phone", "kind"}


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


def clean_row(register: str, number: int) -> Row:
    columns = REGISTERS[register]
    return Row([c.cell(number) for c in columns], {c.field: c.value(number) for c in columns if c.cell(number) != ""})


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


# --- layouts: how rows become a grid ----------------------------------------------------------------------------------


@dataclass
class Sheet:
    """A grid being laid out. places: index of each row of data in the grid."""

    headers: list[str]
    grid: Grid
    places: list[int]
    skipped: int = 0
    extras: Extras = field(default_factory=Extras)
    notes: tuple[str, ...] = ()

    def insert(self, at: int, rows: Grid) -> None:
        self.grid[at:at] = rows
        self.places = [place + len(rows) if place >= at else place for place in self.places]
        self.extras.merged = [
            (r1 + len(rows), c1, r2 + len(rows), c2) if r1 >= at else (r1, c1, r2, c2)
            for r1, c1, r2, c2 in self.extras.merged
        ]

    @property
    def top(self) -> int:
        """Index of the last row of the header."""
        return min(self.places) - 1

    def add_column(self, header: str, cells: Callable[[int], Any], at: int = 0) -> None:
        for index, cells_of in enumerate(self.grid):
            if index in self.places:
                cells_of.insert(at, cells(self.places.index(index) + 1))
            else:
                cells_of.insert(at, header if index == self.top else None)


Layout = Callable[[Sheet], None]


def titles(sheet: Sheet) -> None:
    sheet.insert(0, [["示例市2024年度名册"], ["填报单位：示例市总工会", None, None, "2024年5月"], []])
    sheet.extras.merged.append((0, 0, 0, 5))


def three_titles(sheet: Sheet) -> None:
    sheet.insert(0, [["附件1"], ["示例市工会名册（试行）"], ["单位：人、元"]])


def long_instructions(sheet: Sheet) -> None:
    sheet.insert(0, [["填表说明："], *[[f"{n}．带*的列必填，日期写成2023-04-12。"] for n in range(1, 13)]])


def totals(sheet: Sheet) -> None:
    width = len(sheet.grid[sheet.top])
    sheet.grid += [["合计", *[None] * (width - 2), 480], ["总  计："], ["小计", *[None] * (width - 2), "12家"]]
    sheet.skipped += 3


def subtotal_inside(sheet: Sheet) -> None:
    sheet.insert(sheet.places[1], [["小计", None, None, None, 3]])
    sheet.skipped += 1


def signatures(sheet: Sheet) -> None:
    sheet.grid += [
        [], ["填表人：示例甲", None, None, "审核人：示例乙"], ["联系电话：0512-66661234"], ["填报日期：2024年5月1日"], ["备注：以上数据截至4月底"],
    ]  # fmt: skip
    sheet.skipped += 4


def printed_pages(sheet: Sheet) -> None:
    sheet.insert(sheet.places[1], [list(sheet.grid[sheet.top])])
    sheet.skipped += 1


def numbered(sheet: Sheet) -> None:
    sheet.add_column("序号", lambda number: number)


def starred(sheet: Sheet) -> None:
    marks = ("*", "（必填）", " * ", "(选填)", "：")
    _rename(sheet, lambda at, header: header + marks[at % 5])


def broken(sheet: Sheet) -> None:
    _rename(sheet, lambda at, header: header[:2] + ("\n", "　", " ", "\r\n")[at % 4] + header[2:])


def in_units(sheet: Sheet) -> None:
    _rename(
        sheet, lambda at, header: header if "(" in header else f"{header}（{('人', '单位：个', '请填写')[at % 3]}）"
    )


def wide_headers(sheet: Sheet) -> None:
    _rename(sheet, lambda at, header: "　" + header.replace("(", "（").replace(")", "）").replace("25", "２５"))


def _rename(sheet: Sheet, change: Callable[[int, str], str]) -> None:
    top = sheet.grid[sheet.top]
    for at, header in enumerate(top):
        if header in sheet.headers:
            top[at] = sheet.headers[sheet.headers.index(header)] = change(at, header)
    sheet.headers = [" ".join(header.split()) for header in sheet.headers]


def blank_columns(sheet: Sheet) -> None:
    sheet.add_column("", lambda number: None)
    sheet.add_column("", lambda number: None, at=3)


def stray_cells_without_header(sheet: Sheet) -> None:
    sheet.add_column("", lambda number: "已核" if number == 2 else None, at=4)


def unknown_columns(sheet: Sheet) -> None:
    sheet.add_column("街坊评语", lambda number: f"示例{number}", at=2)
    sheet.add_column("街坊评语", lambda number: "重复的表头", at=5)


def blank_rows(sheet: Sheet) -> None:
    sheet.insert(sheet.places[1], [[], [None, "", "  "]])
    sheet.grid += [[""]] * 50


def two_levels(sheet: Sheet) -> None:
    at, width = len(sheet.grid[sheet.top]) - 3, len(sheet.grid[sheet.top])
    lower = [None] * at + sheet.grid[sheet.top][at:]
    upper = [*sheet.grid[sheet.top][:at], "其他情况", None, None]
    place = sheet.top
    sheet.grid[place] = upper
    sheet.insert(place + 1, [lower])
    below = {" ".join(str(header).split()) for header in lower if header}
    sheet.headers = [f"其他情况{h}" if h in below else h for h in sheet.headers]
    sheet.extras.merged += [(place, c, place + 1, c) for c in range(at)] + [(place, at, place, width - 1)]


def hidden_rows(sheet: Sheet) -> None:
    sheet.extras.hidden_rows = [sheet.places[1], sheet.places[2]]
    sheet.extras.filtered = True
    sheet.notes = ("隐藏",)


def hidden_columns(sheet: Sheet) -> None:
    sheet.extras.hidden_columns = ["B", "C"]


def other_sheets(sheet: Sheet) -> None:
    sheet.extras.before = {"说明": [["请先阅读"], ["一、填写要求"]]}
    sheet.extras.after = {"字典": [["独立基层"], ["联合基层"]], "空表": []}


def hidden_sheets(sheet: Sheet) -> None:
    again = [list(cells) for cells in sheet.grid]
    sheet.extras.before = {"去年": again}
    sheet.extras.after = {"列表": [["甲"], ["乙"]]}
    sheet.extras.states = {"去年": "hidden", "列表": "veryHidden"}


def several_sheets(sheet: Sheet) -> None:
    sheet.extras.after = {"二区": [list(cells) for cells in sheet.grid]}
    sheet.notes = ("二区",)


def merged_down(sheet: Sheet) -> None:
    """A division written once for three rows, as one merged cell and as 同上."""
    at = sheet.grid[sheet.top].index(sheet.headers[_division(sheet)])
    first = sheet.places[0]
    for place in sheet.places[1:3]:
        sheet.grid[place][at] = None
    sheet.extras.merged.append((first, at, first + 2, at))


def ditto(sheet: Sheet) -> None:
    at = sheet.grid[sheet.top].index(sheet.headers[_division(sheet)])
    for place, sign in zip(sheet.places[1:4], ("同上", "〃", " 同 上 "), strict=True):
        sheet.grid[place][at] = sign


def _division(sheet: Sheet) -> int:
    return next(at for at, header in enumerate(sheet.headers) if header in ("行政区划", "所在地", "所属区县", "地区"))


def mac_dates(sheet: Sheet) -> None:
    sheet.extras.mac_dates = True


TEXT_LAYOUTS: dict[str, Layout] = {
    layout.__name__: layout
    for layout in (
        titles, three_titles, long_instructions, totals, subtotal_inside, signatures, printed_pages, numbered, starred, broken,
        in_units, wide_headers, blank_columns, stray_cells_without_header, unknown_columns, blank_rows, ditto,
    )
}  # fmt: skip
BOOK_LAYOUTS: dict[str, Layout] = {
    layout.__name__: layout
    for layout in (two_levels, hidden_rows, hidden_columns, other_sheets, hidden_sheets, several_sheets, merged_down, mac_dates)
}  # fmt: skip
RENAMING = ("starred", "broken", "in_units", "wide_headers")
LAYOUTS = TEXT_LAYOUTS | BOOK_LAYOUTS


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
    for layout in LAYOUTS:
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
