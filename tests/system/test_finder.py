"""The finder in a browser: without JavaScript, by keyboard, in large text."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def plain_phone(browser, stack):
    """An old phone: 320 px wide, no JavaScript."""
    context = browser.new_context(
        base_url=stack.url, locale="zh-CN", java_script_enabled=False, viewport={"width": 320, "height": 640}
    )
    yield context.new_page()
    context.close()


def test_a_phone_without_javascript_filters_and_finds(plain_phone):
    page = plain_phone
    page.goto("/")
    page.get_by_text("栏目菜单").click()
    page.locator(".nav-phone").get_by_role("link", name="疗休养基地").click()
    everything = int(page.locator(".results__count strong").inner_text())
    page.get_by_text("筛选条件").click()
    page.get_by_label("旅游民宿").check()
    page.get_by_role("button", name="应用筛选").click()
    expect(page).to_have_url(re.compile(r"kind=homestay"))
    some = int(page.locator(".results__count strong").inner_text())
    assert 0 < some < everything
    page.get_by_role("link", name="基地类型：旅游民宿").click()
    expect(page.locator(".results__count strong")).to_have_text(str(everything))


def test_text_grows_without_javascript(plain_phone):
    plain_phone.goto("/bases/")
    before = plain_phone.locator("h1").bounding_box()["height"]
    plain_phone.get_by_role("button", name="大字版").click()
    expect(plain_phone).to_have_url(re.compile(r"/bases/$"))
    assert plain_phone.locator("h1").bounding_box()["height"] > before
    plain_phone.get_by_role("button", name="标准字号").click()
    assert plain_phone.locator("h1").bounding_box()["height"] == before


def test_text_grows_at_once_with_javascript(page):
    page.goto("/bases/")
    page.get_by_role("button", name="大字版").click()
    expect(page.locator("html")).to_have_class("large-text")
    page.reload()
    expect(page.locator("html")).to_have_class("large-text")
    page.get_by_role("button", name="标准字号").click()
    page.reload()
    expect(page.locator("html")).not_to_have_class("large-text")


def test_the_keyboard_reaches_content_search_and_filters(page):
    page.goto("/bases/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("跳到正文")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_id("main")
    reached = []
    for _step in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()"))
    assert "q" in reached
    assert "division" in reached
    page.locator("#q").focus()
    page.keyboard.type("太湖")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"q="))


def test_no_script_or_style_is_refused(page):
    refused = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    for path in ("/", "/bases/", "/unions/"):
        page.goto(path)
    assert refused == []
