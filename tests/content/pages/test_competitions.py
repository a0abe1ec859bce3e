"""The competitions section: how far each competition has come, before its bulletins."""

import html

import pytest

from content.registers.competitions import Competition

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
