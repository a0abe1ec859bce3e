"""Names that are likely one."""

import pytest

from content.core.chinese import name_key
from content.core.near import bare_name

pytestmark = pytest.mark.django_db
DISTRICT = "510104"


def bare(name: str, division: str = DISTRICT) -> str:
    return bare_name(name_key(name), division)


@pytest.mark.parametrize(
    ("names", "rest"),
    [
        (
            (
                "四川省成都市锦江区总工会",
                "成都市锦江区总工会",
                "锦江区总工会",
                "四川成都锦江区总工会",
                " 锦江区 总工会",
            ),
            "总工会",
        ),
        (
            ("示例（成都）公司工会", "示例(成都)公司工会", "示例【成都】公司工会", "示例成都公司工会"),
            "示例成都公司工会",
        ),
        (("Ａｂｃ示例厂工会", "ABC·示例厂工会", "成都市abc 示例厂工会"), "abc示例厂工会"),
    ],
)
def test_one_name_in_many_spellings(names, rest) -> None:
    assert {bare(name) for name in names} == {rest}


@pytest.mark.parametrize("name", ["成都宾馆工会", "锦江宾馆工会", "锦江区", "青羊区总工会", "示例成都市分公司工会"])
def test_what_is_part_of_a_name_stays(name) -> None:
    assert bare(name) == name


def test_a_place_counts_only_as_far_down_as_the_division_goes() -> None:
    assert bare("成都市锦江区总工会", "510100") == "锦江区总工会"
    assert bare("某处工会", "999999") == "某处工会"
