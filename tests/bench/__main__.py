"""`make bench`: every comparison of this folder in one run, against stock parts, and which goals are met; writes bench.json.

    make bench [QUICK=1]        or python -m tests.bench [NAME …]

A comparison is a file here with `measure() -> dict[str, float | int | str]` and `RUNS`, which says how often it
measures. Figures are CPU seconds or ratios of them; none of them is a timed test. SQLite and, where it matters, a
private PostgreSQL (.ci/postgres). The goals: goals.py. Exit 1 when a comparison breaks off; a missed goal is only said.
"""

import importlib
import json
import os
import sys
import time
import traceback
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench import goals
from tests.bench._databases import QUICK, postgres

NAMES = (
    "import_unions",
    "import_scale",
    "read_xlsx",
    "public_pages",
    "search_and_api",
    "register_pdf",
    "bulletin_pdf",
)
ON_BOTH = {"import_unions", "import_scale"}


def main(names: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    begun, figures = time.monotonic(), dict[str, dict[str, Any]]()
    names = names or list(NAMES)
    machine = {"begun": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC", "quick": QUICK, "cores": os.cpu_count()}
    print(f"{machine['begun']}, {machine['cores']} cores, load {_load()}", flush=True)
    if QUICK:
        print("QUICK: a fifth of the rows, single runs; the ratios that count are those of the whole", flush=True)
    with postgres() if ON_BOTH.intersection(names) else nullcontext():
        for name in names:
            figures[name] = _measured(name)
            result = {"machine": machine, "figures": figures, "goals": goals.judged(figures)}
            Path("bench.json").write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n")
    print(f"\n{goals.table(figures)}\nin {(time.monotonic() - begun) / 60:.1f} minutes; load at the end {_load()}")
    return int(any("broke_off" in found for found in figures.values()))


def _measured(name: str) -> dict[str, Any]:
    """Run one comparison and print its figures. One that breaks off leaves the others their turn."""
    comparison = importlib.import_module(f"tests.bench.{name}")
    print(f"\n{name} ({comparison.RUNS}) …", flush=True)
    begun = time.monotonic()
    try:
        found: dict[str, Any] = comparison.measure()
    except Exception as error:
        traceback.print_exc()
        found = {"broke_off": str(error)}
    for key, value in found.items():
        print(f"  {key:<60} {value:>14,.3f}" if isinstance(value, float) else f"  {key:<60} {value!s:>14}")
    print(f"  ({time.monotonic() - begun:.0f} s)", flush=True)
    return found


def _load() -> str:
    return " ".join(f"{load:.1f}" for load in os.getloadavg())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
