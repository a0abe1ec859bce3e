"""Stars, yes and no, one of a few values and several of them."""

import pytest

from content.core import cleaning
from content.registers.bases import Base, Season
from content.registers.unions import Union

from .conftest import refusal

KIND = cleaning.choice(Base.Kind, 民宿="homestay", 特色小镇="town")


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


@pytest.mark.parametrize(
    ("value", "suggestion"),
    [
        ("***", 3),
        ("*****", 5),
        ("5A级景区", 5),
        ("星级：3", 3),
        ("4星（拟）", None),
        ("准四星", None),
        ("五角星", None),
    ],
)
def test_what_may_be_stars_is_suggested(value, suggestion):
    caught = refusal(cleaning.stars, value)
    assert (caught.code, caught.suggestion) == ("not_stars", suggestion)


@pytest.mark.parametrize(
    ("value", "clean"), [("☑是 □否", True), ("□是 ☑否", False), ("□是■否", False), ("■", True), ("☐", False)]
)
def test_boxes_to_tick(value, clean):
    assert cleaning.boolean(value).value is clean


@pytest.mark.parametrize(
    ("value", "suggestion"), [("已建会", "是"), ("未建会", "否"), ("尚未成立", "否"), ("也许", None)]
)
def test_words_that_mean_yes_or_no_are_suggested(value, suggestion):
    assert refusal(cleaning.boolean, value).suggestion == suggestion


def test_two_spellings_of_other():
    assert cleaning.choice(Base.Kind)("其它").value == "other"
