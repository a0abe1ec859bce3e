"""Text, names, words for nothing, and errors of formulas."""

import datetime as dt

import pytest

from content.core import cleaning
from content.registers.bases import Base, Season

from .conftest import refusal


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
