"""axe-core on the public site as it is served: no violation in light or dark, on a desktop or a phone."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

LISTS = {"base": "/bases/", "point": "/points/", "union": "/unions/"}
PAGES = {
    "home": "/",
    "news": "/news/",
    "bases": "/bases/",
    "bases as a table": "/bases/?view=table&sort=-price",
    "nothing found": "/bases/?q=没有这个名字",
    "points": "/points/",
    "alliance": "/bases/alliance/",
    "unions": "/unions/",
    "statistics": "/unions/statistics/",
    "competitions": "/competitions/",
    "site map": "/sitemap/",
    "no such page": "/no/such/page/",
}


@pytest.fixture(scope="module", params=["light", "dark"])
def scheme(request) -> str:
    return request.param


@pytest.fixture(scope="module", params=[1280, 390])
def width(request) -> int:
    return request.param


@pytest.fixture(scope="module")
def window(browser, stack, scheme, width) -> Iterator:
    context = browser.new_context(
        base_url=stack.url, locale="zh-CN", color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    yield context.new_page()
    context.close()


def violations(window) -> list[str]:
    found = Axe().run(window).response
    assert found["passes"], "axe has not run"
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found["violations"]]


def overflows(window) -> bool:
    return window.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_page(window, path):
    window.goto(path)
    assert violations(window) == []
    assert not overflows(window)


@pytest.mark.parametrize("path", LISTS.values(), ids=LISTS)
def test_page_of_the_first_row(window, path):
    window.goto(path)
    window.locator(".card__title a").first.click()
    window.wait_for_load_state()
    assert window.url.count("/") == 5  # …/bases/<code>/
    assert violations(window) == []
    assert not overflows(window)
