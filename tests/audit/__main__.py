"""`make audit`: Lighthouse, the Nu checker and page budgets on a fresh instance of the demo, served as in production.

Writes docs/audit/report.json and docs/audit/report.md, and the full reports into var/audit/. Fails when a category of
Lighthouse is below 100, when a page has an error for the checker, or when it is slower or larger than it may be.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import django

from tests.system.conftest import PROJECT, Stack

from . import lighthouse, markup, report
from .served import complete, draw_pictures, pages_of

FULL = PROJECT / "var" / "audit"


def main(parts: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    django.setup()  # the routes of the site say which pages there are
    FULL.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="xinghui-audit-") as folder:
        stack = Stack(var=Path(folder))
        stack.start()
        try:
            complete(stack)
            print(f"pictures drawn in {draw_pictures(stack):.0f} s")
            pages = pages_of(stack)
            checked = markup.check(pages) if not parts or "markup" in parts else None
            scores = lighthouse.measure(stack.url, pages, FULL) if not parts or "lighthouse" in parts else None
        finally:
            stack.stop()
    problems = report.write(scores=scores, checked=checked)
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
