"""The page of a row: bases, points, unions."""

import datetime
import html
import json
import re

import pytest

pytestmark = pytest.mark.django_db


def read(response) -> str:
    return html.unescape(response.content.decode())


class TestBase:
    @pytest.fixture
    def base(self, make_base):
        return make_base(
            "示例·太湖明月民宿",
            address="环湖路1号",
            price="280.00",
            price_to=320,
            capacity=40,
            days=3,
            seasons="春、秋",
            booking_contact="示例联系人",
            booking_phone="0512-66000001、13800000001",
            manager="示例负责人",
            manager_phone="13900000009",
            longitude="120.500000",
            latitude="31.200000",
            transport="乘公交到示例站",
            valid_until=datetime.date(2027, 5, 9),
            introduction="临湖 </script><script>alert(1)</script> & 安静",
        )

    def test_tells_what_a_visitor_needs(self, client, base):
        page = read(client.get(base.get_absolute_url()))
        for fact in (
            "280–320",
            "春、秋",
            "乘公交到示例站",
            "2027年5月9日",
            "示例联系人",
            "江苏省苏州市吴中区环湖路1号",
        ):
            assert fact in page
        assert 'href="tel:051266000001"' in page
        assert 'href="tel:13800000001"' in page

    def test_keeps_personal_data_to_itself(self, client, base):
        page = read(client.get(base.get_absolute_url()))
        assert "示例负责人" not in page
        assert "13900000009" not in page

    def test_opens_in_maps_by_coordinates(self, client, base):
        page = read(client.get(base.get_absolute_url()))
        assert "https://uri.amap.com/marker?position=120.500000%2C31.200000" in page
        assert "https://api.map.baidu.com/marker?location=31.200000%2C120.500000" in page

    def test_opens_in_maps_by_address_without_coordinates(self, client, make_base):
        page = read(client.get(make_base(address="示例路2号").get_absolute_url()))
        assert "https://uri.amap.com/search?keyword=" in page

    def test_is_structured_and_no_text_breaks_out(self, client, base):
        page = client.get(base.get_absolute_url()).content.decode()
        found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
        crumbs, lodging = (json.loads(text) for text in found)
        assert [item["name"] for item in crumbs["itemListElement"]] == ["首页", "疗休养基地", base.name]
        assert (lodging["@type"], lodging["name"], lodging["priceRange"]) == ("LodgingBusiness", base.name, "¥280–320")
        assert lodging["description"] == base.introduction
        assert lodging["geo"] == {"@type": "GeoCoordinates", "latitude": "31.2", "longitude": "120.5"}

    def test_lists_its_open_points_and_bases_nearby(self, client, base, make_base, make_point):
        make_point("示例·茶艺点", base=base)
        make_point("示例·停用点", base=base, status="closed")
        make_base("示例·远处", longitude=121, latitude=31.8)
        make_base("示例·近处", longitude="120.51", latitude="31.21")
        make_base("示例·邻市", division_id="330481", longitude="120.52", latitude="31.22")
        make_base("示例·太远", longitude=123, latitude=31)
        response = client.get(base.get_absolute_url())
        assert [str(point) for point in response.context["points"]] == ["示例·茶艺点"]
        assert [near.row.name for near in response.context["nearby"]] == ["示例·近处", "示例·邻市", "示例·远处"]
        assert response.context["nearby"][0].distance == pytest.approx(1.46, abs=0.02)

    @pytest.mark.parametrize(
        ("address", "shown"),
        [
            ("吴中区环湖路1号", "江苏省苏州市吴中区环湖路1号"),
            ("苏州市吴中区环湖路1号", "江苏省苏州市吴中区环湖路1号"),
            ("江苏省苏州市吴中区环湖路1号", "江苏省苏州市吴中区环湖路1号"),
            ("区前街2号", "江苏省苏州市吴中区区前街2号"),
            ("", "江苏省苏州市吴中区"),
        ],
    )
    def test_writes_the_division_once(self, client, make_base, address, shown):
        page = read(client.get(make_base(address=address).get_absolute_url()))
        assert f"<address>{shown}</address>" in page

    def test_says_when_the_naming_has_run_out(self, client, make_base):
        past, future = datetime.date(2020, 1, 1), datetime.date(2099, 1, 1)
        assert "命名已过有效期" in read(client.get(make_base(valid_until=past).get_absolute_url()))
        assert "命名已过有效期" not in read(client.get(make_base(valid_until=future).get_absolute_url()))

    @pytest.mark.parametrize("status", ["applied", "noticed", "removed"])
    def test_not_there_unless_named(self, client, make_base, status):
        assert client.get(make_base(status=status).get_absolute_url()).status_code == 404

    @pytest.mark.parametrize("code", ["无此编码", "%00", "'", "a" * 3000])
    def test_no_code_breaks_it(self, client, code):
        assert client.get(f"/bases/{code}/").status_code == 404

    def test_queries_do_not_grow(self, client, base, make_base, make_point, django_assert_max_num_queries):
        client.get(base.get_absolute_url())
        for number in range(20):
            make_point(base=base)
            make_base(longitude=120 + number / 100, latitude=31)
        with django_assert_max_num_queries(8):
            client.get(base.get_absolute_url())


class TestPoint:
    def test_names_its_base_only_when_published(self, client, make_base, make_point):
        base = make_base("示例·太湖民宿")
        page = read(client.get(make_point("示例·茶艺点", base=base, opening_hours="9:00–17:00").get_absolute_url()))
        assert f'<a href="{base.get_absolute_url()}">示例·太湖民宿</a>' in page
        assert "9:00–17:00" in page
        hidden = make_base("示例·未公布", status="applied")
        assert "示例·未公布" not in read(client.get(make_point(base=hidden).get_absolute_url()))


class TestUnion:
    def test_shows_stars_and_published_history(self, client, make_union, make_rating):
        union = make_union("示例·锦江商贸工会", credit_code="81510104MC0000012P", stars=4)
        make_rating(union, year=2022, stars=3, final_reviewer="示例区总工会")
        make_rating(union, year=2023, stars=4, final_reviewer="示例市总工会", certificate="XJ-0001")
        make_rating(union, year=2024, stars=5, result="noticed")
        response = client.get(union.get_absolute_url())
        assert [rating.year for rating in response.context["ratings"]] == [2023, 2022]
        page = read(response)
        assert 'aria-label="4 星级"' in page
        assert "XJ-0001" in page

    def test_is_found_by_name_and_by_code(self, client, make_union):
        make_union("示例·锦江商贸工会", credit_code="81510104MC0000012P")
        make_union("示例·青羊医院工会")
        for query in ("商贸", "81510104MC0000012P", "81510104mc0000012p", "jinjiangshangmao"):
            assert [str(row) for row in client.get("/unions/", {"q": query}).context["listing"].rows] == [
                "示例·锦江商贸工会"
            ]

    def test_only_public_columns(self, client, make_union):
        union = make_union(chair="示例主席", chair_phone="13900000001", employees=40, unit_name="示例保密单位")
        page = read(client.get(union.get_absolute_url()))
        for secret in ("示例主席", "13900000001", "示例保密单位"):
            assert secret not in page
