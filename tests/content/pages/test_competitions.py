"""The competitions section: how far each competition has come, before its bulletins."""

import html

import pytest

from content.pages.models import BulletinCompetition, BulletinPage, CompetitionIndexPage
from content.registers.competitions import Competition
from content.search.services import index_rows

pytestmark = pytest.mark.django_db


def test_shows_the_steps_of_each_published_competition(client, home):
    Competition.objects.create(code="JS1", name="示例·大坝竞赛", division_id="420000", status="started", workers=300)
    page = html.unescape(client.get("/competitions/").content.decode())
    assert "示例·大坝竞赛" in page
    assert '<li class="steps__now" aria-current="step">' in page
    assert page.count('class="steps__done"') == 2
    assert page.count('class="steps__ahead"') == 3
    assert "300 名职工参赛" in page


def test_says_nothing_of_progress_without_competitions(client, home):
    assert 'class="steps"' not in client.get("/competitions/").content.decode()


def test_queries_do_not_grow(client, home, django_assert_max_num_queries):
    client.get("/competitions/")
    for number in range(20):
        Competition.objects.create(code=f"JS{number}", name=f"示例{number}", division_id="420000")
    with django_assert_max_num_queries(16):
        client.get("/competitions/")


class TestOneCompetition:
    @pytest.fixture
    def dam(self) -> Competition:
        fields = {"division_id": "420000", "industry": "水利", "organiser": "示例水利工会", "workers": 300}
        return Competition.objects.create(code="JS1", name="示例·大坝竞赛", status="started", **fields)

    def test_has_a_page_with_its_steps_facts_and_bulletins(self, client, home, dam):
        section = CompetitionIndexPage.objects.get()
        bulletin = BulletinPage(title="示例·大坝合龙", issue_number=7, editor_note="示例编者按。", live=False)
        section.add_child(instance=bulletin)
        bulletin.competitions.add(BulletinCompetition(competition=dam))
        bulletin.save_revision().publish()
        page = html.unescape(client.get("/competitions/register/JS1/").content.decode())
        assert "<h1" in page
        assert "示例·大坝竞赛" in page
        assert "示例水利工会" in page
        assert page.count('class="steps__done"') == 2
        assert "示例·大坝合龙" in page
        assert f"/bulletins/{bulletin.pk}.webp" in page

    def test_leads_to_others_of_its_industry_only(self, client, home, dam):
        for code, industry in (("JS2", "水利"), ("JS3", "铁路")):
            Competition.objects.create(code=code, name=f"示例{code}", division_id="420000", industry=industry)
        page = client.get("/competitions/register/JS1/").content.decode()
        assert "/competitions/register/JS2/" in page
        assert "/competitions/register/JS3/" not in page

    def test_is_linked_from_the_section_and_from_the_search(self, client, home, dam):
        assert '<a href="/competitions/register/JS1/"' in client.get("/competitions/").content.decode()
        index_rows(Competition, [dam.pk])
        assert '<a href="/competitions/register/JS1/"' in client.get("/search/?q=大坝").content.decode()

    @pytest.mark.parametrize("code", ["JS9", "JS1%00", "JS2"])
    def test_one_that_is_not_published_has_none(self, client, home, dam, code):
        Competition.objects.create(code="JS2", name="示例", division_id="420000", status="applied")
        assert client.get(f"/competitions/register/{code}/").status_code == 404
