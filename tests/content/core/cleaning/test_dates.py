"""Dates in all the forms that people type."""

import datetime as dt

import pytest

from content.core import cleaning

from .conftest import refusal


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
    "value",
    [
        "农历二月初三",
        "2023年腊月廿三",
        "正月初一",
        "癸卯年三月初三",
        "2023年农历四月初八",
        "二〇二三年闰二月初一",
        "2023年冬月初十",
    ],
)
def test_lunar_dates_are_never_converted(value):
    assert refusal(cleaning.date, value).code == "date_lunar"


@pytest.mark.parametrize(
    "value", ["Apr 12, 2023", "12-Apr-2023", "2023-Apr-12", "12 April 2023", "公元2023年4月12日", "2023。4。12"]
)
def test_rarer_forms(value):
    assert cleaning.date(value).value == dt.date(2023, 4, 12)


@pytest.mark.parametrize(
    ("value", "code", "suggestion"),
    [
        ("12-Apr-23", "date_ambiguous", dt.date(2023, 4, 12)),
        ("民国112年4月12日", "date_ambiguous", dt.date(2023, 4, 12)),
        ("23年4月", "date_ambiguous", dt.date(2023, 4, 1)),
        ("20234", "date_ambiguous", dt.date(2023, 4, 1)),
        ("2023年4月上旬", "date_incomplete", None),
        ("2023年初", "date_incomplete", None),
        ("2023年第二季度", "date_incomplete", None),
        ("2月30日", "date_incomplete", None),
        ("2023年2月30日", "no_such_date", dt.date(2023, 2, 28)),
    ],
)
def test_what_may_be_several_days_is_asked(value, code, suggestion):
    caught = refusal(cleaning.date, value)
    assert (caught.code, caught.suggestion) == (code, suggestion)
