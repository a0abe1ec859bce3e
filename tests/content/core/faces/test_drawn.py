"""Rows kept as they were drawn: a list always shows what is so now."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

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
    response = client.get(f"{address}&not_cached=1")
    assert response["X-Cache"] == "BYPASS"
    return response.content.decode()


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

    def test_with_a_place_each_row_tells_how_far_it_is(self, client, base, view, commits):
        shown(client, f"/bases/?view={view}")
        with commits():
            base.latitude, base.longitude = 31.2, 120.4
            base.save()
        assert "约 20 公里" in shown(client, f"/bases/?view={view}&near=31.30,120.58")
        assert "约 28 公里" in shown(client, f"/bases/?view={view}&near=31.40,120.58")


def test_a_row_that_is_referred_to_was_renamed(client, base, commits):
    Point.objects.create(code="HD0001", name="示例活动点", division_id="320506", base=base)
    assert "示例·太湖" in shown(client, "/points/?view=table")
    with commits():
        base.name = "示例·新名"
        base.save()
    assert "示例·新名" in shown(client, "/points/?view=table")


class TestPagesOfOneList:
    """All pages of a list stand in one kept frame; what tells them apart is drawn anew."""

    @pytest.fixture
    def many(self) -> None:
        for number in range(60):
            Base.objects.create(
                code=f"JD{number:04}", name=f"示例·{number:02}", kind="red", division_id="320506", status="named"
            )

    def test_each_page_tells_which_it_is(self, client, many):
        first, second = (shown(client, f"/bases/?kind=red&page={number}") for number in (1, 2))
        assert '<link rel="canonical" href="http://testserver/bases/?page=2">' in second
        assert '<meta property="og:url" content="http://testserver/bases/?page=2">' in second
        assert "第 2 页" in second
        assert "第 2 页" not in first
        assert 'rel="prev" href="?kind=red&amp;not_cached=1&amp;page=1"' in second
        assert ("示例·03" in first, "示例·03" in second) == (True, False)
        assert shown(client, "/bases/?kind=red&page=1") == first

    def test_nobody_is_shown_what_another_asked_for(self, client, many):
        client.get("/bases/?kind=red&spy=secret&not_cached=1")
        client.get("/bases/?kind=red&days=secret&days=7&not_cached=1")
        for address in ("/bases/?kind=red", "/bases/?kind=red&days=7"):
            assert "secret" not in shown(client, address)

    def test_lists_of_other_filters_sorts_and_views_are_others(self, client, many):
        addresses = ["", "&kind=red", "&kind=bad", "&sort=-name", "&view=table", "&near=31.30,120.58", "&near=nowhere"]
        pages = {shown(client, f"/bases/?page=1{more}").replace(more, "") for more in addresses}
        assert len(pages) == len(addresses)

    def test_no_mark_is_left_in_a_page(self, client, many):
        from content.core.templatetags import shell

        for address in ("/bases/?page=2", "/bases/?page=2", "/bases/?view=table"):
            assert shell._MARK not in shown(client, address)
