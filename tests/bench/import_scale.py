"""What grows with the rows: memory of an import, the first screen of its preview, XLSX export against stock.

    make bench, or python tests/bench/import_scale.py [--rows 50000] [--output scale.json]

Each size runs in a process of its own, on a database of its own. Memory is the peak of that process above its size
when Django, the dictionary of pinyin and the divisions are loaded; the reader of the file is a process apart.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
SMALL, LARGE = 50_000, 200_000
STOCK_ROWS = 2_000
REPEAT = 3
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


def export_ours(folder: Path) -> tuple[float, float]:
    """Return the CPU seconds of an XLSX of all unions, and by how much it raised the peak of memory (MB)."""
    from content.core.register import get_register
    from exports.resources.services import export_rows
    from tests.bench.import_unions import Clock

    register, before, spent = get_register("unions"), peak_mb(), []
    for _turn in range(REPEAT):
        clock = Clock()
        rows = register.model._default_manager.all()
        export_rows(register=register, rows=rows, path=folder / "out.xlsx", format="xlsx", personal=True)
        spent.append(clock.lap())
    return statistics.median(spent), peak_mb() - before


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
    if rows <= SMALL:
        spent, memory = export_ours(folder)
        ours, stock = rows / spent, STOCK_ROWS / export_stock()
        found |= {
            "xlsx_rows_per_cpu_second": round(ours),
            "xlsx_stock_rows_per_cpu_second": round(stock),
            "xlsx_ratio_to_stock": round(ours / stock, 1),
            "xlsx_mb": round(memory),
        }
    return found


def measure() -> dict[str, float | int | str]:
    """Run both sizes, each in a process and on a database of its own, and return the figures (see `make bench`)."""
    flat: dict[str, float | int | str] = {}
    for rows in (SMALL, LARGE):
        with tempfile.TemporaryDirectory() as folder:
            output = Path(folder) / "scale.json"
            order = [sys.executable, __file__, "--rows", str(rows), "--output", str(output)]
            subprocess.run(order, check=True, stdout=subprocess.DEVNULL)
            flat |= {f"{rows}.{name}": figure for name, figure in json.loads(output.read_text()).items()}
    return flat


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--rows", type=int, default=SMALL)
    parser.add_argument("--output", type=Path, default=Path("scale.json"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="xinghui-bench-") as folder:
        os.environ["XINGHUI_VAR"] = folder
        os.environ.pop("DATABASE_URL", None)  # a database of its own: two sizes would find each other's rows
        os.environ["SECRET_KEY"] = "only-for-measuring-0123456789abcdefghijklmnop"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
        os.environ.setdefault("LOG_LEVEL", "ERROR")
        sys.path.insert(0, str(PROJECT))
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        result: dict[str, Any] = run(options.rows, Path(folder))
    options.output.write_text(json.dumps(result, indent=2))
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
