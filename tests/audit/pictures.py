"""`make pictures`: every kind of public page as it looks, into var/pictures/.

Light and dark on a phone, a tablet and a desktop; large text, more contrast and forced colours on a phone; and as it is
printed on A4. `python -m tests.audit.pictures home "bases row"` takes the named pages alone; JOBS says how many browsers
work at once (2).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import django
from playwright.sync_api import sync_playwright

from tests.system.conftest import PROJECT, Stack

from .served import Page, complete, draw_pictures, pages_of

FOLDER = PROJECT / "var" / "pictures"
PRINTED = "print"
# What is fetched only when seen is fetched now, and waited for.
SETTLE = """async () => {
  for (const picture of document.images) picture.loading = "eager";
  await Promise.all([...document.images].map((picture) => picture.decode().catch(() => null)));
  await document.fonts.ready;
}"""


@dataclass(frozen=True)
class Look:
    name: str
    width: int
    context: dict[str, str] = field(default_factory=dict)
    large: bool = False


LOOKS = (
    Look("phone", 390),
    Look("phone-dark", 390, {"color_scheme": "dark"}),
    Look("tablet", 820),
    Look("tablet-dark", 820, {"color_scheme": "dark"}),
    Look("desktop", 1280),
    Look("desktop-dark", 1280, {"color_scheme": "dark"}),
    Look("large-text", 390, large=True),
    Look("contrast", 390, {"contrast": "more"}),
    Look("forced-colours", 390, {"forced_colors": "active"}),
    Look(PRINTED, 1280),
)


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
            with ThreadPoolExecutor(int(os.environ.get("JOBS", "2"))) as hands:
                taken = sum(hands.map(lambda look: take(stack.url, pages, look), LOOKS))
        finally:
            stack.stop()
    print(f"{taken} pictures of {len(pages)} pages in {FOLDER}")


def take(url: str, pages: list[Page], look: Look) -> int:
    """Take a picture of each page, or of each sheet of its print; return how many."""
    folder = FOLDER / look.name
    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu", "--disable-sync"]
        )
        context = browser.new_context(
            base_url=url, locale="zh-CN", viewport={"width": look.width, "height": 900}, **look.context
        )
        if look.large:
            context.add_cookies([{"name": "text_size", "value": "large", "url": url}])
        window = context.new_page()
        for page in pages:
            window.goto(page.path or "/no/such/page/")
            if not page.path:
                window.set_content(page.html)
            window.evaluate(SETTLE)
            stem = folder / re.sub(r"\W+", "-", page.name)
            if look.name == PRINTED:
                window.pdf(path=f"{stem}.pdf", prefer_css_page_size=True)
                draw_sheets(stem)
            else:
                window.screenshot(path=f"{stem}.png", full_page=True)
        browser.close()
    return len(list(folder.glob("*.png")))


def draw_sheets(stem: Path) -> None:
    """Draw each sheet of `stem`.pdf as `stem`-N.png, where poppler is installed."""
    for old in stem.parent.glob(f"{stem.name}-[0-9]*.png"):
        old.unlink()
    if shutil.which("pdftoppm"):
        subprocess.run(["pdftoppm", "-r", "60", "-png", f"{stem}.pdf", str(stem)], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
