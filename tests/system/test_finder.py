"""The finder in a browser: without JavaScript, by keyboard, in large text, on a slow or broken line."""

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
    for _step in range(20):
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


def count_of(page) -> int:
    return int(page.locator(".results__count strong").first.inner_text())


def test_without_javascript_nothing_is_dead_and_four_compare(plain_phone):
    page = plain_phone
    page.goto("/bases/")
    expect(page.locator(".favourite")).to_have_count(0)
    expect(page.locator("[data-favourites], [data-locate]").first).to_be_hidden()
    page.get_by_label("离哪里近").select_option(label="苏州市")
    page.get_by_role("button", name="由近到远").click()
    expect(page).to_have_url(re.compile(r"near=320500.*sort=distance"))
    expect(page.locator(".card__meta").first).to_contain_text("公里")
    for number in range(3):
        page.locator('input[form="compare"]').nth(number).check()
    page.get_by_role("button", name="并排对比").click()
    expect(page).to_have_url(re.compile(r"/bases/compare/\?codes=[^,]+,[^,]+,[^,]+$"))
    expect(page.locator("thead th[scope=col]")).to_have_count(4)
    page.get_by_role("link", name="移出对比").first.click()
    expect(page.locator("thead th[scope=col]")).to_have_count(3)
    page.get_by_label("再加一家").fill("康养")
    page.get_by_role("search").filter(has=page.get_by_label("再加一家")).get_by_role("button").click()
    page.locator(".entries--rows a").first.click()
    expect(page.locator("thead th[scope=col]")).to_have_count(4)


def test_the_table_offers_both_too(page, plain_phone):
    page.goto("/bases/?view=table")
    row = page.locator("tbody tr").first
    row.get_by_role("button", name="收藏").click()
    expect(row.get_by_role("button", name="收藏")).to_have_attribute("aria-pressed", "true")
    row.get_by_label("对比").check()
    expect(page.locator("[data-compare-count]")).to_have_text("已选 1 家")
    page.get_by_role("link", name="卡片").click()
    expect(page.locator('input[form="compare"]:checked')).to_have_count(1)
    plain_phone.goto("/bases/?view=table")
    for number in range(2):
        plain_phone.locator('input[form="compare"]').nth(number).check()
    plain_phone.get_by_role("button", name="并排对比").click()
    expect(plain_phone).to_have_url(re.compile(r"/bases/compare/\?codes=[^,]+,[^,]+$"))


def press_until(page, key: str, locator, *, most: int = 120) -> None:
    """Press a key until something has the focus, which must be visible each time."""
    wanted = locator.element_handle()
    for _step in range(most):
        if page.evaluate("wanted => document.activeElement === wanted", wanted):
            assert page.evaluate(
                "() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 }"
            ), "the focus is not visible"
            return
        page.keyboard.press(key)
    raise AssertionError(f"{locator} was not reached by {key}")


def test_by_keyboard_alone_from_the_skip_link_to_the_comparison_and_back(page):
    page.goto("/bases/")
    everything = count_of(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # skip to the content
    press_until(page, "Tab", page.locator("#q"))
    page.keyboard.type("suzhou")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"q=suzhou"))
    expect(page.locator(".results__count strong")).not_to_have_text(str(everything))
    found = count_of(page)
    town = page.locator('input[name="kind"][value="town"]')
    press_until(page, "Tab", town)
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(r"kind=town"))
    expect(town).to_be_focused()
    fewer = count_of(page)
    assert 0 < fewer < found
    chip = page.get_by_role("link", name="基地类型：特色小镇")
    press_until(page, "Tab", chip)
    page.keyboard.press("Enter")
    expect(page.locator(".results__count strong")).to_have_text(str(found))
    expect(page.locator(".chips a").first).to_be_focused()
    expect(town).not_to_be_checked()
    press_until(page, "Tab", page.locator(".sorts a", has_text="价格"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"sort=price"))
    expect(page.locator(".sorts a[aria-current]")).to_be_focused()
    press_until(page, "Tab", page.locator(".card__title a").first)
    name = page.locator(".card__title a").first.inner_text()
    for number in range(2):
        press_until(page, "Tab", page.locator('input[form="compare"]').nth(number))
        page.keyboard.press("Space")
    expect(page.locator("[data-compare-count]")).to_have_text("已选 2 家")
    press_until(page, "Tab", page.get_by_role("button", name="并排对比"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="基地对比")).to_be_visible()
    expect(page.locator("thead").get_by_role("link", name=name, exact=True)).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile(r"sort=price"))
    expect(page.locator(".results__count strong")).to_have_text(str(found))
    press_until(page, "Tab", page.locator(".card__title a").first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_filters_fetch_results_alone_and_the_way_back_holds(page):
    page.goto("/bases/")
    everything = count_of(page)
    page.evaluate("window.sameDocument = true")
    page.get_by_label("旅游民宿").check()
    expect(page).to_have_url(re.compile(r"kind=homestay"))
    some = count_of(page)
    page.get_by_label("康养服务产业").check()
    expect(page).to_have_url(re.compile(r"kind=homestay&kind=wellness"))
    expect(page.get_by_role("status").first).to_contain_text("共")
    page.get_by_role("link", name="下一页").click()
    expect(page).to_have_url(re.compile(r"page=2"))
    expect(page.locator("#results-head")).to_be_focused()
    page.go_back()
    page.go_back()
    expect(page.locator(".results__count strong")).to_have_text(str(some))
    expect(page.get_by_label("康养服务产业")).not_to_be_checked()
    page.go_back()
    expect(page.locator(".results__count strong")).to_have_text(str(everything))
    assert page.evaluate("window.sameDocument") is True


def test_on_a_slow_line_the_last_choice_wins_and_on_a_broken_one_the_page_loads(page):
    page.add_init_script(
        """const fetchAtOnce = window.fetch;
        window.fetch = (url, options) => new Promise((done, failed) => setTimeout(
            () => fetchAtOnce(url, options).then(done, failed), String(url).endsWith("?kind=homestay") ? 1500 : 0));"""
    )
    page.goto("/bases/")
    page.get_by_label("旅游民宿").check()
    page.wait_for_timeout(400)
    page.get_by_label("特色小镇").check()
    expect(page).to_have_url(re.compile(r"kind=homestay&kind=town"))
    expect(page.locator(".chip")).to_have_count(3)
    page.wait_for_timeout(1500)
    expect(page.locator(".chip")).to_have_count(3)
    page.route(
        re.compile(r"grade=city"),
        lambda route: route.abort() if route.request.headers.get("hx-request") else route.continue_(),
    )
    page.evaluate("window.sameDocument = true")
    page.get_by_label("市级", exact=False).first.check()
    expect(page).to_have_url(re.compile(r"grade=city"))
    page.wait_for_function("window.sameDocument === undefined")


def test_favourites_stay_on_the_device_and_their_address_is_shared(page, browser, stack):
    page.goto("/bases/")
    expect(page.locator("[data-favourites]")).to_be_hidden()
    star = page.locator(".favourite").nth(1)
    star.click()
    page.locator(".favourite").nth(2).click()
    expect(star).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-favourites] [data-count]")).to_have_text("2")
    page.reload()
    expect(page.locator(".favourite[aria-pressed=true]")).to_have_count(2)
    page.locator("[data-favourites]").click()
    expect(page).to_have_url(re.compile(r"/bases/favourites/\?codes=[^,]+,[^,]+$"))
    expect(page.locator(".card")).to_have_count(2)
    assert page.context.cookies() == []
    other = browser.new_context(base_url=stack.url, locale="zh-CN", java_script_enabled=False)
    shared = other.new_page()
    shared.goto(page.url)
    expect(shared.locator(".card")).to_have_count(2)
    other.close()
    page.get_by_role("button", name="清空我的收藏").click()
    expect(page.locator("[data-favourites]")).to_be_hidden()


def test_a_position_is_asked_for_on_demand_and_kept_out_of_the_address(browser, stack):
    context = browser.new_context(
        base_url=stack.url,
        locale="zh-CN",
        geolocation={"latitude": 31.2345678, "longitude": 120.456789},
        permissions=["geolocation"],
    )
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/bases/")
    page.get_by_role("button", name="用我的位置").click()
    expect(page.locator(".card__meta").first).to_contain_text("公里")
    assert "near" not in page.url
    assert any("near=31.23%2C120.46" in url for url in asked)
    assert not any("31.234" in url for url in asked)
    page.get_by_label("写进网址").check()
    expect(page).to_have_url(re.compile(r"near=31\.23"))
    context.close()


def test_the_page_of_a_base_prints_on_one_sheet(page, tmp_path):
    page.goto("/bases/")
    for href in [a.get_attribute("href") for a in page.locator(".card__title a").all()[:4]]:
        page.goto(href)
        printed = page.pdf(path=str(tmp_path / "base.pdf"), prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
