"""Divisions: the shipped codes, their tree, and what lies within what."""

import time

import pytest
from django.utils import timezone

from content.core import divisions
from content.core.models import Division


@pytest.mark.django_db
class TestShippedDivisions:
    def test_every_province_has_a_two_digit_code(self):
        provinces = Division.objects.filter(level="province")
        assert provinces.count() == 34
        assert all(p.code.endswith("0000") and p.parent is None for p in provinces)

    @pytest.mark.parametrize(
        ("code", "parent", "full_name"),
        [
            ("510104", "510100", "四川省成都市锦江区"),
            ("110101", "110000", "北京市东城区"),
            ("429004", "420000", "湖北省仙桃市"),
            ("441900", "440000", "广东省东莞市"),
        ],
    )
    def test_hangs_on_the_nearest_level_above(self, code, parent, full_name):
        division = Division.objects.get(code=code)
        assert (division.parent_id, division.full_name) == (parent, full_name)

    def test_a_street_can_be_added_below_its_district(self):
        street = Division.objects.create(code="510104020", name="示例街道")
        assert (street.level, street.parent_id) == ("street", "510104")
        assert street.full_name == "四川省成都市锦江区示例街道"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("outer", "inside", "outside"),
    [("320000", "320506", "330100"), ("320500", "320581", "320400"), ("320506", "320506001", "320507")],
)
def test_range_and_prefix_agree(outer, inside, outside):
    Division.objects.get_or_create(code="320506001", defaults={"name": "示例镇"})
    assert divisions.contains(outer, inside)
    assert not divisions.contains(outer, outside)
    found = set(Division.objects.filter(divisions.within([outer], field="parent")).values_list("code", flat=True))
    assert all(divisions.contains(outer, Division.objects.get(code=code).parent_id) for code in found)


@pytest.mark.django_db
def test_a_name_changed_by_another_process_is_seen_soon(settings):
    assert divisions.full_names()["510104"] == "四川省成都市锦江区"
    # What another process writes reaches this one by the database alone.
    Division.objects.filter(pk="510104").update(full_name="四川省成都市示例区", changed_at=timezone.now())
    settings.DIVISION_NAMES_SECONDS = 0.001
    time.sleep(0.01)
    try:
        assert divisions.full_names()["510104"] == "四川省成都市示例区"
    finally:
        divisions.names.forget()
