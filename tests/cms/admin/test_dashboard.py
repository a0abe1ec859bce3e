"""The dashboard of every role: what to do, what waits, what there is; the listing behind it."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from cms.access.roles import EDITOR, REGISTRAR
from content.pages.models import ArticlePage, NewsIndexPage
from content.pages.services import create_site_tree
from content.registers.unions import Union

pytestmark = pytest.mark.django_db


@pytest.fixture
def sign_in(make_user):
    def make(role: str | None, **options) -> Client:
        groups = [Group.objects.get(name=role)] if role else []
        browser = Client()
        browser.force_login(make_user("zhang", groups=groups, **options))
        return browser

    return make


@pytest.fixture
def site_tree(db):
    return create_site_tree()


@pytest.fixture
def unions(db):
    rows = [Union(code=f"GH{code}{n:04}", name=f"示例工会{n}", division_id=code) for n, code in enumerate(["510104"] * 3 + ["510105"] * 2)]  # fmt: skip
    for row in rows:
        row.save()
    return rows


def test_an_editor_is_offered_writing_and_no_registers(sign_in, site_tree):
    browser = sign_in(EDITOR)
    body = browser.get("/admin/").content.decode()
    assert all(words in body for words in ("写新闻", "发倡议书", "编竞赛简报", "新手上路"))
    assert not any(words in body for words in ("导入名录", "我负责的名录"))


def test_a_registrar_is_offered_registers_with_the_counts_in_charge(sign_in, site_tree, unions):
    browser = sign_in(REGISTRAR, divisions=["510104"])
    response = browser.get("/admin/")
    body = response.content.decode()
    assert all(words in body for words in ("导入名录", "导出名录", "我负责的名录"))
    assert "写新闻" not in body
    assert "<strong>3</strong>" in body
    menu = browser.get("/admin/").context
    assert menu is not None


def test_a_registrar_without_division_is_told_what_to_do(sign_in, unions):
    browser = sign_in(REGISTRAR)
    assert "您还没有负责的行政区划" in browser.get("/admin/").content.decode()
    assert "请联系管理员" in browser.get("/admin/registers/unions/").content.decode()


def test_the_hints_are_gone_once_dismissed(sign_in, site_tree):
    browser = sign_in(EDITOR)
    browser.patch("/admin/dismissibles/", {"xinghui_first_steps": True}, content_type="application/json")
    assert "新手上路" not in browser.get("/admin/").content.decode()


def test_ones_drafts_wait_on_the_dashboard(sign_in, site_tree):
    browser = sign_in(EDITOR)
    from content.core.models import User

    article = ArticlePage(title="示例草稿", slug="shi-li", live=False)
    NewsIndexPage.objects.get().add_child(instance=article)
    article.save_revision(user=User.objects.get(username="zhang"), clean=False)
    body = browser.get("/admin/").content.decode()
    assert "我的草稿" in body
    assert "示例草稿" in body


def test_the_back_office_speaks_chinese_to_every_browser(sign_in, site_tree):
    response = sign_in(EDITOR).get("/admin/", headers={"accept-language": "en-US,en"})
    assert 'lang="zh-Hans"' in response.content.decode() or 'lang="zh-hans"' in response.content.decode()
    assert "工作台" in response.content.decode()


def test_the_policy_is_relaxed_for_those_signed_in_only_as_far_as_needed(sign_in):
    policy = sign_in(EDITOR).get("/admin/")["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy


def test_a_list_of_fifty_rows_asks_little(sign_in, django_assert_max_num_queries):
    Union.objects.bulk_create(
        [Union(code=f"GH510104{n:04}", name=f"示例工会{n}", name_key=str(n), division_id="510104", parent_id=None)
         for n in range(60)]
    )  # fmt: skip
    browser = sign_in(REGISTRAR, divisions=["510104"])
    browser.get("/admin/registers/unions/")
    with django_assert_max_num_queries(20):
        response = browser.get("/admin/registers/unions/")
    assert len(response.context["object_list"]) == 50


@pytest.mark.parametrize(
    ("query", "found"),
    [("示例工会1", 1), ("slgh", 5), ("锦江", 3), ("GH510105", 2), ("示例 锦江", 3), ("没有", 0)],
)
def test_words_pinyin_divisions_and_codes_find_rows(root_client, unions, query, found):
    response = root_client.get("/admin/registers/unions/", {"q": query})
    assert len(response.context["object_list"]) == found


def test_filters_narrow_by_division_and_choice(root_client, unions):
    Union.objects.filter(pk=unions[0].pk).update(stars=5)
    rows = root_client.get("/admin/registers/unions/", {"division": "510100"}).context["object_list"]
    assert len(rows) == 5
    rows = root_client.get("/admin/registers/unions/", {"division": "510104", "stars": ["5", "4"]}).context[
        "object_list"
    ]
    assert [row.pk for row in rows] == [unions[0].pk]


def test_a_row_without_code_gets_a_number(sign_in):
    browser = sign_in(REGISTRAR, divisions=["510104"])
    form = browser.get("/admin/registers/points/add/").context["form"]
    assert form["division"].value() == "510104"
    browser.post(
        "/admin/registers/points/add/",
        {**{name: form[name].value() or "" for name in form.fields}, "name": "示例活动点", "code": ""},
    )
    from content.registers.points import Point

    assert Point.objects.get().code == "HD5101040001"


def test_the_same_name_twice_in_a_division_is_refused_in_words(root_client, unions):
    form = root_client.get(f"/admin/registers/unions/edit/{unions[1].pk}/").context["form"]
    data = {name: form[name].value() if form[name].value() is not None else "" for name in form.fields}
    response = root_client.post(f"/admin/registers/unions/edit/{unions[1].pk}/", {**data, "name": "示例 工会0"})
    assert "已有“示例" in response.content.decode()


def test_personal_columns_need_their_permission(sign_in, unions):
    Union.objects.filter(pk=unions[0].pk).update(chair_phone="13800000000")
    group = Group.objects.get(name=REGISTRAR)
    browser = sign_in(REGISTRAR, divisions=["510104"])
    address = f"/admin/registers/unions/inspect/{unions[0].pk}/"
    assert "13800000000" in browser.get(address).content.decode()
    group.permissions.remove(group.permissions.get(codename="view_personal_data"))
    assert "13800000000" not in browser.get(address).content.decode()
    assert "chair_phone" not in browser.get(f"/admin/registers/unions/edit/{unions[0].pk}/").context["form"].fields
