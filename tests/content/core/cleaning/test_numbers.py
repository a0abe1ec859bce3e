"""Numbers: units, numerals, percentages, money, ranges."""

import datetime as dt
from decimal import Decimal

import pytest

from content.core import cleaning

from .conftest import refusal

D = Decimal


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
        ("12万3千", 123_000),
        ("1亿2千万", 120_000_000),
        ("3万2", 32_000),
        ("3万2千", 32_000),
        ("3万200", 30_200),
        ("2千5", 2_500),
        ("1千50", 1_050),
        ("3千万", 30_000_000),
        ("廿五", 25),
        ("卅", 30),
    ],
)
def test_digits_and_units_mixed(value, clean):
    assert cleaning.integer(value).value == clean


@pytest.mark.parametrize(
    ("value", "suggestion"),
    [
        ("近千人", "1000"),
        ("上百", "100"),
        ("百余人", "100"),
        ("几十", None),
        ("200人/批", "200"),
        ("男120女80", None),
        ("淡季280 旺季380", None),
    ],
)
def test_what_is_not_quite_a_number_suggests_the_only_one_in_it(value, suggestion):
    caught = refusal(cleaning.integer, value)
    assert (caught.code, caught.suggestion) == ("not_a_number", suggestion)


def test_a_percentage_is_no_whole_number():
    caught = refusal(cleaning.integer, "80%")
    assert (caught.code, caught.suggestion) == ("not_whole", None)


def test_free_of_charge_costs_nothing():
    assert cleaning.yuan("免费").value == 0
