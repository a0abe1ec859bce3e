"""Rows kept as they were drawn: a list always shows what is so now."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.delivery import versions
from content.registers.bases import Base
from content.registers.points import Point

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(settings):
    settings.PAGE_CACHE_SECONDS = 60


@pytest.fixture
def base() -> Base:
    return Base.objects.create(
        code="JD0001", name="示例·太湖", kind="homestay", division_id="320506", status="named", price=280
    )


def shown(client, address: str) -> str:
    """Return the list as it is drawn, past the cache of whole pages."""
    return client.get(address, {"not_cached": "1"}).content.decode()


@pytest.mark.parametrize("view", ["cards", "table"])
class TestRowsOfAList:
    def test_a_row_is_drawn_once(self, client, base, view):
        first = shown(client, f"/bases/?view={view}")
        with CaptureQueriesContext(connection) as queries:
            assert shown(client, f"/bases/?view={view}") == first
        assert "示例·太湖" in first
        # Its key, and nothing else of it.
        assert [q["sql"].count('"registers_base"."name"') for q in queries if "registers_base" in q["sql"]] == [0]

    def test_a_row_that_was_changed_is_drawn_again(self, client, base, view, commits):
        assert "280" in shown(client, f"/bases/?view={view}")
        with commits():
            base.price = 375
            base.save()
        assert "375" in shown(client, f"/bases/?view={view}")

    def test_each_language_has_its_own(self, client, base, view):
        chinese = shown(client, f"/bases/?view={view}")
        client.cookies["django_language"] = "en"
        assert "旅游民宿" in chinese
        assert "旅游民宿" not in shown(client, f"/bases/?view={view}").partition('class="results')[2]

    def test_with_a_place_each_row_tells_how_far_it_is(self, client, base, view):
        shown(client, f"/bases/?view={view}")
        Base.objects.update(latitude=31.2, longitude=120.4)
        versions.raise_version("bases")
        assert "公里" in shown(client, f"/bases/?view={view}&near=31.30,120.58")


def test_a_row_that_is_referred_to_was_renamed(client, base, commits):
    Point.objects.create(code="HD0001", name="示例活动点", division_id="320506", base=base)
    assert "示例·太湖" in shown(client, "/points/?view=table")
    with commits():
        base.name = "示例·新名"
        base.save()
    assert "示例·新名" in shown(client, "/points/?view=table")
