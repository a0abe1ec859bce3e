"""How rows become a grid: titles, totals, notes, odd headers, merged and hidden cells, more sheets."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .columns import clean_row
from .containers import Extras, Grid


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


def stars_hidden(sheet: Sheet) -> None:
    sheet.extras.hidden_columns = ["J"]


def next_district(sheet: Sheet) -> None:
    """A second sheet with the same header and five more unions."""
    rows = [list(clean_row("unions", number).cells) for number in range(4, 9)]
    sheet.extras.after = {"二区": [list(sheet.headers), *rows]}


def other_header(sheet: Sheet) -> None:
    sheet.extras.after = {"另一种": [[*sheet.headers, "备注"], ["示例", None, "510104"]]}


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
QUESTIONED: dict[str, Layout] = {layout.__name__: layout for layout in (stars_hidden, next_district, other_header)}
LAYOUTS = TEXT_LAYOUTS | BOOK_LAYOUTS | QUESTIONED
