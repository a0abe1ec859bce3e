"""`make pictures`: every kind of public page on a phone, a tablet and a desktop, light and dark, into var/pictures/."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

import django
from playwright.sync_api import sync_playwright

from tests.system.conftest import PROJECT, Stack

from .served import Page, complete, draw_pictures, pages_of

FOLDER = PROJECT / "var" / "pictures"
WIDTHS = (390, 820, 1280)
SCHEMES = ("light", "dark")


def main(only: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    django.setup()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="xinghui-pictures-") as folder:
        stack = Stack(var=Path(folder))
        stack.start()
        try:
            complete(stack)
            draw_pictures(stack)
            pages = [page for page in pages_of(stack) if not only or page.name in only]
            print(f"{take(stack.url, pages)} pictures in {FOLDER}")
        finally:
            stack.stop()


def take(url: str, pages: list[Page]) -> int:
    """Take the pictures, and a PDF of each page as it is printed; return how many pictures."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu", "--disable-sync"]
        )
        for width in WIDTHS:
            for scheme in SCHEMES:
                context = browser.new_context(
                    base_url=url, locale="zh-CN", color_scheme=scheme, viewport={"width": width, "height": 900}
                )
                window = context.new_page()
                for page in pages:
                    if page.path:
                        window.goto(page.path)
                    else:
                        window.goto("/no/such/page/")
                        window.set_content(page.html)
                    # What is fetched only when seen is seen first.
                    window.evaluate("for (const picture of document.images) picture.loading = 'eager'")
                    window.wait_for_load_state("networkidle")
                    stem = re.sub(r"\W+", "-", page.name)
                    window.screenshot(path=FOLDER / f"{stem}-{width}-{scheme}.png", full_page=True)
                    if (width, scheme) == (WIDTHS[-1], SCHEMES[0]):
                        window.pdf(path=FOLDER / f"{stem}.pdf", prefer_css_page_size=True)
                context.close()
        browser.close()
    return len(pages) * len(WIDTHS) * len(SCHEMES)


if __name__ == "__main__":
    main(sys.argv[1:])
