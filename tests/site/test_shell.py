"""The shell around every page: navigation, error pages, text size, what a strict CSP asks of templates."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "site" / "templates"
pytestmark = pytest.mark.django_db


class TestNavigation:
    def test_marks_where_one_is(self, client):
        page = client.get("/bases/").content.decode()
        assert page.count('<a href="/bases/" aria-current="page">') == 3  # wide, phone, footer
        assert page.count("aria-current=") >= 3

    def test_skip_link_leads_to_the_content(self, client):
        page = client.get("/bases/").content.decode()
        assert page.index('class="skip" href="#main"') < page.index("<header")
        assert '<main id="main"' in page


class TestErrors:
    def test_a_missing_page_helps(self, client):
        response = client.get("/no/such/page/")
        page = response.content.decode()
        assert response.status_code == 404
        assert "没有找到这个页面" in page
        assert 'action="/search/"' in page
        assert 'content="noindex"' in page

    def test_a_fault_speaks_chinese_without_a_database(self, client, settings):
        from django.test import RequestFactory
        from django.views.defaults import server_error

        assert "系统出了点问题" in server_error(RequestFactory().get("/")).content.decode()


class TestTextSize:
    def test_is_kept_in_a_cookie_and_goes_back(self, client):
        here = "http://testserver/bases/?kind=town"
        response = client.post("/display/", {"size": "large"}, headers={"Referer": here})
        assert response.headers["Location"] == here
        assert '<html lang="zh-Hans-CN" class="large-text">' in client.get("/bases/").content.decode()
        client.post("/display/", {"size": "normal"})
        assert "large-text" not in client.get("/bases/").content.decode()

    @pytest.mark.parametrize(
        "target", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""]
    )
    def test_never_leads_elsewhere(self, client, target):
        assert client.post("/display/", {"size": "large"}, headers={"Referer": target}).headers["Location"] == "/"

    def test_is_set_by_a_form_only(self, client):
        assert client.get("/display/").status_code == 405


def public_templates() -> list[Path]:
    return [file for file in TEMPLATES.rglob("*.html") if "pdf" not in file.relative_to(TEMPLATES).parts]


@pytest.mark.parametrize("file", public_templates(), ids=lambda file: str(file.relative_to(TEMPLATES)))
def test_template_has_nothing_inline(file):
    source = file.read_text()
    scripts = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)[^>]*>", source)
    assert not scripts
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", source)


def test_public_pages_allow_nothing_but_our_own(client):
    policy = client.get("/bases/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


class TestStyleGuide:
    def test_is_for_staff(self, client, root_client):
        page = root_client.get("/styleguide/").content.decode()
        assert "--red" in page
        assert 'class="swatch swatch--gold"' in page

    def test_is_not_there_for_the_public(self, client):
        assert client.get("/styleguide/").status_code == 404

    def test_shows_every_component_and_says_what_it_asks_for(self, root_client):
        from content.pages.services import create_site_tree
        from content.pages.styleguide import components
        from content.registers.bases import Base

        create_site_tree()
        Base.objects.create(code="JD0001", name="示例·太湖民宿", kind="homestay", division_id="320506")
        shown = {template.name for template in root_client.get("/styleguide/").templates}
        in_the_head = {"share_picture.html"}
        assert {one.name for one in components() if f"components/{one.name}" not in shown} - in_the_head == set()
        assert [one.name for one in components() if not one.note] == []

    def test_shows_every_colour(self, root_client):
        from content.pages.styleguide import tokens

        guide = (TEMPLATES.parent / "static" / "css" / "styleguide.css").read_text()
        assert all(f".swatch--{token['name']} {{" in guide for token in tokens() if token["colour"])
