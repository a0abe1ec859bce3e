"""What every page must be, whatever its template: small as it is sent, strict, and steady while it loads.

Budgets: public.md § 1, compressed by Brotli, photographs apart.
"""

import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders

TEMPLATES = Path(__file__).resolve().parents[2] / "site" / "templates"
HTML, CSS, JS, ALL = 30_000, 12_000, 15_000, 150_000
# Not pages of ours, or of no reader: the PDF's own, the back office's preview, the guide for staff.
APART = ("pdf/", "wagtailcore/", "styleguide.html")


def sent(content: bytes) -> int:
    return len(brotli.compress(content, quality=5))


def files(html: str, pattern: str) -> list[int]:
    """Return the sizes, as sent, of the static files that a page names."""
    found = []
    for path in dict.fromkeys(re.findall(pattern, html)):
        content = Path(finders.find(path)).read_bytes()
        found.append(len(content) if path.endswith(".woff2") else sent(content))
    return found


def test_every_template_is_among_the_pages(answers):
    """A template that no page here shows is a page that nobody checks."""
    used = set().union(*(answer.templates for answer in answers.values()))
    ours = {str(file.relative_to(TEMPLATES)) for file in TEMPLATES.rglob("*.html")}
    shown_on_demand = {"400.html", "403.html", "403_csrf.html", "500.html", "503.html", "bare.html"}
    # The card of registers without one of their own: tests/content/registers/every/test_startregister.py.
    shown_on_demand.add("registers/card.html")
    missing = {name for name in ours - used - shown_on_demand if not name.startswith(APART)}
    assert missing == set()


def test_pages_stay_within_their_budgets(answers):
    over = []
    for name, answer in answers.items():
        html = answer.text
        sizes = {
            "html": (sent(html.encode()), HTML),
            "css": (sum(files(html, r'href="/static/([^"]+\.css)"')), CSS),
            "js": (sum(files(html, r'src="/static/([^"]+\.js)"')), JS),
        }
        drawings = sum(files(html, r'(?:src|href)="/static/([^"]+\.(?:svg|woff2))"'))
        sizes["all"] = (sum(size for size, _most in sizes.values()) + drawings, ALL)
        assert sizes["css"][0] > 0
        over += [f"{name}: {what} {size} > {most}" for what, (size, most) in sizes.items() if size > most]
    assert over == []


def test_the_policy_allows_nothing_unsafe(answers):
    for name, answer in answers.items():
        if answer.headers:  # what is rendered here on demand gets its policy from the same middleware
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'self'" in policy, name
            assert "unsafe" not in policy, name


def test_nothing_runs_or_is_styled_from_within_a_page(answers):
    """The policy forbids it, so a page that tried would be broken."""
    found = []
    for name, answer in answers.items():
        html = answer.text
        scripts = re.findall(r"<script\b([^>]*)>", html)
        found += [(name, tag) for tag in scripts if "src=" not in tag and "application/ld+json" not in tag]
        found += [(name, hit) for hit in re.findall(r"<style\b|<[^>]*\sstyle=|<[^>]*\son[a-z]+=|javascript:", html)]
        found += [(name, hit) for hit in re.findall(r'(?:src|srcset|action)="(?:https?:)?//[^"]*', html)]
    assert found == []


def test_pictures_have_their_place_before_they_come(answers):
    lacking = []
    for name, answer in answers.items():
        for tag in re.findall(r"<img\b[^>]*>", answer.text):
            lacking += [(name, what, tag) for what in ("width=", "height=", "alt=") if what not in tag]
    assert lacking == []


def test_ids_are_given_once(answers):
    for name, answer in answers.items():
        ids = re.findall(r'\sid="([^"]*)"', answer.text)
        assert len(ids) == len(set(ids)), (name, sorted({one for one in ids if ids.count(one) > 1}))


def test_every_page_has_one_heading_of_the_first_rank_and_a_title_of_its_own(answers):
    titles: dict[str, str] = {}
    for name, answer in answers.items():
        assert len(re.findall(r"<h1\b", answer.text)) == 1, name
        title = re.search(r"<title>(.*?)</title>", answer.text, re.DOTALL).group(1).strip()
        assert title, name
        titles.setdefault(title, name)
    assert len(titles) > len(answers) / 2


@pytest.mark.django_db
def test_a_failed_page_is_as_strict(client, settings):
    """The middleware speaks for answers that a view did not finish, too."""
    settings.DEBUG = False
    client.raise_request_exception = False
    response = client.get("/no/such/page/?q=%00")
    assert "unsafe" not in response["Content-Security-Policy"]
