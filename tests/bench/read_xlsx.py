"""Reading an XLSX of unions: our limited subprocess against openpyxl, rows a CPU second, and what each adds in memory.

Medians of three; our side counts the subprocess, its start, and every row handed over.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))
from tests.bench._databases import QUICK, instance, run_on  # noqa: E402 (run as a file, too)

ROWS = 10_000 if QUICK else 50_000
STOCK_ROWS = 5_000
REPEAT = 3
RUNS = f"median of {REPEAT}"


def measure() -> dict[str, Any]:
    """Run in a process of its own (see `make bench`)."""
    return run_on("sqlite", "read_xlsx.py")


def seconds(work: Callable[[], int], rows: int) -> float:
    from tests.bench.import_unions import Clock

    spent = []
    for _turn in range(REPEAT):
        clock = Clock()
        if work() < rows:
            raise AssertionError
        spent.append(clock.lap())
    return statistics.median(spent)


def run(folder: Path) -> dict[str, float]:
    import openpyxl

    from exports.files import read_workbook
    from tests.bench.import_unions import write_workbook

    many, few = folder / "many.xlsx", folder / "few.xlsx"
    write_workbook(many, ROWS)
    write_workbook(few, STOCK_ROWS)

    def ours() -> int:
        return sum(1 for _row in read_workbook(many).sheets[0].rows)

    def stock() -> int:
        book = openpyxl.load_workbook(few, read_only=True)
        return sum(1 for _row in book.worksheets[0].iter_rows(values_only=True))

    rate, stock_rate = ROWS / seconds(ours, ROWS), STOCK_ROWS / seconds(stock, STOCK_ROWS)
    return {
        "rows_per_cpu_second": round(rate),
        "openpyxl_rows_per_cpu_second": round(stock_rate),
        "ratio_to_openpyxl": round(rate / stock_rate, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--output", type=Path, default=Path("read.json"))
    options = parser.parse_args()
    with instance() as folder:
        options.output.write_text(json.dumps(run(folder), indent=2))


if __name__ == "__main__":
    main()
