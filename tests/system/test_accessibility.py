"""Every kind of public page in a real browser: axe-core, narrow screens, large text, strict policy.

The pages are found by asking the site (tests/site/addresses.py), so that a new template cannot be forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.audit.served import Page, complete, pages_of

pytestmark = pytest.mark.browser

RULES = {"rules": {"target-size": {"enabled": True}}}
# What colours, and nothing else, decides.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
DESKTOP, PHONE, NARROWEST = 1280, 390, 320
LOSSES = Path(__file__).with_name("losses.js").read_text() + ";0"


@pytest.fixture(scope="session")
def pages(stack) -> list[Page]:
    complete(stack)
    return pages_of(stack)


@pytest.fixture
def walk(browser, stack, pages) -> Iterator[Callable[[], Iterator]]:
    """Return a walk through all pages: the name of each and the window that shows it."""
    context = browser.new_context(
        base_url=stack.url, locale="zh-CN", viewport={"width": DESKTOP, "height": 900}, reduced_motion="reduce"
    )
    window = context.new_page()
    on_demand = {f"/on-demand/{number}/": page.html for number, page in enumerate(pages) if not page.path}
    context.route(
        re.compile("/on-demand/"),
        lambda route: route.fulfill(
            body=on_demand[re.sub(r"^https?://[^/]+", "", route.request.url)], content_type="text/html; charset=utf-8"
        ),
    )

    def pass_by():
        for number, page in enumerate(pages):
            window.goto(page.path or f"/on-demand/{number}/")
            yield page.name, window

    yield pass_by
    context.close()


def violations(window, options: dict) -> list[str]:
    found = Axe().run(window, options=options).response
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found["violations"]]


def wide(window, width: int) -> None:
    window.set_viewport_size({"width": width, "height": 900})


def test_axe_finds_nothing_on_a_desktop_or_a_phone(walk):
    found = []
    for name, window in walk():
        for width in (DESKTOP, PHONE):
            wide(window, width)
            found += [(name, width, hit) for hit in violations(window, RULES)]
    assert found == [], "\n".join(map(str, found))


def test_colours_suffice_in_dark_and_with_more_contrast(walk):
    found = []
    for name, window in walk():
        for media in ({"color_scheme": "dark"}, {"contrast": "more"}, {"contrast": "more", "color_scheme": "dark"}):
            window.emulate_media(**{"color_scheme": "light", "contrast": "no-preference"} | media)
            found += [(name, media, hit) for hit in violations(window, COLOURS)]
        window.emulate_media(color_scheme="light", contrast="no-preference")
    assert found == [], "\n".join(map(str, found))


def test_axe_finds_nothing_with_forced_colours_and_large_text(walk):
    found = []
    for name, window in walk():
        window.emulate_media(forced_colors="active")
        window.evaluate("document.documentElement.classList.add('large-text')")
        found += [(name, hit) for hit in violations(window, RULES)]
    assert found == [], "\n".join(map(str, found))


@pytest.mark.parametrize(
    ("width", "text", "large"),
    [(NARROWEST, 100, False), (NARROWEST, 100, True), (640, 100, False), (DESKTOP, 200, False), (820, 200, True)],
    ids=["320 px", "320 px in large text", "200 % zoom", "text at 200 %", "large text at 200 % on a tablet"],
)
def test_nothing_is_lost_or_scrolls_sideways(walk, width, text, large):
    """320 px is a desktop at 400 %; 640 px one at 200 %. Text alone grows where only the browser's font size does."""
    found = []
    for name, window in walk():
        wide(window, width)
        window.evaluate(LOSSES)
        found += [(name, loss) for loss in window.evaluate("(asked) => losses(asked)", {"text": text, "large": large})]
    assert found == [], "\n".join(map(str, found))


def test_no_script_style_or_picture_is_refused_or_missing(walk):
    """What the console says of a policy or a fault; the pages of missing addresses are meant to be missing."""
    refused: list[tuple[str, str]] = []

    def note(message):
        refused.append((message.location["url"], message.text))

    def fail(error):
        refused.append(("", str(error)))

    expected = "Failed to load resource: the server responded with a status of 404"
    watched = False
    for name, window in walk():
        if not watched:
            window.on("console", note)
            window.on("pageerror", fail)
            window.reload()
            watched = True
        broken = window.evaluate(
            "[...document.images].filter(i => i.complete && !i.naturalWidth).map(i => i.currentSrc)"
        )
        refused.extend((name, source) for source in broken)
    assert [hit for hit in refused if not hit[1].startswith(expected)] == []
