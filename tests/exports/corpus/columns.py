"""The columns of each register as files have them: headers, synonyms, a clean cell, its value, and the column's dirt."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from . import dirt
from .dirt import Dirt, credit_code


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


def clean_row(register: str, number: int) -> Row:
    columns = REGISTERS[register]
    return Row([c.cell(number) for c in columns], {c.field: c.value(number) for c in columns if c.cell(number) != ""})
