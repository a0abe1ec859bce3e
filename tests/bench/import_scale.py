"""What grows with the rows: memory of an import, the first screen of its preview, exports against stock and the bare writer.

    make bench, or python tests/bench/import_scale.py [--rows 50000] [--output scale.json]

Each size runs in a process of its own, on an empty SQLite or PostgreSQL database. Memory is the peak of that process
above its size when Django, the dictionary of pinyin and the divisions are loaded; the reader of the file is a process
apart. A million rows: IMPORT_MAX_UNPACKED_MB=4000 IMPORT_READER_MEMORY_MB=6000 … --rows 1000000.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import sys
import time
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))
from tests.bench._databases import QUICK, flat, instance, run_on  # noqa: E402 (run as a file, too)

SMALL, LARGE = (10_000, 40_000) if QUICK else (50_000, 200_000)
STOCK_ROWS = 2_000
REPEAT = 1 if QUICK else 3
RUNS = f"exports of {SMALL:,} rows and first screens: median of {REPEAT}; memory and {LARGE:,} rows: one run"
PLAIN_STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"  # nothing need be collected to be measured


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def first_screen(number: int) -> float:
    """Return the seconds until the page of a preview is there, as a person waits for it; the median of three."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.test.utils import override_settings
    from django.urls import reverse

    client = Client(HTTP_HOST="localhost")
    client.force_login(get_user_model().objects.create_superuser("bench", "bench@example.org", "not-a-real-one"))
    waited = []
    for _turn in range(REPEAT):
        begun = time.perf_counter()
        with override_settings(STORAGES=settings.STORAGES | {"staticfiles": {"BACKEND": PLAIN_STATIC}}):
            answer = client.get(reverse("imports:job", args=[number]))
        waited.append(time.perf_counter() - begun)
        if answer.status_code != 200:
            raise AssertionError(answer.status_code)
    return statistics.median(waited)


def export_ours(folder: Path, format: str, repeat: int = REPEAT) -> tuple[float, float]:
    """Return the CPU seconds of a file of all unions, and by how much it raised the peak of memory (MB)."""
    from content.core.register import get_register
    from exports.resources.services import export_rows
    from tests.bench.import_unions import Clock

    register, before, spent = get_register("unions"), peak_mb(), []
    for _turn in range(repeat):
        clock = Clock()
        rows = register.model._default_manager.all()
        export_rows(register=register, rows=rows, path=folder / f"out.{format}", format=format, personal=True)
        spent.append(clock.lap())
    return statistics.median(spent), peak_mb() - before


def export_bare(folder: Path) -> float:
    """Return the CPU seconds of the Rust writer alone for STOCK_ROWS unions: cells of our columns, as they are in memory."""
    from rustpy_xlsxwriter import FastExcel

    from content.core.register import get_register
    from exports.resources.columns import file_columns, rows_of
    from tests.bench.import_unions import Clock

    register = get_register("unions")
    columns = file_columns(register, personal=True)
    headers = [column.header for column in columns]
    few = register.model._default_manager.order_by("pk")[: STOCK_ROWS * 5]
    records = [dict(zip(headers, row, strict=True)) for row in rows_of(few, columns)]
    spent = []
    for _turn in range(REPEAT):
        clock = Clock()
        FastExcel(str(folder / "bare.xlsx"), output_format="xlsx").sheet("bare", iter(records)).save()
        spent.append(clock.lap() * STOCK_ROWS / len(records))
    return statistics.median(spent)


def export_stock() -> float:
    """Return the CPU seconds of a stock ModelResource for STOCK_ROWS unions, all fields; it does the same for each row."""
    from import_export import resources

    from content.registers.unions import Union
    from tests.bench.import_unions import Clock

    class Stock(resources.ModelResource):
        class Meta:
            model = Union

    spent = []
    for _turn in range(REPEAT):
        clock = Clock()
        rows = Union.objects.filter(pk__in=list(Union.objects.values_list("pk", flat=True)[:STOCK_ROWS]))
        _bytes = Stock().export(rows).xlsx
        spent.append(clock.lap())
    return statistics.median(spent)


def run(rows: int, folder: Path) -> dict[str, float | int]:
    from content.core import chinese, divisions
    from content.core.cleaning import division
    from content.core.register import get_register
    from exports.imports import services
    from tests.bench.import_unions import write_workbook

    path = folder / "unions.xlsx"
    write_workbook(path, rows)
    chinese.pinyin("示例")
    divisions.full_names()
    division("510104")
    base = peak_mb()
    with path.open("rb") as file:
        job = services.create_job(register=get_register("unions"), file=file, name=path.name)
    services.stage(job)
    found: dict[str, float | int] = {"base_mb": round(base), "check_mb": round(peak_mb() - base)}
    found["first_screen_seconds"] = round(first_screen(job.pk), 3)
    services.commit(job)
    if job.state != "committed":
        raise AssertionError(job.state)
    found["import_mb"] = round(peak_mb() - base)
    xlsx, memory = export_ours(folder, "xlsx", REPEAT if rows <= SMALL else 1)
    found |= {"xlsx_rows_per_cpu_second": round(rows / xlsx), "xlsx_mb": round(memory)}
    for format in ("csv", "json"):
        spent, memory = export_ours(folder, format, 1)
        found |= {f"{format}_rows_per_cpu_second": round(rows / spent), f"{format}_mb": round(memory)}
    if rows <= SMALL:
        stock, bare = STOCK_ROWS / export_stock(), STOCK_ROWS / export_bare(folder)
        found |= {
            "xlsx_stock_rows_per_cpu_second": round(stock),
            "xlsx_ratio_to_stock": round(rows / xlsx / stock, 1),
            "xlsx_bare_writer_rows_per_cpu_second": round(bare),
            "xlsx_times_the_bare_writer": round(bare / (rows / xlsx), 2),
        }
    return found


def measure() -> dict[str, float | int | str]:
    """Run both sizes on both databases, each in a process of its own, and return the figures (see `make bench`)."""
    found: dict[str, float | int | str] = {}
    for kind in ("sqlite", "postgresql"):
        sizes = {rows: run_on(kind, "import_scale.py", "--rows", str(rows)) for rows in (SMALL, LARGE)}
        for rows, figures in sizes.items():
            found |= flat(figures, f"{kind}.{rows}")
        found[f"{kind}.import_mb_more_for_{LARGE // SMALL}_times_the_rows"] = (
            sizes[LARGE]["import_mb"] - sizes[SMALL]["import_mb"]
        )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--rows", type=int, default=SMALL)
    parser.add_argument("--output", type=Path, default=Path("scale.json"))
    options = parser.parse_args()
    with instance() as folder:
        result: dict[str, Any] = run(options.rows, folder)
    options.output.write_text(json.dumps(result, indent=2))
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
