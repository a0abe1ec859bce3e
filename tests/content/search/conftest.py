"""Rows and pages to be found, and some that must not be."""

import pytest
from wagtail.models import Page, Site

from content.registers.bases import Base
from content.registers.unions import Union


@pytest.fixture
def bases(db):
    rows = [
        Base(code="JD1", name="示例·太湖明月疗休养基地", kind="homestay", division_id="320506", address="示例路3号"),
        Base(
            code="JD2", name="示例·虞山康养中心", kind="wellness", division_id="320581", introduction="近太湖，宜疗休养"
        ),
        Base(code="JD3", name="示例·未授牌太湖民宿", kind="homestay", division_id="320506", status="applied"),
        Base(
            code="JD4",
            name="示例·秘密",
            kind="homestay",
            division_id="320506",
            manager="欧阳示例",
            manager_phone="13800000000",
        ),
    ]
    for row in rows:
        row.save()
    return rows


@pytest.fixture
def unions(db):
    union = Union(code="GH1", name="示例·锦江区联盟商贸公司工会", division_id="510104", chair="上官示例")
    union.save()
    return [union]


@pytest.fixture
def home(db):
    return Site.objects.get(is_default_site=True).root_page


@pytest.fixture
def pages(home):
    live = home.add_child(instance=Page(title="疗休养基地联盟在苏州成立", slug="lianmeng"))
    draft = home.add_child(instance=Page(title="疗休养草稿", slug="caogao", live=False))
    return [live, draft]
