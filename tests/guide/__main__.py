"""Takes the pictures of the guide for register admins: `make guide-pictures`, or `python -m tests.guide` [address password].

Starts a demo instance of its own, imports invented spreadsheets as a person does, and writes docs/img/import-*.png and a
few more, each small enough for a page (at most 80 KB). Run it again when a screen has changed.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.exports.imports.conftest import HEADERS, union_row
from tests.system.conftest import PROJECT, Stack

FOLDER = PROJECT / "docs" / "img"
MOST_BYTES = 80_000
WIDTH, HEIGHT = 1180, 760


def workbook(**sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def clean_rows(first: int, count: int) -> list[list[Any]]:
    return [HEADERS, *(union_row(number) for number in range(first, first + count))]


def dirty_rows() -> list[list[Any]]:
    wrong = [
        union_row(3, 职工人数="若干"),
        union_row(4, 行政区划="成都市锦江区X街"),
        union_row(5, 会员人数=180),
        union_row(6, 职工人数="若干"),
    ]
    return [
        ["示例区基层工会花名册"],
        HEADERS,
        union_row(1, 职工人数=120),
        union_row(2, 会员人数=90),
        *wrong,
        ["合计", "", "", "", 520, 410],
    ]


class Camera:
    """One signed-in person at a screen."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url

    def sign_in(self, name: str, password: str) -> None:
        self.page.goto(f"{self.url}/admin/login/")
        self.page.fill("[name=username]", name)
        self.page.fill("[name=password]", password)
        self.page.click("form button[type=submit]")
        self.page.wait_for_url("**/admin/")

    def go(self, path: str) -> None:
        self.page.goto(self.url + path)

    def upload(self, name: str, content: bytes) -> None:
        self.go("/admin/imports/new/unions/")
        self.page.set_input_files(
            "#import-file", {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        )
        self.page.click("form.import-upload button[type=submit]")
        self.page.wait_for_url("**/admin/imports/*/**")

    def commit(self) -> None:
        self.page.click("a[href$='/commit/']")
        self.page.click("main form button[type=submit]")
        self.page.wait_for_load_state()

    def take(self, name: str, *, scroll: str = "", height: int = HEIGHT) -> None:
        """Write docs/img/<name>.png. scroll: a selector to be brought to the top."""
        self.page.set_viewport_size({"width": WIDTH, "height": height})
        if scroll:
            self.page.locator(scroll).first.scroll_into_view_if_needed()
            self.page.evaluate("s => document.querySelector(s).scrollIntoView({block: 'start'})", scroll)
            self.page.evaluate("scrollBy(0, -90)")
        self.page.wait_for_timeout(400)
        shot = Image.open(io.BytesIO(self.page.screenshot())).convert("RGB")
        path = FOLDER / f"{name}.png"
        for colours in (128, 64, 32, 16):
            target = io.BytesIO()
            shot.quantize(colours, dither=Image.Dither.NONE).save(target, "PNG", optimize=True)
            if target.tell() <= MOST_BYTES:
                break
        path.write_bytes(target.getvalue())
        print(f"{path.relative_to(PROJECT)} {target.tell() // 1024} KB", flush=True)


def pictures(camera: Camera) -> None:
    page = camera.page
    camera.upload("示例·花名册.xlsx", workbook(花名册=clean_rows(1, 6)))
    camera.commit()
    camera.go("/admin/imports/new/unions/")
    camera.take("import-upload", height=620)
    camera.upload("示例·两个片区.xlsx", workbook(一片=clean_rows(20, 4), 二片=clean_rows(30, 5)))
    camera.take("import-questions", height=560)
    page.goto(page.url)
    camera.upload("示例·花名册（三季度）.xlsx", workbook(花名册=dirty_rows()))
    job = page.url.split("/imports/")[1].split("/")[0]
    camera.take("import-errors")
    if page.locator(".import-groups").count():
        camera.take("import-fixing", scroll=".import-groups")
    camera.go(f"/admin/imports/{job}/sheet/5/?column=4#here")
    camera.take("import-sheet", height=520)
    camera.go(f"/admin/imports/{job}/?show=changed")
    camera.take("import-changed", scroll=".import-tabs", height=560)
    camera.go(f"/admin/imports/{job}/columns/")
    camera.take("import-columns")
    camera.upload("示例·新建工会.xlsx", workbook(花名册=clean_rows(40, 3)))
    page.click("a[href$='/commit/']")
    page.wait_for_load_state()
    camera.take("import-confirm", height=480)
    page.click("main form button[type=submit]")
    page.wait_for_load_state()
    camera.take("import-result", height=620)
    camera.go("/admin/imports/")
    camera.take("import-centre")
    sources(camera)
    camera.go("/admin/exports/unions/")
    camera.take("export-columns", height=820)
    page.check("input[value=chair_phone]")
    camera.take("export-reason", scroll="[data-export-reason]", height=420)


def sources(camera: Camera) -> None:
    page = camera.page
    camera.go("/admin/import-sources/new/")
    page.fill("[name=name]", "示例·市总每周花名册")
    page.select_option("[name=register_slug]", "unions")
    page.select_option("[name=kind]", "folder")
    page.fill("[name=place]", "shizong/unions")
    page.select_option("[name=every]", "week")
    page.select_option("[name=weekday]", "2")
    page.fill("[name=at]", "07:30")
    camera.take("sources-form", scroll=".import-source fieldset:nth-of-type(2)", height=640)
    page.click("form.import-source button[type=submit]")
    page.wait_for_load_state()
    camera.go("/admin/import-sources/")
    camera.take("sources-list", height=640)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="xinghui-guide-") as folder, sync_playwright() as playwright:
        stack = None
        if len(sys.argv) == 3:
            url, password = sys.argv[1:]
        else:
            stack = Stack(var=Path(folder))
            stack.start()
            url, password = stack.url, stack.password
        try:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium",
                args=["--no-sandbox", "--disable-gpu", "--disable-sync", "--lang=zh-CN"],
                env={**os.environ, "LANGUAGE": "zh_CN"},  # the browser's own words: file fields, dates
            )
            page = browser.new_page(
                viewport={"width": WIDTH, "height": HEIGHT}, locale="zh-CN", reduced_motion="reduce"
            )
            page.set_default_timeout(60_000)
            camera = Camera(page, url)
            camera.sign_in("admin", password)
            pictures(camera)
            browser.close()
        finally:
            if stack:
                stack.stop()


if __name__ == "__main__":
    main()
