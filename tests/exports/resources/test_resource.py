"""The ordinary django-import-export resource: what it exports it imports again, and nothing changes."""

import pytest
import tablib

from content.core.register import get_register, registers
from content.registers.bases import Base
from content.registers.unions import Union
from exports.resources.resource import build_resource

pytestmark = pytest.mark.django_db
SLUGS = ["bases", "points", "unions", "ratings", "competitions"]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_round_trip_changes_nothing(slug, bases, ratings):
    resource = build_resource(get_register(slug), personal=True)()
    dataset = resource.export()
    assert dataset.headers[0] == get_register(slug).header(get_register(slug).columns[0])
    result = resource.import_data(tablib.Dataset(*dataset, headers=dataset.headers))
    assert [error.error for row in result.rows for error in row.errors] == []
    assert [row.error for row in result.invalid_rows] == []
    assert result.totals["skip"] == len(dataset)
    assert result.totals["update"] == result.totals["new"] == 0


def test_cleans_finds_by_alternates_and_gives_codes(bases):
    resource = build_resource(get_register("bases"))()
    data = tablib.Dataset(headers=["基地名称", "行政区划", "基地类型", "床位数", "价格(元/人/天)"])
    data.append(["示例·太湖明月民宿(吴中店)", "苏州吴中", "民宿", "约200张", "300-350元"])
    data.append(["示例·新民宿", "320506", "康养", "80", "0.02万元"])
    result = resource.import_data(data)
    assert (result.has_errors(), result.has_validation_errors()) == (False, False)
    assert result.totals["update"] == result.totals["new"] == 1
    changed, new = Base.objects.get(code="JD3205060001"), Base.objects.get(name="示例·新民宿")
    assert (changed.beds, changed.price, changed.price_to) == (200, 300, 350)
    assert (new.code, new.price) == ("JD3205060003", 200)


def test_says_which_cell_is_wrong(bases):
    resource = build_resource(get_register("bases"))()
    data = tablib.Dataset(headers=["基地名称", "行政区划", "基地类型", "床位数"])
    data.append(["示例·新民宿", "鼓楼区", "民宿", "若干"])
    result = resource.import_data(data)
    assert result.has_validation_errors()
    assert Base.objects.count() == 3


def test_personal_columns_only_when_asked(ratings):
    assert "主席" not in build_resource(get_register("unions"))().export().headers
    assert "主席" in build_resource(get_register("unions"), personal=True)().export().headers
    assert Union.objects.count() == 2


def test_every_register_has_one():
    for register in registers():
        assert build_resource(register)().get_export_headers()
