"""Public pages against a plain Django view under the same middleware, and against stock django-tables2 in our shell.

CPU milliseconds an answer through Django's test client, medians of three; SQLite databases of 1,000, 10,000 and
100,000 bases, each in a process of its own. Lists show 50 rows with filters and facet counts.

counted: the first list after a row of the register was saved, facets counted anew and nothing remembered.
uncached: any other page of it, twenty in turn; filters, facets and rows were drawn before.
other filters: filters that nobody has asked for yet, so that facets are counted and drawn anew, and some rows.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import cycle, product
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
SIZES = (1_000, 10_000, 100_000)
ROWS, ANSWERS = 50, 15
RUNS = "median of 3"


def measure() -> dict[str, Any]:
    found: dict[str, Any] = {}
    listings = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="xinghui-bench-") as folder:
            environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3"}
            environment |= {"PYTHONPATH": str(PROJECT), "DJANGO_SETTINGS_MODULE": "cms.settings.test"}
            done = subprocess.run(
                [sys.executable, "-W", "ignore", __file__, str(size)],
                env=environment,
                cwd=PROJECT,
                check=True,
                stdout=subprocess.PIPE,
                text=True,
            )
        figures = json.loads(done.stdout.splitlines()[-1])
        plain = figures["plain view, ms"]
        listings[size] = figures
        found |= {f"{size:,} bases: {name}": value for name, value in figures.items()}
        found |= {
            f"{size:,} bases: {name} / plain": figures[f"{name}, ms"] / plain
            for name in ("cached page", "not modified", "cards, uncached", "table, uncached", "stock table")
        }
    small, large = listings[SIZES[0]], listings[SIZES[-1]]
    for name in ("cards, uncached, ms", "cards, counted, ms"):
        found[f"{name.removesuffix(', ms')}: {SIZES[-1]:,} / {SIZES[0]:,}"] = large[name] / small[name]
    return found


def fill(size: int) -> None:
    from django.utils import timezone

    from content.core.models import Division
    from content.registers.bases import Base

    draw = random.Random(1)
    codes = list(Division.objects.filter(level="district").values_list("code", flat=True)[:100])
    rows = []
    for number in range(size):
        name = f"示例·{draw.choice(('太湖', '虞山', '平江', '同里'))}{draw.choice(('民宿', '小镇'))}{number}号"
        rows.append(
            Base(
                code=f"B{number:06}",
                name=name,
                name_key=name,
                pinyin=f"shi li {draw.choice(('tai hu', 'yu shan', 'ping jiang', 'tong li'))} {number}",
                search_text=f"{name}\nshili taihu",
                kind=draw.choice(Base.Kind.values),
                grade=draw.choice([*Base.Grade.values, ""]),
                division_id=draw.choice(codes),
                price=draw.choice((None, 180, 220, 260, 300, 380)),
                capacity=draw.choice((None, 20, 50, 100, 200)),
                days=draw.choice((None, 2, 3, 5, 7)),
                seasons=draw.choice(("", "春、秋", "夏", "春、夏、秋、冬")),
                features="临湖步道，适合家庭，早餐为本地食材。",
                introduction="靠近湖边，风景优美。" * 10,
                status="named",
            )
        )
    Base.objects.bulk_create(rows, batch_size=500)
    Base.objects.update(updated_at=timezone.now() - timedelta(days=1))


def milliseconds(work: Callable[[], Any], times: int = ANSWERS) -> float:
    found = []
    for _ in range(3):
        before = time.process_time()
        for _ in range(times):
            work()
        found.append((time.process_time() - before) / times)
    return 1000 * statistics.median(found)


def add_views() -> None:
    """Add the two views that we compare with: one that answers a word, and a stock table in our shell."""
    import django_tables2
    from django.http import HttpResponse
    from django.template import engines
    from django.urls import path

    from cms import urls
    from content.registers.bases import Base

    names = ["name", "division", "kind", "grade", "price", "capacity", "days", "seasons"]
    meta = type("Meta", (), {"model": Base, "fields": names})
    table = type("StockTable", (django_tables2.Table,), {"Meta": meta})
    page = engines["django"].from_string(
        '{% extends "base.html" %}{% load django_tables2 %}{% block title %}示例{% endblock %}{% block description %}{% endblock %}{% block main %}{% render_table table %}{% endblock %}'
    )

    def stock(request):
        shown = table(Base.objects.filter(status="named").select_related("division").order_by("pinyin"))
        django_tables2.RequestConfig(request, paginate={"per_page": ROWS}).configure(shown)
        return HttpResponse(page.render({"table": shown}, request))

    # Below a prefix that is never cached.
    urls.urlpatterns[:0] = [
        path("media/plain/", lambda request: HttpResponse("plain")),
        path("media/stock/", stock),
    ]


def run() -> dict[str, float]:
    from django.test import Client

    from content.core.faces.table import build_table
    from content.core.register import get_register
    from content.registers.bases import Base

    build_table(get_register("bases"))._meta.per_page = ROWS
    client = Client()
    pages = cycle(range(1, 1 + min(20, Base.objects.count() // ROWS)))
    filters = product(Base.Kind.values, (2, 3, 5, 7), "春夏秋冬")

    def any_page(view: str) -> Callable[[], None]:
        def ask() -> None:
            # A parameter that no page reads passes by the page cache.
            response = client.get(f"/bases/?page={next(pages)}&view={view}&not_cached=1")
            assert (response.status_code, response["X-Cache"]) == (200, "BYPASS")

        for _ in range(20):
            ask()
        return ask

    def other_filters() -> None:
        kind, days, season = next(filters)
        assert client.get("/bases/", {"kind": kind, "days": days, "seasons": season})["X-Cache"] == "MISS"

    def get(path: str, said: str) -> Callable[[], None]:
        def ask() -> None:
            response = client.get(path)
            assert (response.status_code, response["X-Cache"]) == (200, said), (path, response.status_code)

        client.get(path)
        return ask

    def counted() -> float:
        """Return the CPU milliseconds of the list alone, not of the saving before it."""
        base = Base.objects.order_by("?").first()
        base.kind = next(kind for kind in Base.Kind.values if kind != base.kind)
        base.save()  # commits, and so raises the versions
        before = time.process_time()
        response = client.get("/bases/")
        assert response["X-Cache"] == "MISS"
        return 1000 * (time.process_time() - before)

    etag = client.get("/bases/")["ETag"]
    return {
        "plain view, ms": milliseconds(get("/media/plain/", "BYPASS"), 200),
        "cached page, ms": milliseconds(get("/bases/", "HIT"), 200),
        "not modified, ms": milliseconds(lambda: client.get("/bases/", HTTP_IF_NONE_MATCH=etag), 200),
        "cards, uncached, ms": milliseconds(any_page("cards"), 20),
        "table, uncached, ms": milliseconds(any_page("table"), 20),
        "cards, other filters, ms": milliseconds(other_filters),
        "cards, counted, ms": statistics.median(counted() for _ in range(9)),
        "stock table, ms": milliseconds(get("/media/stock/", "BYPASS")),
        "API list, cached, ms": milliseconds(get("/api/v3/registers/bases/?limit=50", "HIT"), 200),
    }


if __name__ == "__main__":
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.PAGE_CACHE_SECONDS = 600
    django.setup()
    call_command("migrate", verbosity=0)
    add_views()
    fill(int(sys.argv[1]))
    print(json.dumps(run()))
