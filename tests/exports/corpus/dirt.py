"""Cells as people type them, and what they mean: per column, (cell, fields it becomes) or (cell, code of the error).

Written by hand, not computed by the cleaners: this is the truth they are held against.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from stdnum.cn.uscc import calc_check_digit

APRIL = date(2023, 4, 12)


@dataclass(frozen=True)
class Dirt:
    """cell: what stands in the file. value: the field's value, or a pair for a range. error: the code instead.

    typed: only files that know types hold it (a text file has no floats or dates).
    """

    cell: Any
    value: Any = None
    error: str = ""
    typed: bool = False


def good(*pairs: tuple[Any, Any]) -> list[Dirt]:
    return [Dirt(cell, value, typed=not isinstance(cell, str | int) or isinstance(cell, bool)) for cell, value in pairs]


def bad(*pairs: tuple[Any, str]) -> list[Dirt]:
    return [Dirt(cell, error=code, typed=not isinstance(cell, str | int)) for cell, code in pairs]


def credit_code(number: int, division: str = "510104") -> str:
    """Return a valid code of a grassroots union."""
    stem = f"81{division}MC{number:07d}"
    return stem + calc_check_digit(stem)


def wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


EMPTY = [(word, None) for word in ("无", "暂无", "/", "//", "—", "——", "－", "N/A", "\u3000", "不详")]

DATES = good(
    *EMPTY,
    ("2023年4月12日", APRIL),
    ("2023年04月12日", APRIL),
    ("2023.4.12", APRIL),
    ("2023. 4. 12", APRIL),
    ("2023/4/12", APRIL),
    ("2023-4-12", APRIL),
    ("2023-04-12", APRIL),
    ("20230412", APRIL),
    (20230412, APRIL),
    (45028, APRIL),
    ("45028", APRIL),
    ("２０２３年４月１２日", APRIL),
    ("二〇二三年四月十二日", APRIL),
    ("2023-04-12 00:00:00", APRIL),
    ("2023\u00a0年4月12日", APRIL),
    (APRIL, APRIL),
    (datetime(2023, 4, 12, 9, 30), APRIL),
    (45028.0, APRIL),
    ("2023年4月", date(2023, 4, 1)),
    ("2023.04", date(2023, 4, 1)),
) + bad(
    ("2023-4-31", "no_such_date"),
    ("2023年2月29日", "no_such_date"),
    ("2023.13.1", "no_such_date"),
    ("23.4.12", "date_ambiguous"),
    ("4/12/2023", "date_ambiguous"),
    ("2023.4-2026.4", "date_range"),
    ("2023年", "date_incomplete"),
    ("4月12日", "date_incomplete"),
    ("去年春天", "not_a_date"),
    ("1823-4-12", "date_out_of_range"),
    ("#REF!", "formula_error"),
)
END_DATES = good(
    *EMPTY,
    ("2026年4月", date(2026, 4, 30)),
    ("2026.2", date(2026, 2, 28)),
    ("长期", None),
    ("2026-04-11", date(2026, 4, 11)),
) + bad(("2026-2-30", "no_such_date"), ("以后", "not_a_date"))
COUNTS = good(
    *EMPTY,
    ("1,200", 1200),
    ("1，200", 1200),
    ("120个", 120),
    ("120人", 120),
    ("约300", 300),
    ("约200人", 200),
    ("300余人", 300),
    ("三万二", 32000),
    ("一百二十", 120),
    ("1.2万", 12000),
    ("１２０", 120),
    (" 120 ", 120),
    ("120.0", 120),
    ("'120", 120),
    ('="120"', 120),
    ("120\u200b", 120),
    (120.0, 120),
    (0, 0),
) + bad(
    ("若干", "not_a_number"),
    ("12.5", "not_whole"),
    ("80%", "not_whole"),
    (12.5, "not_whole"),
    ("100-200", "range_given"),
    ("300以下", "open_range"),
    ("-5", "out_of_range"),
    ("#N/A", "formula_error"),
    (datetime(2023, 3, 5), "is_a_date"),
)
PRICES = good(
    ("120-150元", (Decimal(120), Decimal(150))),
    ("120～150", (Decimal(120), Decimal(150))),
    ("120至150元/人/天", (Decimal(120), Decimal(150))),
    ("280元/人/天", (Decimal(280), None)),
    ("¥280", (Decimal(280), None)),
    ("0.5万元", (Decimal(5000), None)),
    ("约300", (Decimal(300), None)),
    ("1,280.50", (Decimal("1280.5"), None)),
    (280, (Decimal(280), None)),
    (280.5, (Decimal("280.5"), None)),
    ("３２０元", (Decimal(320), None)),
    ("无", (None, None)),
) + bad(
    ("面议", "not_a_number"),
    ("300元以下", "open_range"),
    ("320-280", "range_reversed"),
    (datetime(2023, 3, 5), "is_a_date"),
)
INVESTMENTS = good(
    ("100亿", (Decimal(100), None)),
    ("3200万元", (Decimal("0.32"), None)),
    ("10-20", (Decimal(10), Decimal(20))),
    ("10～20亿元", (Decimal(10), Decimal(20))),
    ("约50亿元", (Decimal(50), None)),
    (12.5, (Decimal("12.5"), None)),
    ("—", (None, None)),
) + bad(("待定", "not_a_number"), ("20-10", "range_reversed"))
SCORES = good(
    ("95.5", Decimal("95.5")), ("95.5分", Decimal("95.5")), (88, Decimal(88)), ("９０", Decimal(90)), ("/", None)
) + bad(("优", "not_a_number"), ("90-95", "range_given"))
PHONES = good(
    *EMPTY,
    (13812345678, "13812345678"),
    (13812345678.0, "13812345678"),
    ("13812345678.0", "13812345678"),
    ("138-1234-5678", "13812345678"),
    ("138 1234 5678", "13812345678"),
    ("１３８１２３４５６７８", "13812345678"),
    ("+86 13812345678", "13812345678"),
    ("1.3812345678E+10", "13812345678"),
    ("手机：13812345678", "13812345678"),
    ("0512-66661234", "0512-66661234"),
    ("（0512）66661234", "0512-66661234"),
    ("051266661234", "0512-66661234"),
    ("0512-66661234转801", "0512-66661234转801"),
    ("4001234567", "400-123-4567"),
    ("400-123-4567", "400-123-4567"),
    ("13812345678、13912345678", "13812345678、13912345678"),
    ("13812345678/0512-66661234", "13812345678、0512-66661234"),
    ("13812345678 13912345678", "13812345678、13912345678"),
    ("12351", "12351"),
) + bad(
    ("138****5678", "phone_masked"),
    ("1381234567", "not_a_phone"),
    ("1.38E+10", "digits_lost"),
    ("示例甲13812345678", "phone_with_text"),
)
STARS = good(
    ("★★★", 3), ("★★★☆☆", 3), ("三星级", 3), ("三星", 3), ("3星", 3), ("AAA", 3), ("5A", 5), ("五星级", 5), (4, 4), (4.0, 4), ("４", 4),
    ("未评定", None), ("无", None),
) + bad(("9", "out_of_range"), ("六星级", "out_of_range"), ("优秀", "not_stars"))  # fmt: skip
YES_NO = good(
    ("是", True), ("否", False), ("√", True), ("×", False), ("Y", True), ("n", False), ("1", True), (0, False),
    (True, True), (False, False), ("有", True), ("—", None),
) + bad(("也许", "not_a_boolean"), ("2", "not_a_boolean"))  # fmt: skip
DIVISIONS = good(
    ("成都市锦江区", "510104"),
    ("四川省成都市锦江区", "510104"),
    ("四川成都锦江", "510104"),
    ("四川省/成都市/锦江区", "510104"),
    ("锦江区", "510104"),
    (510104, "510104"),
    ("510104", "510104"),
    ("５１０１０４", "510104"),
    ("510104000000", "510104"),
    ("成都市本级", "510100"),
    ("江苏苏州", "320500"),
    ("苏州市", "320500"),
    ("441900", "441900"),
    ("东莞", "441900"),
    ("南京市鼓楼区", "320106"),
    (" 成都市\u3000锦江区 ", "510104"),
) + bad(
    ("鼓楼区", "ambiguous"),
    ("朝阳区", "ambiguous"),
    ("火星区", "unknown_division"),
    ("市本级", "unknown_division"),
    ("开发区", "unknown_division"),
    ("310119", "division_abolished"),
    ("无", "required"),
    ("#N/A", "formula_error"),
)
UNION_KINDS = good(
    ("独立基层", "grassroots"), ("独立基层工会", "grassroots"), ("联合", "joint"), ("街道", "street"), ("园区工会", "park"),
    ("1.独立基层", "grassroots"), ("独立 基层", "grassroots"),
) + bad(("社团", "not_a_choice"))  # fmt: skip
BASE_KINDS = good(
    ("民宿", "homestay"), ("旅游民宿", "homestay"), ("特色小镇", "town"), ("康养", "wellness"), ("红色旅游景区", "red"),
    ("乡村旅游产业聚集区", "rural"),
) + bad(("游乐场", "not_a_choice"), ("暂无", "required"))  # fmt: skip
SEASONS = good(
    ("春秋", "春、秋"), ("春、秋", "春、秋"), ("秋,春", "春、秋"), ("四季", "春、夏、秋、冬"), ("春季 秋季", "春、秋"), ("春秋两季", "春、秋"), ("/", "")
) + bad(("雨季", "not_a_choice"))  # fmt: skip
GRADES = good(("省级", "province"), ("市", "city"), ("县", "county"), ("区县级", "county"), ("无", "")) + bad(
    ("星球级", "not_a_choice")
)
COMPETITION_GRADES = good(("全国", "national"), ("国家级", "national"), ("省级", "province"), ("市", "city"), ("—", ""))


def names(number: int) -> list[Dirt]:
    """Return spellings of a name that is new in every file."""
    plain = f"示例·第{number}号公司"
    return good(
        (f"{plain}　工会", f"{plain}工会"),
        (f"\ufeff{plain}工会", f"{plain}工会"),
        (f"{plain}\u200b工会", f"{plain}工会"),
        (f"\u00a0{plain}工会\u00a0", f"{plain}工会"),
        (f"{plain}\n工会", f"{plain}工会"),
        (f"'{plain}工会", f"{plain}工会"),
        (f'="{plain}工会"', f"{plain}工会"),
        (f"{plain}(分)工会", f"{plain}（分）工会"),
        (f"示例·第{wide(str(number))}号㐀𠮷䶮工会", f"示例·第{number}号㐀𠮷䶮工会"),
        (f"{plain}ＡＢＣ工会", f"{plain}ABC工会"),
        *((f"{start}{plain}工会", f"{start}{plain}工会") for start in "@＝"),
        (f"={plain}工会", f"={plain}工会"),
        (f"+{plain}工会", f"+{plain}工会"),
        (f"-{plain}工会", f"-{plain}工会"),
        (f"\t{plain}工会", f"{plain}工会"),
    ) + bad(("", "required"), ("/", "required"), ("#VALUE!", "formula_error"), (f"{plain}" * 30, "too_long"))


def codes(number: int) -> list[Dirt]:
    code = credit_code(number)
    swapped = code[:-1] + ("0" if code[-1] != "0" else "1")
    return good(
        (code, code),
        (code.lower(), code),
        (wide(code), code),
        (f" {code} ", code),
        (f"{code[:6]} {code[6:12]} {code[12:]}", code),
        (f"{code[:8]}-{code[8:]}", code),
        (f"'{code}", code),
        (f'="{code}"', code),
        (f"\u200b{code}\u200b", code),
        ("无", None),
        ("待办理", None),
    ) + bad(
        (swapped, "code_check_digit"),
        (code.replace("0", "O", 1), "code_confusable"),
        ("510104000012345", "code_old"),
        ("12345678-9", "code_old"),
        (code[:-1], "code_length"),
        (9.11100001234568e17, "digits_lost"),
        ("9.11E+17", "digits_lost"),
    )
