"""The PDF of a register of 2,000 bases in seven columns: CPU seconds and memory. Once, as it is slow."""

from __future__ import annotations

import argparse
import json
import resource
import sys
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))
from tests.bench._databases import QUICK, instance, run_on  # noqa: E402 (run as a file, too)

RUNS = "one run"
ROWS = 500 if QUICK else 2_000
COLUMNS = ("name", "division", "kind", "grade", "price", "capacity", "days")


def measure() -> dict[str, Any]:
    """Run in a process of its own, for its peak of memory (see `make bench`)."""
    return run_on("sqlite", "register_pdf.py")


def run() -> dict[str, float]:
    from content.core.register import get_register
    from content.registers.bases import Base
    from exports.bulletins import services
    from tests.bench.import_unions import Clock
    from tests.bench.public_pages import fill

    fill(ROWS)
    services.MOST_ROWS = ROWS  # people are offered fewer, as they wait for it
    register = get_register("bases")
    columns = [register.by_key[key] for key in COLUMNS]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    clock = Clock()
    pdf = services.render_register_pdf(register, Base.objects.order_by("pk").iterator(), columns)
    return {
        "rows": ROWS,
        "cpu_seconds": round(clock.lap(), 1),
        "more_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - before),
        "pdf_kb": len(pdf) // 1024,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--output", type=Path, default=Path("pdf.json"))
    options = parser.parse_args()
    with instance():
        options.output.write_text(json.dumps(run(), indent=2))


if __name__ == "__main__":
    main()
