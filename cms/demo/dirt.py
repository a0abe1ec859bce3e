"""Ways in which people really write a value into a cell; every one of them can be cleaned without loss.

A function takes the truth and returns a cell for an XLSX file; `as_text` turns such a cell into what a CSV shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

Cell = str | int | float | bool | date | None

_WIDE = str.maketrans(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ()",
    "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ（）",
)
_HAN = "零一二三四五"
_EXCEL_EPOCH = date(1899, 12, 30)


def pick(rng: Random, cells: Sequence[tuple[int, Cell]]) -> Cell:
    """Return one of the cells, each with its weight."""
    return rng.choices([cell for _weight, cell in cells], [weight for weight, _cell in cells])[0]


def day(rng: Random, value: date | None) -> Cell:
    """A real date, or 2023.4.12, 2023年4月12日, 20230412, 2023/4/12, the serial 45028; a first of the month as 2023年4月."""
    if value is None:
        return blank(rng)
    y, m, d = value.year, value.month, value.day
    forms: list[tuple[int, Cell]] = [
        (8, value),
        (4, f"{y}.{m}.{d}"),
        (3, f"{y}年{m}月{d}日"),
        (2, f"{y}{m:02d}{d:02d}"),
        (2, f"{y}/{m}/{d}"),
        (2, f"{y}-{m:02d}-{d:02d}"),
        (1, (value - _EXCEL_EPOCH) // timedelta(days=1)),
        (1, f"{y}.{m:02d}.{d:02d}".translate(_WIDE)),
    ]
    if d == 1:
        forms.append((12, f"{y}年{m}月"))
    return pick(rng, forms)


def number(rng: Random, value: int, unit: str = "") -> Cell:
    """200, 200.0, 约200人, 200人, ２００, 1,200."""
    return pick(
        rng,
        [
            (12, value),
            (2, float(value)),
            (2, f"约{value}{unit}"),
            (2, f"{value}{unit}"),
            (1, str(value).translate(_WIDE)),
            (1, f"{value:,}"),
            (1, f" {value} "),
        ],
    )


def price(rng: Random, low: int, high: int | None) -> Cell:
    """120-150元, 120～150, 120至150元/人/天; a single price also as 0.026万元."""
    if high is not None:
        return pick(
            rng,
            [
                (4, f"{low}-{high}元"),
                (3, f"{low}-{high}"),
                (2, f"{low}～{high}元/人/天"),
                (1, f"{low}至{high}元"),
                (1, f"{low}—{high}".translate(_WIDE)),
            ],
        )
    return pick(
        rng,
        [
            (5, low),
            (2, f"{low}元"),
            (2, f"{low}元/人/天"),
            (1, f"¥{low}"),
            (1, f"{Decimal(low) / 10000:f}万元"),
            (1, float(low)),
        ],
    )


def stars(rng: Random, value: int | None) -> Cell:
    """3, 3星, 三星级, ★★★, ３星."""
    if value is None:
        return pick(rng, [(3, None), (1, "无"), (1, "/"), (1, "未评定")])
    return pick(
        rng,
        [
            (5, value),
            (3, f"{value}星"),
            (3, f"{_HAN[value]}星级"),
            (3, "★" * value),
            (1, f"{value}星".translate(_WIDE)),
            (1, f"{value}A"),
        ],
    )


def phone(rng: Random, numbers: Sequence[str]) -> Cell:
    """A text, a number that Excel made of it, with spaces and dashes; two in one cell."""
    if len(numbers) > 1:
        return pick(
            rng, [(2, "/".join(numbers)), (1, "、".join(numbers)), (1, "；".join(numbers)), (1, "\n".join(numbers))]
        )
    only = numbers[0]
    if only.startswith("0"):
        area, rest = only.split("-")
        return pick(
            rng,
            [
                (5, only),
                (1, f"({area}){rest}"),
                (1, f"{area} {rest}"),
                (1, only.translate(_WIDE)),
                (1, f"{area}—{rest}"),
            ],
        )
    return pick(
        rng,
        [
            (4, only),
            (4, int(only)),
            (2, float(only)),
            (1, f"{only[:3]} {only[3:7]} {only[7:]}"),
            (1, f"{only[:3]}-{only[3:7]}-{only[7:]}"),
            (1, only.translate(_WIDE)),
        ],
    )


def code(rng: Random, value: str) -> Cell:
    """A credit code with blanks, in small or in full-width letters."""
    return pick(
        rng,
        [
            (14, value),
            (1, value.lower()),
            (1, f"{value[:8]} {value[8:]}"),
            (1, value.translate(_WIDE)),
            (1, f"{value}\u3000"),
        ],
    )


def name(rng: Random, value: str) -> Cell:
    """A name with stray blanks."""
    middle = len(value) // 2 + 1
    return pick(
        rng,
        [
            (14, value),
            (1, f"{value} "),
            (1, f"{value[:middle]} {value[middle:]}"),
            (1, f"\u3000{value}"),
            (1, f"{value}\u200b"),
        ],
    )


def words(rng: Random, value: str) -> Cell:
    """A text as it is, or with a blank before or after it; nothing as nothing in one of its spellings."""
    return pick(rng, [(8, value), (1, f"{value} "), (1, f" {value}")]) if value else blank(rng)


def blank(rng: Random) -> Cell:
    return pick(rng, [(6, None), (1, "无"), (1, "/"), (1, "—"), (1, "暂无")])


def yes(rng: Random, value: bool) -> Cell:
    return (
        pick(rng, [(2, "是"), (1, "√"), (1, "Y"), (1, 1)])
        if value
        else pick(rng, [(2, "否"), (1, "×"), (1, "N"), (1, 0)])
    )


def seasons(rng: Random, value: Sequence[str]) -> Cell:
    """春、秋; 春秋; 春,秋; 春季、秋季; 四季 for all."""
    if len(value) == 4:
        return pick(rng, [(1, "四季"), (1, "全年"), (1, "春夏秋冬"), (1, "、".join(value))])
    return pick(
        rng,
        [
            (3, "、".join(value)),
            (2, "".join(value)),
            (1, ",".join(value)),
            (1, "、".join(f"{season}季" for season in value)),
        ],
    )


def place(rng: Random, province: str, city: str, district: str, code: str) -> Cell:
    """江苏省苏州市吴中区, 苏州市吴中区, 江苏苏州吴中区, 江苏省-苏州市-吴中区, the code."""
    if province == city:
        return pick(rng, [(4, f"{city}{district}"), (1, f"{city[:-1]}{district}"), (1, code), (1, int(code))])
    short = province.removesuffix("省") + city.removesuffix("市")
    return pick(
        rng,
        [
            (5, f"{province}{city}{district}"),
            (4, f"{city}{district}"),
            (2, f"{short}{district}"),
            (1, f"{province}-{city}-{district}"),
            (1, code),
            (1, int(code)),
        ],
    )


def as_text(cell: Cell) -> str:
    """Return what a CSV saved by a spreadsheet shows for a cell."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell.year}/{cell.month}/{cell.day}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
