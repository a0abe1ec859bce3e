"""Rows of each kind, published and not."""

import pytest

from content.registers.bases import Base
from content.registers.competitions import Competition
from content.registers.points import Point
from content.registers.ratings import Rating
from content.registers.unions import Union


@pytest.fixture
def rows(db):
    base = Base(
        code="JD1", name="示例·太湖基地", kind="homestay", grade="city", division_id="320506", price="280", price_to="320.5",
        seasons="春、秋", longitude="120.6", latitude="31.3", named_on="2024-05-01", manager="欧阳示例",
        manager_phone="13800000000", booking_phone="0512-00000000", beds=80, capacity=120,
    )  # fmt: skip
    base.save()
    hidden = Base(code="JD2", name="示例·未授牌基地", kind="red", division_id="320581", status="applied")
    hidden.save()
    Point(code="HD1", name="示例·评弹点", base=base, division_id="320508", activity="评弹").save()
    Point(code="HD2", name="示例·茶点", base=hidden, division_id="320508").save()
    union = Union(
        code="GH1", name="示例·商贸工会", division_id="510104", stars=3, chair="上官示例", unit_name="示例商贸"
    )
    union.save()
    Rating(union=union, year=2024, stars=3, applied_stars=4, final_reviewer="示例总工会").save()
    Competition(code="JS1", name="示例·竞赛", division_id="510100", grade="national", investment="100.5").save()
    return {"base": base, "union": union}
