"""A few rows of each register, plainly invented."""

import datetime as dt
from decimal import Decimal

import pytest

from content.registers.bases import Base
from content.registers.points import Point
from content.registers.ratings import Rating
from content.registers.unions import Union


@pytest.fixture
def bases(db):
    common = {"kind": "homestay", "grade": "city", "booking_phone": "0512-66661234、13812345678"}
    first = Base.objects.create(
        code="JD3205060001",
        name="示例·太湖明月民宿（吴中店）",
        division_id="320506",
        credit_code="91350100M000100Y43",
        named_on=dt.date(2023, 4, 12),
        valid_until=dt.date(2026, 4, 11),
        longitude=Decimal("120.1"),
        latitude=Decimal("31.123456"),
        manager="示例甲",
        manager_phone="13900000001",
        price=Decimal(280),
        price_to=Decimal("320.5"),
        seasons="春、秋",
        capacity=120,
        introduction='第一行\n第二行，含 "引号"',
        honours="=1+1",
        **common,
    )
    second = Base.objects.create(code="JD5101040001", name="示例·锦江康养院", division_id="510104", **common)
    hidden = Base.objects.create(
        code="JD3205060002", name="示例·待批民宿", division_id="320506", status="applied", **common
    )
    Point.objects.create(code="HD3205060001", name="示例·评弹体验点", division_id="320506", base=first)
    Point.objects.create(code="HD3205060002", name="示例·待批民宿的点", division_id="320506", base=hidden)
    return first, second, hidden


@pytest.fixture
def ratings(db):
    parent = Union.objects.create(code="GH5101040001", name="示例·锦江区总工会", division_id="510104", kind="street")
    union = Union.objects.create(
        code="GH5101040002",
        name="示例·春熙商贸公司工会",
        division_id="510104",
        credit_code="81510104MC0000012P",
        parent=parent,
        employees=120,
        members=100,
        stars=4,
        chair="示例乙",
        chair_phone="13900000002",
        founded_on=dt.date(2019, 5, 1),
        over_25=True,
    )
    rating = Rating.objects.create(
        year=2024, union=union, division_id="510104", stars=4, self_score=Decimal("95.5"), inspected=False
    )
    return parent, union, rating
