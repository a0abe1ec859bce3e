"""The page of the alliance: figures, partner cities as tiles and list, news, the standard map."""

import datetime
import html
import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from content.pages.models import SiteSettings
from content.registers.points import Point

pytestmark = pytest.mark.django_db
PAGE = "/bases/alliance/"


def read(response) -> str:
    return html.unescape(response.content.decode())


@pytest.fixture
def alliance(home, make_base):
    """Three bases in 苏州, one of 杭州, one of 上海; one more that is not named; a point in 无锡."""
    make_base(1), make_base(2, division="320581", kind="town"), make_base(3, kind="town")
    make_base(4, division="330106"), make_base(5, division="310104")
    make_base(6, status="applied", division="340100")
    Point.objects.create(code="HD1", name="示例·茶艺点", division_id="320205", activity="茶艺")


def test_counts_published_rows_by_city_and_kind(client, alliance):
    found = client.get(PAGE).context["alliance"]
    assert (found.bases, found.points, found.cities, len(found.provinces)) == (5, 1, 4, 3)
    assert [(name, number) for _kind, name, number in found.kinds] == [("旅游民宿", 3), ("特色小镇", 2)]
    jiangsu = found.provinces[1]
    assert [(city.name, city.bases, city.points) for city in jiangsu.cities] == [("无锡市", 0, 1), ("苏州市", 3, 0)]


def test_tiles_are_links_that_say_what_they_show(client, alliance):
    page = read(client.get(PAGE))
    tiles = dict(re.findall(r'<a class="tile" href="([^"]+)" aria-label="([^"]+)"', page))
    assert tiles["/bases/?division=320500"] == "江苏省苏州市：基地 3 家，活动点 0 个"
    for address in tiles:
        assert client.get(address).status_code == 200
    assert len(client.get("/bases/?division=320500").context["listing"].rows) == 3
    assert "不表示地理位置和边界" in page


def test_offers_what_the_lists_offer(client, alliance):
    page = read(client.get(PAGE))
    for address in re.findall(r'href="(/[a-z]+/download\.[a-z]+)"', page):
        assert client.get(address).status_code == 200


def test_tells_news_of_the_subject(client, alliance, make_article):
    make_article("示例推介会", subject="recuperation", date=datetime.date(2026, 4, 1))
    make_article("示例评定", subject="rating")
    page = read(client.get(PAGE))
    assert "示例推介会" in page
    assert "示例评定" not in page


def test_empty(client, home):
    response = client.get(PAGE)
    assert "尚未公布基地" in read(response)
    assert "<svg class" not in read(response)


def test_queries_do_not_grow(client, alliance, make_base, django_assert_max_num_queries):
    client.get(PAGE)
    for number in range(10, 40):
        make_base(number, division="330106")
    with django_assert_max_num_queries(11):
        client.get(PAGE)


def test_finder_leads_here(client, alliance):
    assert f'href="{PAGE}"' in read(client.get("/bases/"))


class TestStandardMap:
    def edit(self, root_client, **fields):
        site = Site.objects.get(is_default_site=True)
        address = reverse("wagtailsettings:edit", args=["pages", "sitesettings", site.pk])
        names = ("host_organisation", "run_by", "address", "phone", "icp_number", "police_number", "site_code")
        empty = dict.fromkeys([*names, "share_image", "map_picture", "map_number"], "")
        return root_client.post(address, empty | fields)

    def test_is_shown_with_its_number(self, client, root_client, alliance, picture):
        assert self.edit(root_client, map_picture=picture.pk, map_number="GS(2019)1822号").status_code == 302
        page = read(client.get(PAGE))
        assert "审图号：GS(2019)1822号" in page
        assert '<figure class="standard-map">' in page

    def test_is_refused_without_its_number(self, root_client, alliance, picture):
        page = read(self.edit(root_client, map_picture=picture.pk))
        assert "公开地图必须标注审图号" in page
        assert SiteSettings.for_site(Site.objects.get(is_default_site=True)).map_picture is None

    @pytest.mark.parametrize("number", ["1822", "GS2019-1822", "没有"])
    def test_number_must_look_like_one(self, root_client, alliance, picture, number):
        assert "请按地图上的写法填写" in read(self.edit(root_client, map_picture=picture.pk, map_number=number))


class TestEvents:
    @pytest.fixture
    def make_event(self, make_article):
        def make(title: str, *, days: int, **fields):
            day = timezone.localdate() + datetime.timedelta(days=days)
            return make_article(title, subject="recuperation", event_on=day, **fields)

        return make

    def test_those_to_come_stand_first(self, client, alliance, make_event, make_article):
        make_event("示例·去年推介会", days=-300)
        make_event("示例·后天推介会", days=2)
        make_event("示例·明天推介会", days=1, event_place="示例会议中心")
        make_event("示例·正在进行的推介会", days=-1, event_until=timezone.localdate())
        make_article("示例·联盟新闻", subject="recuperation")
        response = client.get(PAGE)
        titles = [event.title for event in response.context["alliance"].events]
        assert titles == ["示例·正在进行的推介会", "示例·明天推介会", "示例·后天推介会", "示例·去年推介会"]
        assert [article.title for article in response.context["alliance"].news] == ["示例·联盟新闻"]
        page = read(response)
        assert "示例会议中心" in page
        assert (page.count("即将举办"), page.count("已举办")) == (3, 1)

    def test_the_article_says_when_and_where(self, client, make_event):
        event = make_event("示例·推介会", days=3, event_place="示例会议中心")
        page = read(client.get(event.url))
        assert "即将举办" in page
        told = [json.loads(text) for text in re.findall(r"ld\+json[^>]*>(.*?)</script>", page)]
        about = next(data["about"] for data in told if "about" in data)
        assert (about["@type"], about["startDate"]) == ("Event", event.event_on.isoformat())

    def test_may_not_end_before_it_begins(self, make_article):
        article = make_article("示例", event_on=datetime.date(2026, 5, 2))
        article.event_until = datetime.date(2026, 5, 1)
        with pytest.raises(ValidationError, match="活动结束日期早于开始日期"):
            article.full_clean()
