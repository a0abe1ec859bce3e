"""What a reader downloads stays small, as it is sent: compressed by Brotli, photographs apart (public.md § 1)."""

import re

import brotli
import pytest
from django.contrib.staticfiles import finders

from content.pages.services import create_site_tree
from content.registers.bases import Base

pytestmark = pytest.mark.django_db
HTML, CSS, JS, ALL = 30_000, 12_000, 15_000, 150_000
PAGES = ("/", "/bases/", "/bases/?view=table", "/bases/JD0001/", "/points/", "/unions/", "/search/?q=太湖", "/no/page/")


@pytest.fixture(autouse=True)
def bases():
    create_site_tree()
    for number in range(30):
        Base.objects.create(
            code=f"JD{number:04}",
            name=f"示例·太湖民宿{number}",
            kind=Base.Kind.values[number % 5],
            division_id=("320506", "330106", "510104")[number % 3],
            price=100 + number,
            days=number % 5 + 1,
            features="临湖步道，早餐为本地食材，适合家庭。",
            introduction="靠近湖边，风景优美，交通便利。" * 20,
        )


def sent(content: bytes) -> int:
    return len(brotli.compress(content, quality=5))


def files(html: str, pattern: str) -> list[int]:
    """Return the sizes, as sent, of the static files that a page names."""
    found = []
    for path in dict.fromkeys(re.findall(pattern, html)):
        with open(finders.find(path), "rb") as file:
            found.append(sent(file.read()))
    return found


@pytest.mark.parametrize("path", PAGES)
def test_a_page_stays_within_its_budget(client, path):
    content = client.get(path).content
    html = content.decode()
    css = sum(files(html, r'href="/static/([^"]+\.css)"'))
    js = sum(files(html, r'src="/static/([^"]+\.js)"'))
    drawings = sum(files(html, r'(?:src|href)="/static/([^"]+\.svg)"'))
    assert (css > 0, js > 0) == (True, True)
    assert sent(content) <= HTML
    assert css <= CSS
    assert js <= JS
    assert sent(content) + css + js + drawings <= ALL


@pytest.mark.parametrize("path", PAGES)
def test_nothing_runs_or_is_styled_from_within_a_page(client, path):
    """The policy allows nothing unsafe, and the page needs nothing that it forbids."""
    response = client.get(path)
    policy, html = response["Content-Security-Policy"], response.content.decode()
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    scripts = re.findall(r"<script\b([^>]*)>", html)
    assert all("src=" in tag or "application/ld+json" in tag for tag in scripts)
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=|javascript:", html)
    assert not re.search(r'(?:src|srcset|action)="(?:https?:)?//', html)


@pytest.mark.parametrize("path", PAGES)
def test_pictures_have_their_place_before_they_come(client, path):
    for tag in re.findall(r"<img\b[^>]*>", client.get(path).content.decode()):
        assert 'width="' in tag, tag
        assert 'height="' in tag, tag
        assert "alt=" in tag, tag
