"""Divisions in cells: codes, names, paths; what is ambiguous and what is unknown."""

import time

import pytest

from content.core import cleaning
from content.core.cleaning import Unclean
from content.core.models import Division

from .conftest import refusal

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("320506", "320506"),
        (320506.0, "320506"),
        (320506, "320506"),
        ("320506000", "320506"),
        ("320506000000", "320506"),
        ("3205", "320500"),
        ("江苏省苏州市吴中区", "320506"),
        ("江苏省-苏州市-吴中区", "320506"),
        ("江苏/苏州/吴中", "320506"),
        ("江苏 苏州 吴中区", "320506"),
        ("江苏苏州", "320500"),
        ("苏州", "320500"),
        ("苏州市", "320500"),
        ("吴中", "320506"),
        ("苏州吴中", "320506"),
        ("苏州市本级", "320500"),
        ("苏州市市辖区", "320500"),
        ("江苏省本级", "320000"),
        ("成都市锦江区", "510104"),
        ("北京市朝阳区", "110105"),
        ("北京市市辖区朝阳区", "110105"),
        ("广西", "450000"),
        ("内蒙古", "150000"),
        ("恩施州", "422800"),
        ("海南", "460000"),
        ("东莞", "441900"),
        ("中国江苏苏州", "320500"),
        ("仙桃", "429004"),
        ("／", None),
        (None, None),
    ],
)
def test_finds(value, code):
    assert cleaning.division(value).value == code


def test_a_name_of_several_names_the_candidates():
    caught = refusal(cleaning.division, "鼓楼区")
    assert caught.code == "ambiguous"
    assert "江苏省南京市鼓楼区" in str(caught)


def test_the_own_divisions_of_a_person_decide_between_them():
    assert cleaning.division("鼓楼区", inside=["320100"]).value == "320106"
    assert refusal(cleaning.division, "鼓楼区", inside=["510100"]).code == "ambiguous"


@pytest.mark.parametrize(
    ("value", "suggestion"),
    [
        ("苏州市吴钟区", "江苏省苏州市"),
        ("苏州工业园区", "江苏省苏州市"),
        ("320599", "江苏省苏州市"),
        ("510104099", "四川省成都市锦江区"),
        ("东莞市长安镇", "广东省东莞市"),
        ("市本级", None),
        ("高新区", None),
        ("闸北", None),
    ],
)
def test_what_is_unknown_gets_the_nearest(value, suggestion):
    caught = refusal(cleaning.division, value)
    assert (caught.code, caught.suggestion) == ("unknown_division", suggestion)


@pytest.mark.parametrize(
    ("value", "suggestion"),
    [
        ("320502", "江苏省苏州市姑苏区"),
        ("110103", "北京市东城区"),
        ("110103001", "北京市东城区"),
        ("崇文区", "北京市东城区"),
        ("江苏省苏州市平江区", "江苏省苏州市姑苏区"),
        ("吴江市", "江苏省苏州市吴江区"),
    ],
)
def test_what_was_abolished_names_what_took_it_over(value, suggestion):
    caught = refusal(cleaning.division, value)
    assert (caught.code, caught.suggestion) == ("division_abolished", suggestion)


def test_the_file_of_abolished_divisions_leads_to_divisions_in_force():
    from content.core.cleaning.abolished import _all

    known = set(Division.objects.values_list("code", flat=True))
    for old in _all():
        assert old.successor in known
        assert old.code not in known


def test_the_level_itself_is_the_own_one():
    assert cleaning.division("市本级", inside=["320500"]).value == "320500"
    assert cleaning.division("本级", inside=["320506"]).value == "320506"
    assert refusal(cleaning.division, "市本级", inside=["320500", "320100"]).code == "unknown_division"
    assert refusal(cleaning.division, "市本级", inside=["320506"]).code == "unknown_division"


@pytest.mark.parametrize("value", ["苏州（吴中区）", "苏州[吴中]", "苏州市>吴中区"])
def test_brackets_and_arrows_lie_between_the_parts_of_a_path(value):
    assert cleaning.division(value).value == "320506"


def test_a_new_street_is_known_at_once():
    assert refusal(cleaning.division, "江苏省苏州市吴中区示例镇").code == "unknown_division"
    Division.objects.create(code="320506111", name="示例镇")
    assert cleaning.division("吴中示例镇").value == "320506111"
    assert cleaning.division("320506111").value == "320506111"


def test_every_division_is_found_by_its_code_and_full_name():
    for code, full_name in Division.objects.values_list("code", "full_name"):
        assert cleaning.division(code).value == code
        assert cleaning.division(full_name).value == code


def test_fifty_thousand_cells_a_second():
    names = list(Division.objects.values_list("full_name", flat=True))
    cells = [names[n % len(names)].replace("省", "").replace("市", "") for n in range(50_000)]
    before = time.process_time()
    for cell in cells:
        try:
            cleaning.division(cell)
        except Unclean:
            continue
    assert time.process_time() - before < 3  # 0.2 s on a quiet machine
