"""Search and the register API against the stock parts on the same rows: modelsearch's own index, Wagtail's v3 list.

5,000 bases and 60 pages in a SQLite database of its own. CPU milliseconds an answer through Django's test client,
CPU seconds of writing the index; medians of three.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
ROWS, PAGES, ANSWERS = 5_000, 60, 40
RUNS = "median of 3"


def measure() -> dict[str, Any]:
    """Run in a process of its own, on an empty database."""
    with tempfile.TemporaryDirectory(prefix="xinghui-bench-") as folder:
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3", "PYTHONPATH": str(PROJECT)}
        environment["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
        done = subprocess.run(
            [sys.executable, __file__], env=environment, cwd=PROJECT, check=True, capture_output=True, text=True
        )
    return json.loads(done.stdout.splitlines()[-1])


def seconds(work: Callable[[], Any], times: int = 1) -> float:
    """Return the CPU seconds of one run of `work`."""
    found = []
    for _ in range(3):
        before = time.process_time()
        for _ in range(times):
            work()
        found.append((time.process_time() - before) / times)
    return statistics.median(found)


def fill() -> None:
    from wagtail.models import Page, Site

    from content.registers.bases import Base

    places, kinds = ("太湖", "虞山", "平江路", "同里"), ("民宿", "疗休养基地", "康养中心")
    rows = []
    for number in range(ROWS):
        name = f"示例·{places[number % 4]}{kinds[number % 3]}{number}号"
        introduction = "靠近湖边，风景优美，适合职工疗休养，交通便利，配套完善。" * 3
        row = Base(code=f"B{number}", name=name, kind="red", division_id="320506", introduction=introduction)
        row.prepare()
        rows.append(row)
    Base.objects.bulk_create(rows)
    home = Site.objects.get(is_default_site=True).root_page
    for number in range(PAGES):
        home.add_child(instance=Page(title=f"示例消息{number}", slug=f"m{number}"))


def run() -> dict[str, float]:
    from django.db import transaction
    from django.test import Client
    from modelsearch.backends import get_search_backend
    from modelsearch.backends.database.sqlite.sqlite import SQLiteSearchBackend
    from modelsearch.conf import get_app_config

    from content.registers.bases import Base
    from content.search.services import index_rows

    keys, objects = list(Base.objects.values_list("pk", flat=True)), list(Base.objects.all())
    entries = get_app_config().get_model("IndexEntry").objects

    def write(how: Callable[[], Any]) -> None:
        entries.all()._raw_delete("default")
        with transaction.atomic():
            how()

    stock = seconds(lambda: write(lambda: SQLiteSearchBackend({}).add_bulk(Base, objects)))
    ours = seconds(lambda: write(lambda: index_rows(Base, keys)))

    def search(query: str) -> float:
        results = lambda: get_search_backend().search(query, Base.objects.all())  # noqa: E731
        return 1000 * seconds(lambda: (results().count(), list(results()[:10])), 5)

    client = Client()
    pages = 1000 * seconds(lambda: client.get("/api/v3/pages/?limit=50"), ANSWERS)
    # Whoever says who he is passes by the page cache; rows are remembered, as they are for everyone.
    ask = lambda: client.get("/api/v3/registers/bases/?limit=50", HTTP_AUTHORIZATION="Bearer none")  # noqa: E731
    assert ask()["X-Cache"] == "BYPASS"
    bases = 1000 * seconds(ask, ANSWERS)
    return {
        "index rows per CPU s": ROWS / ours,
        "index rows per CPU s, stock (no Chinese)": ROWS / stock,
        "search, all rows match, ms": search("疗休养"),
        "search, a quarter matches, ms": search("太湖"),
        "search, none matches, ms": search("联盟"),
        "API list of 50 bases, ms": bases,
        "API list of 50 pages, Wagtail v3, ms": pages,
        "API list, Wagtail v3 / ours": pages / bases,
    }


if __name__ == "__main__":
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.PAGE_CACHE_SECONDS = 600
    django.setup()
    settings.WAGTAILAPI_LIMIT_MAX = 100
    call_command("migrate", verbosity=0)
    fill()
    print(json.dumps(run()))
