"""Mending a checked file in the grid without touching the mouse: the keyboard stays where it worked."""

import csv

import pytest

pytestmark = pytest.mark.browser

ROWS = [
    ["酒店名称", "所在市县", "类别", "接待能力"],
    ["示例·键盘一号小院", "苏州市吴中区", "旅游民宿", "很多"],
    ["示例·键盘二号小院", "苏州市吴中区", "旅游民宿", "不少"],
]

FOCUSED = "() => [document.activeElement.dataset.importCell, document.activeElement.closest('tr')?.rowIndex]"


def test_a_cell_is_changed_by_keyboard_and_the_focus_stays(admin_page, page, tmp_path):
    file = tmp_path / "键盘.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as target:
        csv.writer(target).writerows(ROWS)
    page.goto("/admin/imports/new/bases/")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="上传并核对").click()
    page.wait_for_url("**/admin/imports/*/")
    wrong = page.locator("td.import-cell-error").first
    wrong.focus()
    column, _row = page.evaluate(FOCUSED)
    page.keyboard.press("Enter")
    page.keyboard.type("x")
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUSED) == [column, 1]
    page.keyboard.press("Enter")
    page.keyboard.type("120")
    page.keyboard.press("Enter")
    page.get_by_text("有 1 行有错误").wait_for()
    assert page.evaluate(FOCUSED) == [column, 1]  # the row that was mended has left the list; the next one stands there
    assert "已修改 1 个单元格" in page.locator("[data-import-said]").inner_text()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(FOCUSED)[0] != column
    page.keyboard.press("ArrowRight")
    page.keyboard.press("o")
    page.wait_for_url("**/sheet/**")
    assert page.locator("#here").inner_text().strip() == "不少"
    page.get_by_role("link", name="返回预览").click()
    page.get_by_text("有 1 行有错误").wait_for()
