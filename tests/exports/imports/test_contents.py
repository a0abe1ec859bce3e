"""Columns are matched by what they hold, where their headers leave it open."""

import pytest

from content.core.register import get_register
from exports.imports.contents import Contents
from exports.imports.matching import match

from .conftest import credit_code

pytestmark = pytest.mark.django_db
CODES = [credit_code(number) for number in range(1, 21)]
PHONES = [f"138{number:08}" for number in range(20)]


def matched(slug, *columns):
    """Match columns given as (header, values); return header → (key, how, suggestion, doubt)."""
    found = match(
        get_register(slug),
        [[header] if header else [] for header, _values in columns],
        values=lambda at: columns[at][1],
    )
    return {column.header: (column.key, column.how, column.suggestion, column.doubt) for column in found}


@pytest.mark.parametrize(
    ("slug", "values", "key"),
    [
        ("unions", CODES, "credit_code"),
        ("ratings", CODES, "union_code"),
        ("bases", ["吴中区", "江苏苏州", "成都市锦江区", "320506"], "division"),
        ("bases", ["JD3205060001", "JD3205060002", "JD3205060003"], "code"),
        ("points", ["JD3205060001", "JD3205060001", "JD3205060002"], "base"),
        ("bases", ["民宿", "康养", "红色景区"], "kind"),
        ("bases", ["春、秋", "四季", "夏"], "seasons"),
        ("unions", ["★★★", "四星级", "5A"], "stars"),
    ],
)
def test_an_unknown_header_is_told_by_its_values(slug, values, key):
    assert matched(slug, ("表头甲", values))["表头甲"][:2] == (key, "content")


def test_four_of_five_are_enough_and_fewer_are_not():
    contents = Contents(get_register("unions"))
    assert contents.fitting(CODES[:16] + ["乱"] * 4)["credit_code"].fits == 16
    assert "credit_code" not in contents.fitting(CODES[:15] + ["乱"] * 5)
    assert "credit_code" not in contents.fitting(CODES[:2])


def test_words_for_nothing_are_no_evidence():
    assert Contents(get_register("unions")).fitting(["无", "/", "—", *CODES[:3]])["credit_code"].of == 3


@pytest.mark.parametrize(
    "values", [[1, 2, 3], ["1", "2", "3"], [45028, 45029, 45030], [2021, 2022, 2023], [110, 120, 119]]
)
def test_bare_numbers_are_no_evidence(values):
    assert Contents(get_register("unions")).fitting(values) == {}


def test_of_several_places_a_foreign_header_takes_none():
    """A telephone column called 监督电话 is no chair's phone; it is only suggested."""
    assert matched("unions", ("监督热线", PHONES))["监督热线"] == ("", "unknown", "chair_phone", None)
    assert matched("unions", ("", PHONES), ("主席电话", PHONES))[""][:2] == ("contact_phone", "content")


def test_two_columns_of_one_kind_are_left_to_the_person():
    found = matched("unions", ("甲", CODES), ("乙", list(reversed(CODES))))
    assert [found[header][:2] for header in "甲乙"] == [("", "unknown"), ("", "unknown")]


def test_the_same_header_twice_is_told_by_the_values():
    columns = match(
        get_register("bases"),
        [["编号"], ["编号"]],
        values=[[1, 2, 3], ["JD3205060001", "JD3205060002", "JD3205060003"]].__getitem__,
    )
    assert [(column.key, column.how) for column in columns] == [("", "unknown"), ("code", "content")]


def test_values_that_belie_the_header_are_doubted():
    assert matched("unions", ("联系电话", CODES))["联系电话"] == ("contact_phone", "exact", "", ("credit_code", 20, 20))
    assert matched("unions", ("主席", PHONES))["主席"][3] == ("phone", 20, 20)
    assert matched("ratings", ("工会名称", CODES))["工会名称"][3] == ("credit_code", 20, 20)
    assert matched("unions", ("联系电话", PHONES))["联系电话"][3] is None
    assert matched("unions", ("上级工会", CODES))["上级工会"][3] is None  # may be named by its code
    assert matched("unions", ("主席", ["示例甲", "示例乙", "示例丙"]))["主席"][3] is None
