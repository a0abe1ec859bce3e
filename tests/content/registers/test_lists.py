"""The public lists, through requests: what is shown, filtered, sorted, paged, and what bad parameters do."""

import html
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.images.models import Filter

from content.registers.bases import BasePicture

pytestmark = pytest.mark.django_db
LISTS = ("/bases/", "/points/", "/unions/")


def names(response) -> list[str]:
    return [str(row) for row in response.context["listing"].rows]


def text(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode())))


class TestWhatIsShown:
    @pytest.mark.parametrize("path", LISTS)
    def test_an_empty_register_says_so_and_what_comes(self, client, path):
        response = client.get(path)
        assert response.status_code == 200
        assert "这里还没有公布内容" in text(response)

    def test_only_published_rows(self, client, make_base, make_point, make_union):
        make_base("示例·太湖民宿")
        make_base("示例·考察中的民宿", status="inspected")
        make_point("示例·茶艺点")
        make_point("示例·停用点", status="paused")
        make_union("示例·锦江工会")
        make_union("示例·筹建工会", status="preparing")
        assert names(client.get("/bases/")) == ["示例·太湖民宿"]
        assert names(client.get("/points/")) == ["示例·茶艺点"]
        assert names(client.get("/unions/")) == ["示例·锦江工会"]

    def test_counts_in_words(self, client, make_base, make_point):
        for _number in range(3):
            make_base()
        make_point()
        assert "共 3 家" in text(client.get("/bases/"))
        assert "共 1 个活动点" in text(client.get("/points/"))

    @pytest.mark.parametrize("view", ["cards", "table"])
    def test_no_column_that_is_not_public(self, client, make_base, make_union, view):
        make_base(manager="示例负责人甲", manager_phone="13900000001", credit_code="91350100M000100Y43")
        make_union(chair="示例主席乙", chair_phone="13900000002", contact_phone="13900000003", unit_name="示例保密单位")
        shown = text(client.get("/bases/", {"view": view})) + text(client.get("/unions/", {"view": view}))
        for secret in ("示例负责人甲", "1390000000", "91350100M000100Y43", "示例主席乙", "示例保密单位"):
            assert secret not in shown

    def test_a_point_does_not_name_a_base_that_is_not_published(self, client, make_base, make_point):
        make_point(base=make_base("示例·公示中的基地", status="noticed"))
        assert "公示中的基地" not in text(client.get("/points/")) + text(client.get("/points/?view=table"))

    def test_a_register_without_pages_has_no_list(self, client):
        assert client.get("/ratings/").status_code == 404


class TestFilters:
    @pytest.fixture(autouse=True)
    def bases(self, make_base):
        make_base("示例·太湖民宿", kind="homestay", price=280, price_to=320, capacity=40, seasons="春、秋", days=3)
        make_base("示例·虞山小镇", kind="town", division_id="320581", price=180, capacity=200, seasons="夏", days=5)
        make_base("示例·西湖康养", kind="wellness", division_id="330106", price=400, features="湖畔步道")

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("kind=homestay", ["示例·太湖民宿"]),
            ("kind=homestay&kind=town", ["示例·太湖民宿", "示例·虞山小镇"]),
            ("division=320000", ["示例·太湖民宿", "示例·虞山小镇"]),
            ("division=320581&division=330000", ["示例·西湖康养", "示例·虞山小镇"]),
            ("q=太湖", ["示例·太湖民宿"]),
            ("q=taihu", ["示例·太湖民宿"]),
            ("q=杭州 步道", ["示例·西湖康养"]),
            ("seasons=秋", ["示例·太湖民宿"]),
            ("seasons=秋&seasons=夏", ["示例·太湖民宿", "示例·虞山小镇"]),
            ("price_min=300", ["示例·太湖民宿", "示例·西湖康养"]),
            ("price_max=300", ["示例·太湖民宿", "示例·虞山小镇"]),
            ("price_min=310&price_max=350", ["示例·太湖民宿"]),
            ("capacity_min=100", ["示例·虞山小镇"]),
            ("days=3", ["示例·太湖民宿"]),
            ("kind=homestay&capacity_min=100", []),
        ],
    )
    def test_keeps_the_rows_that_match(self, client, query, found):
        assert sorted(names(client.get(f"/bases/?{query}"))) == sorted(found)

    def test_facets_count_without_their_own_filter(self, client):
        facets = {f.name: f for f in client.get("/bases/?kind=homestay").context["listing"].facets}
        assert {o.value: o.count for o in facets["kind"].options} == {"homestay": 1, "town": 1, "wellness": 1}
        assert [(o.label, o.count) for o in facets["seasons"].options] == [("春", 1), ("秋", 1)]

    def test_divisions_unfold_from_the_first_fork(self, client):
        facets = {f.name: f for f in client.get("/bases/").context["listing"].facets}
        tree = [(o.label, o.count, [c.label for c in o.children]) for o in facets["division"].options]
        assert tree == [("江苏省", 2, ["苏州市"]), ("浙江省", 1, ["杭州市"])]

    def test_chips_take_back_one_filter_each(self, client):
        response = client.get("/bases/?kind=homestay&kind=town&price_max=300&sort=-price")
        chips = {removable.chip.label: removable.query for removable in response.context["listing"].chips}
        assert chips == {
            "基地类型：旅游民宿": "?kind=town&price_max=300&sort=-price",
            "基地类型：特色小镇": "?kind=homestay&price_max=300&sort=-price",
            "价格(元/人/天)：不高于 300": "?kind=homestay&kind=town&sort=-price",
        }
        assert "清除全部" in text(response)

    def test_nothing_found_says_how_to_go_on(self, client):
        response = client.get("/bases/?q=没有这个名字")
        assert "没有同时符合这些条件的结果" in text(response)
        assert "共 0 家" in text(response)

    def test_bad_values_are_left_out_and_named(self, client):
        response = client.get("/bases/?kind=homestay&kind=castle&price_max=便宜&division=99&page=x&unknown=1")
        assert names(response) == ["示例·太湖民宿"]
        assert "以下条件的取值无法识别，已忽略： 行政区划、基地类型、价格(元/人/天)" in text(response)
        assert "castle" not in response.content.decode().partition("<main")[2]

    def test_wildcards_are_letters(self, client):
        assert names(client.get("/bases/?q=%25")) == []

    def test_engines_keep_the_list_and_not_its_cuts(self, client):
        plain, cut = client.get("/bases/").content.decode(), client.get("/bases/?kind=town&utm=x").content.decode()
        assert "noindex" not in plain
        assert 'content="noindex, follow"' in cut
        assert '<link rel="canonical" href="http://testserver/bases/">' in cut


class TestSortingAndPages:
    def test_by_pinyin_at_first(self, client, make_base):
        for name in ("示例·周庄", "示例·阿里山", "示例·木渎"):
            make_base(name)
        assert names(client.get("/bases/")) == ["示例·阿里山", "示例·木渎", "示例·周庄"]

    def test_empty_prices_come_last_both_ways(self, client, make_base):
        make_base("无价")
        make_base("便宜", price=100)
        make_base("较贵", price=300)
        assert names(client.get("/bases/?sort=price")) == ["便宜", "较贵", "无价"]
        assert names(client.get("/bases/?sort=-price")) == ["较贵", "便宜", "无价"]

    def test_a_table_says_how_it_is_sorted(self, client, make_base):
        make_base(price=100)
        page = client.get("/bases/?view=table&sort=-price").content.decode()
        assert page.count("aria-sort=") == 1
        assert 'aria-sort="descending"' in page
        assert '<caption id="table-caption">' in page
        assert 'scope="col"' in page
        assert 'scope="row"' in page

    @pytest.mark.parametrize(
        ("page", "number"), [("2", 2), ("0", 1), ("-5", 1), ("999", 2), ("abc", 1), ("9" * 5000, 1)]
    )
    def test_page_numbers_are_brought_into_range(self, client, make_base, page, number):
        for _number in range(30):
            make_base()
        response = client.get("/bases/", {"page": page})
        assert response.context["page_obj"].number == number
        assert len(names(response)) == (24 if number == 1 else 6)

    def test_pages_keep_the_filters(self, client, make_base):
        for _number in range(30):
            make_base(kind="town")
        page = client.get("/bases/?kind=town&sort=name").content.decode()
        assert 'href="?kind=town&amp;sort=name&amp;page=2"' in page
        assert 'rel="canonical" href="http://testserver/bases/?page=2"' in client.get("/bases/?page=2").content.decode()


class TestCost:
    @pytest.mark.parametrize("view", ["cards", "table"])
    @pytest.mark.parametrize(("path", "limit"), [("/bases/", 18), ("/points/", 9), ("/unions/", 10)])
    def test_queries_do_not_grow_with_rows(
        self, client, make_base, make_point, make_union, django_assert_max_num_queries, path, limit, view
    ):
        client.get(path)  # the site and its settings are read once
        for number in range(40):
            base = make_base(price=number, days=number % 5, seasons="春、秋")
            make_point(base=base, activity=f"活动{number}")
            make_union(parent=None, industry=f"行业{number}", stars=number % 5 + 1)
        with django_assert_max_num_queries(limit):
            client.get(path, {"view": view})

    def test_pictures_are_drawn_once(self, client, make_base, make_picture, django_assert_max_num_queries, monkeypatch):
        """The second visit finds every rendition, on the list and on a base's page, with as few queries."""
        bases = [make_base(pictures=[BasePicture(image=make_picture(), sort_order=0)]) for _number in range(12)]
        paths = ("/bases/", bases[0].get_absolute_url())
        for path in paths:
            assert client.get(path).content.count(b"/media/images/") >= 2
        drawn = []
        monkeypatch.setattr(Filter, "run", lambda *args, **kwargs: drawn.append(args))
        for path in paths:
            with django_assert_max_num_queries(18):
                client.get(path)
        assert drawn == []


PARAMETERS = ["q", "division", "kind", "grade", "seasons", "days", "price_min", "price_max", "capacity_min", "stars"]
PARAMETERS += ["industry", "activity", "page", "sort", "view", "per_page", "unheard_of"]
VALUES = st.one_of(
    st.text(max_size=30),
    st.integers().map(str),
    st.floats().map(str),
    st.sampled_from(["-price", "name,", ",", "--name", "320500", "homestay", "3", "春", "\0", "'", "1e999", "٣", "①"]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from(LISTS), query=st.lists(st.tuples(st.sampled_from(PARAMETERS), VALUES), max_size=8))
def test_no_query_string_breaks_a_list(client, path, query):
    data: dict[str, list[str]] = {}
    for name, value in query:
        data.setdefault(name, []).append(value)
    assert client.get(path, data).status_code == 200


def test_no_bytes_break_a_list(client):
    assert client.get("/bases/?q=%ff%fe&kind=%00&division=%c0%af&%ff=1").status_code == 200
