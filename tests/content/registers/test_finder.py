"""What finds a base: words, bands, facilities, validity, distance; and the part of a page that the script fetches."""

import html
import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

pytestmark = pytest.mark.django_db


def names(response) -> list[str]:
    return [str(row) for row in response.context["listing"].rows]


def text(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode())))


def counts(response, facet: str) -> dict[str, int]:
    found = next(f for f in response.context["listing"].facets if f.name == facet)
    return {option.value: option.count for option in found.options}


class TestWords:
    @pytest.fixture(autouse=True)
    def bases(self, make_base):
        make_base("示例·太湖明月民宿", features="临湖步道，可以骑行", address="环湖路1号")
        make_base("示例·虞山小镇", division_id="320581", code="JD3205810001")
        make_base("示例·西湖康养中心", division_id="330106")

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("太湖", ["示例·太湖明月民宿"]),
            ("骑行", ["示例·太湖明月民宿"]),
            ("环湖路", ["示例·太湖明月民宿"]),
            ("taihu", ["示例·太湖明月民宿"]),
            ("taih", ["示例·太湖明月民宿"]),
            ("thmy", ["示例·太湖明月民宿"]),
            ("常熟市", ["示例·虞山小镇"]),
            ("changshu", ["示例·虞山小镇"]),
            ("hangzhou", ["示例·西湖康养中心"]),
            ("ZheJiang", ["示例·西湖康养中心"]),
            ("qixing", ["示例·太湖明月民宿"]),
            ("huanhulu", ["示例·太湖明月民宿"]),
            ("suzhou minsu", ["示例·太湖明月民宿"]),
            ("suzhou", ["示例·太湖明月民宿", "示例·虞山小镇"]),
            ("JD320581", ["示例·虞山小镇"]),
            ("苏州民宿", ["示例·太湖明月民宿"]),
            ('"', []),
            ("）（", []),
        ],
    )
    def test_finds_by_name_place_feature_pinyin_and_initials(self, client, words, found):
        response = client.get("/bases/", {"q": words})
        assert names(response) == found
        assert response.context["listing"].count == len(found)

    def test_counts_follow_the_words(self, client):
        assert counts(client.get("/bases/", {"q": "suzhou"}), "division") == {"320506": 1, "320581": 1}

    def test_the_index_is_asked_once_whatever_is_counted(
        self, client, make_base, django_assert_max_num_queries, django_assert_num_queries
    ):
        client.get("/bases/?q=示例")
        for number in range(30):
            make_base(f"示例·太湖{number}号", price=number, features="步道")
        with django_assert_max_num_queries(20):
            client.get("/bases/?q=太湖步道")


class TestBands:
    @pytest.fixture(autouse=True)
    def bases(self, make_base):
        make_base("示例·甲", price=150, capacity=20)
        make_base("示例·乙", price=200, capacity=50, kind="town")
        make_base("示例·丙", price=299, price_to=360, capacity=99)
        make_base("示例·丁", capacity=800)

    def test_each_row_is_in_one_band(self, client):
        response = client.get("/bases/")
        assert counts(response, "price_band") == {"-200": 1, "200-300": 2}
        assert counts(response, "capacity_band") == {"-50": 1, "50-100": 2, "400-": 1}
        assert "200–299" in text(response)

    def test_several_bands_widen(self, client):
        assert names(client.get("/bases/?price_band=-200&price_band=200-300&sort=price")) == [
            "示例·甲",
            "示例·乙",
            "示例·丙",
        ]
        assert names(client.get("/bases/?price_band=200-300&capacity_band=50-100&kind=town")) == ["示例·乙"]

    def test_counts_leave_out_their_own_numbers(self, client):
        response = client.get("/bases/?price_band=-200&price_max=100")
        assert counts(response, "price_band") == {"-200": 1, "200-300": 2}
        assert names(response) == []

    def test_bounds_in_the_wrong_order_mean_the_same(self, client):
        response = client.get("/bases/?capacity_min=100&capacity_max=40")
        assert names(response) == ["示例·丙", "示例·乙"]
        assert {r.chip.label for r in response.context["listing"].chips} == {
            "接待人数：不低于 40",
            "接待人数：不高于 100",
        }

    @pytest.mark.parametrize("value", ["abc", "0-1", "200-", "--", "٣", "\0", "9" * 400])
    def test_no_band_of_ours_is_left_out_and_named(self, client, value):
        response = client.get("/bases/", {"price_band": value})
        assert len(names(response)) == 4
        assert "已忽略： 价格(元/人/天)" in text(response)


class TestTraits:
    def test_all_facilities_chosen_must_be_there(self, client, make_base):
        make_base("示例·有车位", parking=8, dining_seats=0)
        make_base("示例·都有", parking=8, dining_seats=60, room_discount="九折")
        response = client.get("/bases/?facilities=parking&facilities=dining")
        assert names(response) == ["示例·都有"]
        assert counts(response, "facilities") == {"dining": 1, "parking": 2, "room_discount": 1}
        assert "设施与优惠：有停车位" in {r.chip.label for r in response.context["listing"].chips}

    def test_the_naming_is_judged_as_of_today(self, client, make_base):
        today = localdate()
        make_base("示例·到期日", valid_until=today)
        make_base("示例·过期", valid_until=today - timedelta(days=1))
        make_base("示例·尚早", valid_until=today + timedelta(days=400))
        make_base("示例·未注明")
        assert counts(client.get("/bases/"), "validity") == {"valid": 2, "ending": 1, "ended": 1, "open": 1}
        assert names(client.get("/bases/?validity=ended&validity=open")) == ["示例·过期", "示例·未注明"]


class TestNearness:
    @pytest.fixture(autouse=True)
    def bases(self, make_base, make_point):
        make_base("示例·杭州", division_id="330106", latitude="30.25", longitude="120.13")
        make_base("示例·苏州", division_id="320506", latitude="31.26", longitude="120.63")
        make_base("示例·常熟", division_id="320581", latitude="31.65", longitude="120.75")
        make_base("示例·无坐标", division_id="320506")

    def test_the_nearest_come_first_and_the_unknown_last(self, client):
        response = client.get("/bases/?near=320506")
        assert names(response) == ["示例·苏州", "示例·常熟", "示例·杭州", "示例·无坐标"]
        distances = [row.distance for row in response.context["listing"].rows]
        assert distances[0] == pytest.approx(0)
        assert distances[1] == pytest.approx(44.8, abs=0.5)
        assert distances[3] is None
        known = "从江苏省苏州市吴中区境内已登记位置的 1 家基地和活动点的中心量起"
        for words in ("不到 1 公里", "约 45 公里", "未登记坐标的排在最后", known):
            assert words in text(response)

    def test_a_city_lies_amid_its_rows(self, client):
        place = client.get("/bases/?near=320500").context["listing"].place
        assert (place.latitude, place.longitude) == (pytest.approx(31.455), pytest.approx(120.69))

    def test_a_district_without_rows_is_where_its_city_is(self, client):
        response = client.get("/bases/?near=320585")
        assert names(response)[0] in ("示例·苏州", "示例·常熟")
        assert (response.context["listing"].place.value, response.context["listing"].place.known) == ("320500", 2)
        assert "从江苏省苏州市境内" in text(response), "it says from where it measures"

    def test_a_position_is_rounded_to_a_kilometre(self, client):
        response = client.get("/bases/?near=30.251234,120.134567&sort=distance")
        assert response.context["listing"].place.value == "30.25,120.13"
        assert "30.2512" not in response.content.decode().partition("<main")[2]
        assert names(response)[0] == "示例·杭州"

    def test_another_order_stands_above_distance(self, client):
        response = client.get("/bases/?near=330100&sort=name")
        assert names(response) == ["示例·常熟", "示例·杭州", "示例·苏州", "示例·无坐标"]

    def test_the_table_shows_distances(self, client):
        page = text(client.get("/bases/?near=320506&view=table"))
        assert "约 45 公里" in page
        assert "未登记坐标" in page

    @pytest.mark.parametrize("near", ["99", "海上", "0,0", "31,500", "1e5,120", "31.2", "\0", "652200"])
    def test_what_is_no_place_is_left_out_and_named(self, client, near):
        response = client.get("/bases/", {"near": near})
        assert len(names(response)) == 4
        assert "测距地点" in text(response)

    def test_places_to_choose_from_hold_rows(self, client):
        groups = client.get("/bases/").context["listing"].places
        assert [(group.name, [name for _code, name in group.places]) for group in groups] == [
            ("江苏省", ["苏州市", "苏州市吴中区", "苏州市常熟市"]),
            ("浙江省", ["杭州市", "杭州市西湖区"]),
        ]

    def test_places_with_activity_points_alone_are_offered_too(self, client, make_point):
        make_point(division_id="320623", latitude="32.3", longitude="121.2")
        make_point(division_id="321202")
        codes = [code for group in client.get("/bases/").context["listing"].places for code, _name in group.places]
        assert {"320600", "320623"} <= set(codes)
        assert "321202" not in codes, "nothing there says where it is"
        assert all(client.get(f"/bases/?near={code}").context["listing"].place for code in codes)

    def test_links_keep_the_place(self, client):
        response = client.get("/bases/?near=320500&kind=homestay")
        listing = response.context["listing"]
        assert listing.chips[0].query == "?near=320500"
        assert "near=320500" in listing.table_query
        assert "near" not in listing.no_place_query
        assert "noindex" in response.content.decode()

    def test_a_register_without_positions_knows_no_place(self, client, make_union):
        make_union()
        response = client.get("/unions/?near=320500&sort=distance")
        assert response.context["listing"].place is None
        assert "测距地点" not in text(response)

    @pytest.mark.parametrize("query", ["near=320500", "near=31.2,120.6&sort=distance"])
    def test_queries_do_not_grow(self, client, make_base, django_assert_max_num_queries, query):
        client.get("/bases/")
        for number in range(40):
            make_base(latitude=31, longitude=120 + number / 100)
        with django_assert_max_num_queries(22):
            client.get(f"/bases/?{query}")


class TestSorting:
    def test_the_newest_first(self, client, make_base):
        make_base("示例·旧", named_on="2021-05-01")
        make_base("示例·新", named_on="2024-05-01")
        make_base("示例·未注明")
        response = client.get("/bases/?sort=newest")
        assert names(response) == ["示例·新", "示例·旧", "示例·未注明"]
        current = [str(sort.label) for sort in response.context["listing"].sorts if sort.direction]
        assert current == ["最近命名"]

    def test_cards_offer_the_declared_ways(self, client, make_base):
        make_base()
        labels = [str(sort.label) for sort in client.get("/bases/").context["listing"].sorts]
        assert labels == ["基地名称", "接待人数", "价格(元/人/天)", "最近命名"]

    @pytest.mark.parametrize("sort", ["distance", "-newest", "-distance", "nothing"])
    def test_an_order_that_cannot_be_had_is_left_out(self, client, make_base, sort):
        make_base()
        assert client.get("/bases/", {"sort": sort}).context["listing"].sort == ""


class TestFragment:
    def test_a_script_gets_filters_and_results_alone(self, client, make_base):
        make_base("示例·太湖民宿")
        response = client.get("/bases/?kind=homestay", headers={"HX-Request": "true"})
        part = response.content.decode()
        assert "<html" not in part
        assert "masthead" not in part
        for piece in ('class="filters"', "示例·太湖民宿", "results__count", "基地类型：旅游民宿"):
            assert piece in part
        assert "HX-Request" in response["Vary"]
        assert "HX-Request" in client.get("/bases/")["Vary"]
