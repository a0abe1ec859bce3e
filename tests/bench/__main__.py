"""`make bench`: every comparison of this folder in one run, as ratios against stock parts; writes bench.json.

A comparison is a file here with `measure() -> dict[str, float | int | str]`. Figures are CPU seconds, medians of
three runs or more; none of them is a timed test.
"""

import importlib
import json
import os
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(names: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    results = {}
    for name in names or sorted(file.stem for file in HERE.glob("[a-z]*.py")):
        print(f"{name} …", flush=True)
        results[name] = importlib.import_module(f"tests.bench.{name}").measure()
        for key, value in results[name].items():
            print(f"  {key:<48} {value:>14,.3f}" if isinstance(value, float) else f"  {key:<48} {value!s:>14}")
    Path("bench.json").write_text(json.dumps(results, ensure_ascii=False, indent=2) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
