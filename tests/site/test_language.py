"""The shell in English for those who choose it; what is published stays Chinese."""

import re

import pytest

pytestmark = pytest.mark.django_db


def choose(client, language: str, here: str = "http://testserver/bases/"):
    return client.post("/language/", {"language": language}, headers={"Referer": here})


def test_is_chinese_until_english_is_chosen(client):
    page = client.get("/bases/").content.decode()
    assert '<html lang="zh-Hans-CN"' in page
    assert 'value="en" lang="en">English</button>' in page


def test_english_is_chosen_by_a_form_and_taken_back(client):
    here = "http://testserver/bases/?kind=town"
    assert choose(client, "en", here).headers["Location"] == here
    page = client.get("/bases/").content.decode()
    assert '<html lang="en"' in page
    assert ">News</a>" in page
    assert ">Recuperation bases</h1>" in page
    assert "channel" not in page
    choose(client, "zh-hans")
    assert '<html lang="zh-Hans-CN"' in client.get("/bases/").content.decode()


@pytest.mark.parametrize("path", ["/unions/", "/unions/statistics/", "/bases/alliance/", "/sitemap/", "/no/such/page/"])
def test_pages_speak_english(client, path):
    choose(client, "en")
    assert '<html lang="en"' in client.get(path).content.decode()


HAN = re.compile(r"[\u4e00-\u9fff]+")
BARE = [
    "/bases/",
    "/bases/?view=table&q=zzz&near=31.2,120.6&price_min=x",
    "/bases/alliance/",
    "/bases/compare/?codes=X",
]
BARE += ["/bases/favourites/", "/points/", "/unions/", "/unions/statistics/", "/search/", "/search/?q=zzz", "/sitemap/"]


@pytest.mark.parametrize("path", [*BARE, "/no/such/page/"])
def test_nothing_of_the_shell_stays_chinese(client, path):
    """With nothing published, all that a page says is our own: only the site's name and the way back are Chinese."""
    choose(client, "en")
    page = client.get(path).content.decode()
    page = re.sub(r"<(\w+)[^>]*lang=\"zh[^>]*>[^<]*</\1>", "", page)
    assert set(HAN.findall(page)) <= {"星汇"}


@pytest.mark.parametrize("language", ["xx", "", "en\0"])
def test_an_unknown_language_changes_nothing(client, language):
    choose(client, language)
    assert '<html lang="zh-Hans-CN"' in client.get("/bases/").content.decode()


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_never_leads_elsewhere(client, target):
    assert choose(client, "en", target).headers["Location"] == "/"


def test_is_not_set_by_a_link(client):
    client.get("/language/", {"language": "en"})
    assert '<html lang="zh-Hans-CN"' in client.get("/bases/").content.decode()
