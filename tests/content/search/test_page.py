"""The search page as a visitor uses it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.django_db


def search(client, **params):
    response = client.get("/search/", params)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    "query", ["基地", "联盟", "疗休养", "湖", "太湖明月", "taihu", "thmy", "示例路3号", "示例太湖", "太 湖"]
)
def test_chinese_pinyin_and_initials_find_published_things(client, bases, unions, pages, query):
    assert "条结果" in search(client, q=query)


def test_finds_inside_names_and_marks_the_words(client, bases, pages):
    found = search(client, q="疗休养")
    assert "示例·太湖明月<mark>疗休养</mark>基地" in found
    assert "<mark>疗休养</mark>基地联盟在苏州成立" in found
    assert 'href="/bases/JD1/"' in found


def test_words_are_found_in_pieces_when_they_are_found_nowhere_whole(client, bases):
    assert "/bases/JD1/" in search(client, q="苏州基地")


def test_names_come_before_texts(client, bases):
    found = search(client, q="太湖", kind="bases")
    assert found.index("/bases/JD1/") < found.index("/bases/JD2/")


@pytest.mark.parametrize("query", ["未授牌", "草稿", "欧阳", "上官", "13800000000"])
def test_unpublished_and_personal_things_are_never_found(client, bases, unions, pages, query):
    assert "没有找到结果" in search(client, q=query)


def test_restricted_pages_are_never_found(client, pages):
    pages[0].view_restrictions.create(restriction_type="login")
    assert "lianmeng" not in search(client, q="联盟")


def test_a_kind_leads_to_its_list_with_downloads(client, bases):
    found = search(client, q="太湖", kind="bases")
    assert 'href="/bases/?q=%E5%A4%AA%E6%B9%96"' in found
    assert "JD1" in client.get("/bases/", {"q": "太湖"}).content.decode()
    answer = client.get("/bases/download.csv", {"q": "太湖"})
    assert "太湖" in answer.getvalue().decode("utf-8-sig")


def test_kinds_are_tabs_that_keep_the_query(client, bases, unions, pages):
    found = search(client, q="联盟", kind="unions")
    assert "示例·锦江区<mark>联盟</mark>商贸公司工会" in found
    assert "在苏州成立" not in found
    assert "kind=pages" in found


@pytest.mark.parametrize("params", [{}, {"q": ""}, {"q": "，"}, {"q": "基地", "kind": "nonsense", "page": "x"}])
def test_odd_parameters_are_taken_politely(client, bases, params):
    search(client, **params)


def test_hostile_text_is_escaped(client, bases):
    found = search(client, q='<script>alert("x")</script>')
    assert "<script>alert" not in found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=40), st.text(alphabet="基地\"*():^-+AND ORNEAR\\'&|!<>{}%_\0", max_size=20)))
def test_no_text_is_an_error(client, bases, anything):
    search(client, q=anything)


def test_the_number_of_queries_does_not_grow_with_results(client, bases, pages, home, django_assert_max_num_queries):
    from wagtail.models import Page

    for number in range(12):
        home.add_child(instance=Page(title=f"基地消息{number}", slug=f"m{number}"))
    search(client, q="基地")
    with django_assert_max_num_queries(30):
        search(client, q="基地")
    with django_assert_max_num_queries(24):
        search(client, q="基地", kind="pages")
