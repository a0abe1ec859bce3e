"""Numbered bulletins: masthead, facts from the register, recipients, numbers that are taken once."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from content.core.models import Division
from content.pages.models import BulletinArticle, BulletinCompetition, BulletinPage, CompetitionIndexPage
from content.registers.competitions import Competition

pytestmark = pytest.mark.django_db


@pytest.fixture
def make_bulletin(home):
    index = CompetitionIndexPage.objects.get()

    def make(title="集中推进", number=3, **fields):
        fields = {"issue_date": datetime.date(2026, 4, 10)} | fields
        page = BulletinPage(title=title, issue_number=number, **fields)
        index.add_child(instance=page)
        return page

    return make


@pytest.fixture
def competition(db):
    row = Competition(
        code="JS1",
        name="示例·电网建设竞赛",
        division=Division.objects.get(code="510100"),
        project="示例特高压工程",
        investment=120,
        investment_to=300,
        units=12,
        workers=3400,
    )
    row.save()
    return row


def test_bulletin_shows_masthead_facts_articles_and_recipients(client, make_bulletin, competition, make_article):
    page = make_bulletin(
        total_number=15,
        compiled_by="示例市总工会",
        editor_note="本期介绍一项竞赛。",
        report_to="示例省总工会",
        send_to="各市总工会",
        distribute_to="各区县总工会",
        copies=120,
        body=[("figures", {"title": "成果", "items": [{"label": "参赛职工", "value": "12.6", "unit": "万人"}]})],
    )
    article, draft = make_article("一线故事"), make_article("草稿故事", live=False)
    page.competitions.add(BulletinCompetition(competition=competition))
    page.articles.add(BulletinArticle(article=article), BulletinArticle(article=draft))
    page.save_revision().publish()
    html = client.get(page.url).content.decode()
    for text in (
        "劳动竞赛简报",
        "2026年第3期（总第15期）",
        "2026年4月10日",
        "【编者按】",
        "120–300",
        "3400",
        "12.6",
        "一线故事",
    ):
        assert text in html, text
    for text in ("报：", "送：", "发：", "共印120份"):
        assert text in html, text
    assert "草稿故事" not in html


def test_one_number_is_taken_once_in_a_year(make_bulletin):
    make_bulletin(number=3)
    with pytest.raises(ValidationError, match="第4期"):
        make_bulletin("又一期", number=3)
    make_bulletin("新年第三期", number=3, issue_date=datetime.date(2027, 1, 8))
    make_bulletin("另一种简报", number=3, series="示例专刊")


def test_copy_does_not_take_the_number_along(make_bulletin):
    page = make_bulletin(number=3, total_number=15)
    twin = page.copy(update_attrs={"slug": "fu-ben", "title": "副本"}, keep_live=False)
    assert (twin.issue_number, twin.total_number) == (None, None)


def test_index_lists_issues_newest_first_within_few_queries(client, make_bulletin, django_assert_max_num_queries):
    for number in range(1, 16):
        make_bulletin(f"第{number}号稿", number=number, issue_date=datetime.date(2026, 1, number))
    client.get("/competitions/")
    with django_assert_max_num_queries(16):
        html = client.get("/competitions/").content.decode()
    assert html.index("第15号稿") < html.index("第14号稿")
    assert "第3号稿" not in html
    assert "第3号稿" in client.get("/competitions/?page=2").content.decode()


def test_a_new_issue_begins_where_the_last_ended(root_client, make_bulletin):
    page = make_bulletin(number=3, total_number=15, report_to="示例省总工会", issue_date=timezone.localdate())
    add = reverse("wagtailadmin_pages:add", args=("pages", "bulletinpage", page.get_parent().pk))
    form = root_client.get(add).context["form"]
    assert [form[name].value() for name in ("issue_number", "total_number", "report_to")] == [4, 16, "示例省总工会"]


def test_staff_without_divisions_choose_published_competitions(client, make_user, make_bulletin, competition):
    hidden = Competition(code="JS2", name="示例·申报中的竞赛", division_id="510100", status="applied")
    hidden.save()
    client.force_login(make_user("xuan", groups=[Group.objects.get(name="宣传员")]))
    listed = client.get(reverse("published_competition_chooser:choose")).json()["html"]
    assert "示例·电网建设竞赛" in listed
    assert "示例·申报中的竞赛" not in listed
    found = client.get(reverse("published_competition_chooser:choose_results"), {"q": "电网"}).content.decode()
    assert "示例·电网建设竞赛" in found
    chosen = client.get(reverse("published_competition_chooser:chosen", args=[competition.pk])).json()
    assert chosen["result"]["title"] == "示例·电网建设竞赛"
    several = reverse("published_competition_chooser:chosen_multiple")
    both = client.get(several, {"id": [competition.pk, hidden.pk]}).json()["result"]
    assert [row["title"] for row in both] == ["示例·电网建设竞赛"]
