"""A day at a federation, in a real browser: import a spreadsheet, see it on the site, publish, take the PDF along."""

import csv
import io

import pdfplumber
import pytest

pytestmark = pytest.mark.browser

ROWS = [
    ["示例市疗休养基地汇总表"],
    ["酒店名称", "所在市县", "类别", "接待能力", "协议价", "联系电话"],
    ["示例·晨雾茶园小院", "苏州市吴中区", "旅游民宿", "约２００张", "280-320元", "0512-00001234"],
    ["合计", "", "", "200", "", ""],
    ["填表人：示例"],
]


@pytest.fixture
def spreadsheet(tmp_path):
    file = tmp_path / "基地汇总表.csv"
    with file.open("w", encoding="gb18030", newline="") as target:
        csv.writer(target).writerows(ROWS)
    return file


def test_import_see_publish_download(admin_page, page, stack, spreadsheet):
    # 导入：上传 → 核对 → 写入
    page.goto("/admin/imports/new/bases/")
    page.set_input_files("input[type=file]", spreadsheet)
    page.get_by_role("button", name="上传并核对").click()
    page.wait_for_url("**/admin/imports/*/")
    grid = page.locator("main")
    grid.get_by_text("示例·晨雾茶园小院").wait_for()
    assert "200" in grid.inner_text()
    page.get_by_role("link", name="写入名录").click()
    page.get_by_text("新增 1 条").wait_for()
    page.get_by_role("button", name="确认写入").click()
    page.get_by_text("已写入").first.wait_for()

    # 公众看到
    page.goto("/bases/?q=晨雾")
    assert "共 1 家" in page.locator("main").inner_text()
    page.get_by_role("link", name="示例·晨雾茶园小院").first.click()
    assert "280" in page.locator("main").inner_text()

    # 发布一篇新闻
    page.goto("/admin/")
    page.get_by_role("link", name="写新闻").first.click()
    page.fill("input[name=title]", "示例：茶园小院加入疗休养联盟")
    page.fill("[name=lead]", "一家新的基地今天与职工见面。")
    page.select_option("[name=subject]", index=1)
    page.get_by_role("button", name="更多动作").click()
    page.get_by_role("button", name="发布", exact=True).click()
    page.get_by_text("已创建并发布").wait_for()
    page.goto("/news/")
    assert "茶园小院加入疗休养联盟" in page.locator("main").inner_text()

    # 简报 PDF
    page.goto("/competitions/")
    page.locator("h2").get_by_role("link", name="16项引领性劳动竞赛").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").first.evaluate(
            "link => { link.setAttribute('download', ''); link.click() }"
        )
    data = download.value.path().read_bytes()
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        assert "简报" in pdf.pages[0].extract_text()
