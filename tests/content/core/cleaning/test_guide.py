"""The guide says how cells are understood; every example in it is tried."""

import re
from pathlib import Path

import pytest

from content.core import cleaning
from content.core.cleaning import Unclean

GUIDE = Path(__file__).parents[4] / "docs" / "guide-values.md"
CLEANERS = {"range": cleaning.range_of(cleaning.yuan)}


def examples():
    cleaner = ""
    for line in GUIDE.read_text(encoding="utf-8").splitlines():
        if heading := re.match(r"## .*（(\w+)）", line):
            cleaner = heading[1]
        elif line.startswith("## "):
            cleaner = ""
        elif cleaner and line.startswith("| `"):
            cells, outcome = line.split("|")[1:3]
            for cell in re.findall(r"`([^`]+)`", cells):
                yield cleaner, cell, outcome.strip()


def written(value):
    if isinstance(value, tuple):
        return "-".join(str(end) for end in value if end is not None)
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)


@pytest.mark.django_db
@pytest.mark.parametrize(("cleaner", "cell", "outcome"), list(examples()))
def test_an_example_of_the_guide(cleaner, cell, outcome):
    clean = CLEANERS.get(cleaner) or getattr(cleaning, cleaner)
    assert answer(clean, cell) == (outcome.startswith("拒绝"), re.findall(r"`([^`]+)`", outcome))


def answer(clean, cell):
    """Return whether the cell is refused, and what the guide writes in backticks: a value, or code and suggestion."""
    try:
        value = clean(cell).value
    except Unclean as refused:
        return True, [refused.code, *([] if refused.suggestion is None else [written(refused.suggestion)])]
    return False, [] if value is None else [written(value)]


def test_the_guide_has_examples_for_every_cleaner():
    assert {cleaner for cleaner, _cell, _outcome in examples()} == {
        "credit_code", "integer", "yuan", "range", "percent", "date", "phone", "stars", "boolean", "division", "name",
    }  # fmt: skip
