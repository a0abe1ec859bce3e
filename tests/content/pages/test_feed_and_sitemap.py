"""Machines read the feed, the sitemaps and robots.txt."""

import datetime
from xml.etree import ElementTree

import pytest

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_feed_carries_articles_newest_first(client, make_article):
    make_article("旧闻", date=datetime.date(2026, 1, 1))
    make_article("新闻", date=datetime.date(2026, 2, 1), subject="lawyers", lead="导语")
    make_article("草稿", live=False)
    answer = client.get("/feed.xml")
    feed = ElementTree.fromstring(answer.content)
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["新闻", "旧闻"]
    assert entries[0].find(f"{ATOM}link").get("href") == "http://testserver/news/xin-wen/"
    assert entries[0].findtext(f"{ATOM}summary") == "导语"
    assert entries[0].findtext(f"{ATOM}published").startswith("2026-02-01T")
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == "http://testserver/feed.xml"


def test_feed_of_one_channel(client, make_article):
    make_article("律师", subject="lawyers")
    make_article("评星", subject="rating")
    feed = ElementTree.fromstring(client.get("/feed.xml?channel=lawyers").content)
    assert [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")] == ["律师"]
    assert client.get("/feed.xml?channel=nothing").status_code == 404


def test_unchanged_feed_is_not_sent_again(client, make_article):
    make_article("新闻")
    stamp = client.get("/feed.xml")["ETag"]
    assert client.get("/feed.xml", headers={"If-None-Match": stamp}).status_code == 304


def test_feed_costs_few_queries(client, make_article, django_assert_max_num_queries):
    for number in range(20):
        make_article(f"稿件{number}")
    client.get("/feed.xml")
    with django_assert_max_num_queries(8):
        client.get("/feed.xml")


def test_sitemaps_name_pages_and_published_rows(client, make_article, make_base):
    page, base = make_article("新闻"), make_base(1)
    make_base(2, status="applied")
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    sections = [node.text for node in index.iter(f"{SITEMAP}loc")]
    found = []
    for section in sections:
        found += [node.text for node in ElementTree.fromstring(client.get(section).content).iter(f"{SITEMAP}loc")]
    assert any(address.endswith(page.url) for address in found)
    assert f"http://testserver{base.get_absolute_url()}" in found
    assert not any("JD0002" in address for address in found)


def test_robots_names_the_sitemap(client, home):
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /admin/" in text
