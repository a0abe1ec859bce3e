"""`make bench`: every comparison of this folder in one run, as ratios against stock parts; writes bench.json.

    make bench [QUICK=1]        or python -m tests.bench [NAME …]

A comparison is a file here with `measure() -> dict[str, float | int | str]`. Figures are CPU seconds, medians of
three runs or more; none of them is a timed test. SQLite and, where it matters, a private PostgreSQL (.ci/postgres).
"""

import importlib
import json
import os
import sys
import time
from contextlib import nullcontext
from pathlib import Path

from tests.bench._databases import postgres

HERE = Path(__file__).parent
ON_BOTH = {"import_unions", "import_scale"}


def main(names: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    names = names or sorted(file.stem for file in HERE.glob("[a-z]*.py"))
    results = {}
    with postgres() if ON_BOTH.intersection(names) else nullcontext():
        for name in names:
            print(f"{name} …", flush=True)
            begun = time.monotonic()
            results[name] = importlib.import_module(f"tests.bench.{name}").measure()
            for key, value in results[name].items():
                print(f"  {key:<60} {value:>14,.3f}" if isinstance(value, float) else f"  {key:<60} {value!s:>14}")
            print(f"  ({time.monotonic() - begun:.0f} s)", flush=True)
            Path("bench.json").write_text(json.dumps(results, ensure_ascii=False, indent=2) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
