"""Bases picked by their codes: side by side, and as favourites."""

import html
import re

import pytest

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode())))


@pytest.fixture
def five(make_base):
    return [
        make_base(f"示例·{name}", code=name, price=200 + number, kind="homestay", days=3)
        for number, name in enumerate("ABCDE")
    ]


class TestCompare:
    def test_facts_side_by_side_with_heads_of_rows_and_columns(self, client, five):
        response = client.get("/bases/compare/?codes=B,A")
        page = response.content.decode()
        assert [str(row) for row in response.context["picked"].rows] == ["示例·B", "示例·A"]
        lines = {line.column.key: line for line in response.context["lines"]}
        assert (lines["price"].cells, lines["price"].differs) == (["201", "200"], True)
        assert (lines["kind"].cells, lines["kind"].differs) == (["旅游民宿", "旅游民宿"], False)
        assert page.count('scope="row"') == len(lines)
        assert page.count('scope="col"') == 3
        assert 'aria-label="各家不同">≠' in page

    def test_only_what_differs(self, client, five):
        response = client.get("/bases/compare/?codes=A,B&only=different")
        assert [line.column.key for line in response.context["lines"]] == ["price"]

    def test_a_form_of_checkboxes_leads_to_one_address(self, client, five):
        response = client.get("/bases/compare/?codes=A&codes=C&codes=A")
        assert (response.status_code, response["Location"]) == (302, "/bases/compare/?codes=A,C")

    def test_four_is_the_most(self, client, five):
        response = client.get("/bases/compare/?codes=A,B,C,D,E")
        assert len(response.context["picked"].rows) == 4
        assert "以下编码未列入： E" in text(response)
        assert "再加一家" not in text(response)

    def test_unknown_and_unpublished_codes_are_named(self, client, five, make_base):
        make_base("示例·未公布", code="X", status="applied")
        response = client.get("/bases/compare/?codes=A,X,不存在")
        assert "X、不存在" in text(response)
        assert "示例·未公布" not in text(response)

    @pytest.mark.parametrize("query", ["", "?view=table", "?view=table&near=320500"])
    def test_cards_and_table_offer_both(self, client, five, query):
        page = client.get(f"/bases/{query}").content.decode()
        for base in five:
            assert f'name="codes" value="{base.code}" form="compare"' in page
            assert f'data-favourite="{base.code}" data-name="{base.name}"' in page
        assert '<form class="compare-bar no-print" id="compare"' in page

    def test_other_registers_offer_neither(self, client, make_point):
        make_point()
        for view in ("cards", "table"):
            page = client.get(f"/points/?view={view}").content.decode()
            assert "data-favourite=" not in page
            assert 'form="compare"' not in page

    def test_none_chosen_says_what_to_do(self, client):
        assert "还没有选择基地" in text(client.get("/bases/compare/"))

    def test_one_is_added_and_taken_out_by_links(self, client, five):
        page = client.get("/bases/compare/?codes=A,B&add=示例").content.decode()
        assert 'href="?codes=A,B,C"' in page
        assert 'href="?codes=A,B,A"' not in page
        assert 'href="?codes=B"' in page
        assert "没有找到与“没有这个”相符的基地" in text(client.get("/bases/compare/?codes=A&add=没有这个"))

    def test_no_private_column(self, client, make_base):
        make_base(code="P", manager="示例负责人", manager_phone="13900000009", credit_code="91350100M000100Y43")
        page = text(client.get("/bases/compare/?codes=P"))
        for secret in ("示例负责人", "13900000009", "91350100M000100Y43"):
            assert secret not in page

    @pytest.mark.parametrize("codes", ["%00", ",,,", "'", "a" * 5000, "%ff", "<script>"])
    def test_no_code_breaks_it(self, client, codes):
        for page in ("compare", "favourites"):
            response = client.get(f"/bases/{page}/?codes={codes}&add=%00&only=x")
            assert response.status_code == 200
            assert "<script>" not in response.content.decode().partition("<main")[2]

    def test_few_queries(self, client, five, django_assert_max_num_queries):
        client.get("/bases/compare/?codes=A")
        with django_assert_max_num_queries(6):
            client.get("/bases/compare/?codes=A,B,C,D")


class TestFavourites:
    def test_lists_in_the_order_of_the_address(self, client, five):
        response = client.get("/bases/favourites/?codes=C,A,nothing")
        assert [str(row) for row in response.context["picked"].rows] == ["示例·C", "示例·A"]
        assert "没有找到以下编码的基地" in text(response)
        assert "noindex" in response.content.decode()

    def test_empty_says_how_it_fills(self, client):
        assert "还没有收藏" in text(client.get("/bases/favourites/"))

    def test_sixty_are_the_most(self, client, make_base):
        codes = [make_base().code for _number in range(62)]
        response = client.get("/bases/favourites/", {"codes": ",".join(codes)})
        assert len(response.context["picked"].rows) == 60
        assert "只显示前 60 家" in text(response)
