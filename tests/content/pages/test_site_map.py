"""The site map for people."""

import html
import re

import pytest

pytestmark = pytest.mark.django_db


def read(response) -> str:
    return html.unescape(response.content.decode())


def test_names_sections_pages_registers_and_overviews(client, news, make_article, make_base):
    make_article("示例·公开文章")
    make_article("示例·草稿", live=False)
    make_base(1)
    page = read(client.get("/sitemap/"))
    main = page[page.index("<main") : page.index("</main>")]
    addresses = re.findall(r'href="(/[^"]*)"', main)
    for address in (
        "/news/",
        "/competitions/",
        "/accessibility/",
        "/privacy/",
        "/bases/",
        "/bases/alliance/",
        "/search/",
    ):
        assert address in addresses
    assert "示例·公开文章" in main
    assert "示例·草稿" not in main
    assert all(client.get(address).status_code == 200 for address in addresses)


def test_every_page_leads_here(client, home):
    assert 'href="/sitemap/"' in read(client.get("/news/"))


def test_says_how_many_more(client, news, make_article, monkeypatch):
    monkeypatch.setattr("content.pages.site_map.LATEST", 1)
    make_article("示例一"), make_article("示例二")
    assert "另有 1 页" in read(client.get("/sitemap/"))
