"""What stands in real cells, and what becomes of it: one table a cleaner."""

import datetime as dt
from decimal import Decimal

import pytest

from content.core import cleaning
from content.core.cleaning import Unclean
from content.registers.bases import Base, Season
from content.registers.unions import Union

D = Decimal


def refusal(cleaner, value):
    with pytest.raises(Unclean) as caught:
        cleaner(value)
    assert str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    "value", [None, "", "  ", "\u3000", "\u200b", "无", "—", "/", "//", "暂无", "-", "N/A", "——", " 无 "]
)
@pytest.mark.parametrize(
    "cleaner",
    [
        cleaning.text,
        cleaning.name,
        cleaning.integer,
        cleaning.decimal,
        cleaning.yuan,
        cleaning.date,
        cleaning.phone,
        cleaning.credit_code,
        cleaning.stars,
        cleaning.choice(Base.Kind),
        cleaning.several(Season),
        cleaning.range_of(cleaning.yuan),
    ],
)
def test_what_only_says_that_there_is_nothing_is_empty(cleaner, value):
    assert cleaner(value).value is None


@pytest.mark.parametrize("value", ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", float("nan")])
@pytest.mark.parametrize("cleaner", [cleaning.text, cleaning.integer, cleaning.date, cleaning.phone, cleaning.stars])
def test_an_error_of_a_formula_is_refused(cleaner, value):
    assert refusal(cleaner, value).code == "formula_error"


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        ("示例", "示例"),
        ("  示例\u00a0单位\u200b ", "示例 单位"),
        ("ＡＢ１２（示例）", "AB12（示例）"),
        ("'0512", "0512"),
        ('="91350100M000100Y43"', "91350100M000100Y43"),
        (13812345678.0, "13812345678"),
        (0.1 + 0.2, "0.3"),
        (12, "12"),
        ("第一行\r\n第二行", "第一行\n第二行"),
        ("'=1+1", "=1+1"),
        (dt.datetime(2023, 4, 12), "2023-04-12"),
    ],
)
def test_text(value, clean):
    assert cleaning.text(value).value == clean


def test_text_refuses_a_number_that_lost_digits():
    assert refusal(cleaning.text, 9.11100001234568e17).code == "digits_lost"


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        ("苏州 示例(分) 店", "苏州示例（分）店"),
        ("苏州示例\n民宿", "苏州示例民宿"),
        ("Hotel  示例", "Hotel 示例"),
        ("Hotel (A)", "Hotel (A)"),
        ("张 三", "张三"),
    ],
)
def test_name(value, clean):
    assert cleaning.name(value).value == clean


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        (120, 120),
        (120.0, 120),
        ("１２０", 120),
        ("1,200", 1200),
        ("1，200人", 1200),
        ("1 200", 1200),
        ("120个", 120),
        ("约200人", 200),
        ("近 300 人", 300),
        ("200多人", 200),
        ("300人以上", 300),
        ("500余人", 500),
        ("3万", 30000),
        ("1.2万人", 12000),
        ("3万余人", 30000),
        ("三万二", 32000),
        ("一百二十张", 120),
        ("两百余人", 200),
        ("二〇二三", 2023),
        ("3天2夜", 3),
        ("三天两夜", 3),
        ("2023年", 2023),
        ("+5", 5),
        ("80张床位", 80),
        ("0", 0),
        ("2千", 2000),
    ],
)
def test_integer(value, clean):
    result = cleaning.integer(value).value
    assert (result, type(result)) == (clean, int)


@pytest.mark.parametrize(
    ("value", "code", "suggestion"),
    [
        ("12.5", "not_whole", 13),
        ("若干", "not_a_number", None),
        ("1,5", "not_a_number", None),
        ("12 5", "not_a_number", None),
        ("200-300人", "range_given", "200"),
        ("200以下", "open_range", None),
        (True, "not_a_number", None),
        (dt.date(2024, 3, 5), "is_a_date", "3-5"),
        (1e16, "digits_lost", None),
        ("百二", "not_a_number", None),
    ],
)
def test_integer_refuses(value, code, suggestion):
    caught = refusal(cleaning.integer, value)
    assert (caught.code, caught.suggestion) == (code, suggestion)


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        ("120.5", D("120.5")),
        ("80%", D("0.8")),
        (98.6, D("98.6")),
        ("31.2989°", D("31.2989")),
        ("95分", D(95)),
        ("-3.2", D("-3.2")),
    ],
)
def test_decimal(value, clean):
    assert cleaning.decimal(value).value == clean


@pytest.mark.parametrize(
    ("value", "clean"), [("80%", 80), ("百分之八十", 80), (80, 80), ("８０％", 80), ("99.5%", D("99.5"))]
)
def test_percent(value, clean):
    assert cleaning.percent(value).value == clean


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        ("280", 280),
        ("280元", 280),
        ("￥280.50", D("280.5")),
        ("280元/人/天", 280),
        ("280元/人·天", 280),
        ("280/人", 280),
        ("280元起", 280),
        ("0.5万元", 5000),
        ("3万元", 30000),
        ("1.5亿元", 150_000_000),
        ("人民币1,200元整", 1200),
        ("三千元", 3000),
        ("280元(含早餐)", 280),
        ("280元每人每天", 280),
    ],
)
def test_yuan(value, clean):
    assert cleaning.yuan(value).value == clean


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        ("32", 32),
        ("32亿元", 32),
        ("3200万元", D("0.32")),
        ("100亿", 100),
        ("三亿", 3),
        ("三百", 300),
        (12.5, D("12.5")),
    ],
)
def test_yi_yuan(value, clean):
    assert cleaning.yi_yuan(value).value == clean


@pytest.mark.parametrize(
    ("cleaner", "value", "clean"),
    [
        (cleaning.yuan, "120-150元", (120, 150)),
        (cleaning.yuan, "280～320", (280, 320)),
        (cleaning.yuan, "280—320元/人/天", (280, 320)),
        (cleaning.yuan, "280元至320元", (280, 320)),
        (cleaning.yuan, "1-2万元", (10000, 20000)),
        (cleaning.yuan, "8000-1万", (8000, 10000)),
        (cleaning.yuan, "300", (300, None)),
        (cleaning.yuan, 300.0, (300, None)),
        (cleaning.yuan, "300-300", (300, None)),
        (cleaning.yuan, (280, 320), (280, 320)),
        (cleaning.yuan, (280, None), (280, None)),
        (cleaning.yi_yuan, "30-50亿元", (30, 50)),
        (cleaning.yi_yuan, "数十", None),
        (cleaning.yuan, "320-280元", None),
        (cleaning.yuan, dt.datetime(2024, 3, 5), None),
    ],
)
def test_range(cleaner, value, clean):
    if clean is None:
        assert refusal(cleaning.range_of(cleaner), value).code in ("not_a_number", "range_reversed", "is_a_date")
    else:
        assert cleaning.range_of(cleaner)(value).value == clean


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        ("2023年4月12日", "2023-04-12"),
        ("2023.4.12", "2023-04-12"),
        ("2023/04/12", "2023-04-12"),
        ("2023-4-12 00:00:00", "2023-04-12"),
        ("2023-04-12T08:30:00+08:00", "2023-04-12"),
        ("２０２３年４月１２日", "2023-04-12"),
        ("2023 年 4 月 12 日", "2023-04-12"),
        ("二〇二三年四月十二日", "2023-04-12"),
        ("20230412", "2023-04-12"),
        (20230412, "2023-04-12"),
        (20230412.0, "2023-04-12"),
        ("45028", "2023-04-12"),
        (45028, "2023-04-12"),
        (45028.5, "2023-04-12"),
        ("2023年4月", "2023-04-01"),
        ("2023-04", "2023-04-01"),
        ("2023.4", "2023-04-01"),
        (2023.4, "2023-04-01"),
        (202304, "2023-04-01"),
        (dt.datetime(2023, 4, 12, 10), "2023-04-12"),
        (dt.date(2023, 4, 12), "2023-04-12"),
    ],
)
def test_date(value, clean):
    assert cleaning.date(value).value == dt.date.fromisoformat(clean)


@pytest.mark.parametrize(
    ("value", "code", "suggestion"),
    [
        ("23.4.12", "date_ambiguous", dt.date(2023, 4, 12)),
        ("4/12/2023", "date_ambiguous", dt.date(2023, 4, 12)),
        (2023.1, "date_ambiguous", dt.date(2023, 10, 1)),
        ("2023-4-31", "no_such_date", dt.date(2023, 4, 30)),
        ("20231345", "no_such_date", None),
        ("2023-13", "no_such_date", None),
        ("2023", "date_incomplete", dt.date(2023, 1, 1)),
        ("4月12日", "date_incomplete", None),
        ("2023.4-2026.4", "date_range", dt.date(2023, 4, 1)),
        ("2023年4月12日至2026年4月11日", "date_range", dt.date(2023, 4, 12)),
        ("2023-04-12~2026-04-11", "date_range", dt.date(2023, 4, 12)),
        ("三年", "not_a_date", None),
        ("0023-01-01", "date_out_of_range", None),
        (True, "not_a_date", None),
    ],
)
def test_date_refuses(value, code, suggestion):
    caught = refusal(cleaning.date, value)
    assert (caught.code, caught.suggestion) == (code, suggestion)


def test_an_end_date_takes_the_last_day():
    assert cleaning.end_date("2026年4月").value == dt.date(2026, 4, 30)
    assert cleaning.end_date("长期").value is None
    assert refusal(cleaning.end_date, "2023.4-2026.4").suggestion == dt.date(2026, 4, 30)


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        ("★★★", 3),
        ("★★★☆☆", 3),
        ("⭐⭐⭐⭐", 4),
        ("三星级", 3),
        ("五星级", 5),
        ("5星", 5),
        ("５星", 5),
        ("AAA", 3),
        ("5A", 5),
        ("5A级", 5),
        ("3.0", 3),
        (3.0, 3),
        (4, 4),
        ("未评定", None),
        ("0", None),
    ],
)
def test_stars(value, clean):
    assert cleaning.stars(value).value == clean


@pytest.mark.parametrize(
    ("value", "code"), [("6", "out_of_range"), ("★★★★★★", "out_of_range"), ("3.5", "not_stars"), ("优秀", "not_stars")]
)
def test_stars_refuses(value, code):
    assert refusal(cleaning.stars, value).code == code


@pytest.mark.parametrize("value", ["Y", "是", "√", "1", 1, 1.0, True, "true", "有", "✔", "ＹＥＳ"])
def test_true(value):
    assert cleaning.boolean(value).value is True


@pytest.mark.parametrize("value", ["N", "否", "×", "0", 0, False, "无", "false"])
def test_false(value):
    assert cleaning.boolean(value).value is False


def test_boolean_refuses():
    assert cleaning.boolean("/").value is None
    assert refusal(cleaning.boolean, "大概").code == "not_a_boolean"


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        ("13812345678", "13812345678"),
        (13812345678, "13812345678"),
        (13812345678.0, "13812345678"),
        ("13812345678.0", "13812345678"),
        ("1.3812345678E+10", "13812345678"),
        ("138-1234-5678", "13812345678"),
        ("138 1234 5678", "13812345678"),
        ("+86 138 1234 5678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("手机：13812345678", "13812345678"),
        ("0512-66661234", "0512-66661234"),
        ("（0512）66661234", "0512-66661234"),
        ("051266661234", "0512-66661234"),
        ("010-12345678", "010-12345678"),
        ("+86-512-66661234", "0512-66661234"),
        ("66661234", "66661234"),
        ("0512-66661234转801", "0512-66661234转801"),
        ("0512-66661234-801", "0512-66661234转801"),
        ("0512-66661234 分机801", "0512-66661234转801"),
        ("400-123-4567", "400-123-4567"),
        ("4001234567", "400-123-4567"),
        ("12351", "12351"),
        (12348.0, "12348"),
        ("13812345678/0512-66661234", "13812345678、0512-66661234"),
        ("13812345678 13912345678", "13812345678、13912345678"),
        ("0512-66661234，13812345678", "0512-66661234、13812345678"),
        ("+852 2123 4567", "+85221234567"),
    ],
)
def test_phone(value, clean):
    assert cleaning.phone(value).value == clean


@pytest.mark.parametrize(
    ("value", "code", "suggestion"),
    [
        ("1.38E+10", "digits_lost", None),
        ("138****5678", "phone_masked", None),
        ("张经理13812345678", "phone_with_text", "13812345678"),
        ("1381234567", "not_a_phone", None),
        ("123456789012345", "not_a_phone", None),
    ],
)
def test_phone_refuses(value, code, suggestion):
    caught = refusal(cleaning.phone, value)
    assert (caught.code, caught.suggestion) == (code, suggestion)


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        ("91350100M000100Y43", "91350100M000100Y43"),
        ("81510104mc0000012p", "81510104MC0000012P"),
        ("８１５１０１０４MC0000012P", "81510104MC0000012P"),
        ("9135 0100 M000 100Y 43", "91350100M000100Y43"),
        ("'91350100M000100Y43", "91350100M000100Y43"),
        ("待办理", None),
        ("正在办理", None),
        ("办理中", None),
        ("无", None),
    ],
)
def test_credit_code(value, clean):
    assert cleaning.credit_code(value).value == clean


@pytest.mark.parametrize(
    ("value", "code", "suggestion"),
    [
        ("9135O1OOMOOO1OOY43", "code_confusable", "91350100M000100Y43"),
        ("91350100M000100Y44", "code_check_digit", None),
        ("91350100M00010DY43", "code_check_digit", "91350100M000100Y43"),
        ("91350100M000100Y4", "code_length", None),
        ("510104000012345", "code_old", None),
        ("12345678-9", "code_old", None),
        ("九一三五", "code_characters", None),
        (9.11100001234568e17, "digits_lost", None),
        ("9.11E+17", "digits_lost", None),
    ],
)
def test_credit_code_refuses(value, code, suggestion):
    caught = refusal(cleaning.credit_code, value)
    assert (caught.code, caught.suggestion) == (code, suggestion)


KIND = cleaning.choice(Base.Kind, 民宿="homestay", 特色小镇="town")


@pytest.mark.parametrize(
    "value", ["homestay", "旅游民宿", "民宿", " 民 宿 ", "HOMESTAY", "１.旅游民宿", "tourist homestay"]
)
def test_choice(value):
    assert KIND(value).value == "homestay"


def test_choice_names_what_is_allowed_and_what_is_near():
    caught = refusal(KIND, "旅游名宿")
    assert (caught.code, caught.suggestion) == ("not_a_choice", "旅游民宿")
    assert "特色小镇" in str(caught)


def test_choice_of_numbers():
    stars = cleaning.for_field(Union._meta.get_field("stars"))
    assert stars(3.0).value == 3


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        ("春秋", "春、秋"),
        ("春、秋", "春、秋"),
        ("秋,春", "春、秋"),
        ("春季/秋季", "春、秋"),
        ("春秋两季", "春、秋"),
        ("四季", "春、夏、秋、冬"),
        ("全年", "春、夏、秋、冬"),
        ("四季皆宜", "春、夏、秋、冬"),
    ],
)
def test_several(value, clean):
    assert cleaning.several(Season)(value).value == clean


def test_several_refuses():
    assert refusal(cleaning.several(Season), "4-10月").code == "not_a_choice"


class TestLimitsOfTheColumn:
    def test_length(self):
        cleaner = cleaning.for_field(Base._meta.get_field("batch"))
        assert refusal(cleaner, "批" * 41).code == "too_long"

    def test_whole_numbers(self):
        cleaner = cleaning.for_field(Base._meta.get_field("beds"))
        assert refusal(cleaner, "-1").code == "out_of_range"
        assert refusal(cleaner, "30亿").code == "out_of_range"

    def test_fractions_are_rounded_with_a_trace(self):
        cleaned = cleaning.for_field(Base._meta.get_field("longitude"))("120.12345678")
        assert cleaned.value == D("120.123457")
        assert cleaned.trace

    def test_both_ends_of_a_range(self):
        cleaner = cleaning.limited(Base._meta.get_field("price"), cleaning.range_of(cleaning.yuan))
        assert cleaner("280-320").value == (280, 320)
        assert refusal(cleaner, "280-3亿").code == "out_of_range"


def test_the_trace_says_what_was_done():
    assert cleaning.integer("约200人").trace == ("约200人 → 200",)
    assert cleaning.text("Ａ").trace == ("全角→半角",)
    assert cleaning.date("2023-04-12").trace == ()
    assert cleaning.phone("13812345678").trace == ()
