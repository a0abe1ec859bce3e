"""What we want to reach, each goal once: which figure of which comparison, and its bound. `make bench` prints them met or not.

A ratio is against the stock part, or the limit, that the same run measured on the same data. What no comparison here
measures stands at the end with the reason, so that nobody takes it for met.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from tests.bench import register_pdf
from tests.bench.import_scale import LARGE, SMALL

Figures = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Goal:
    """figure: the comparison's file and the name of its figure. least, most: the bound, whichever it is; unit: of both."""

    work: str
    figure: tuple[str, str]
    least: float | None = None
    most: float | None = None
    unit: str = ""

    @property
    def wanted(self) -> str:
        sign, bound = ("≥", self.least) if self.least is not None else ("≤", self.most)
        return f"{sign} {bound:g}{self.unit}"

    def judge(self, figures: Figures) -> tuple[float | None, bool | None]:
        """Return what was measured, and whether the goal is met; None when it was not measured."""
        comparison, name = self.figure
        measured = figures.get(comparison, {}).get(name)
        if measured is None:
            return None, None
        return measured, measured >= self.least if self.least is not None else measured <= (self.most or 0)


def _both(work: str, comparison: str, name: str, **bounds: Any) -> Iterator[Goal]:
    for kind in ("sqlite", "postgresql"):
        yield Goal(f"{work}, {kind}", (comparison, f"{kind}.{name}"), **bounds)


ONCE = f"{LARGE // SMALL} times the rows"
GOALS = (
    Goal("import with indexes / stock, sqlite", ("import_unions", "sqlite.ratio_to_stock.import_with_indexes"), 25, unit="×"),
    Goal("import with indexes / stock, postgresql", ("import_unions", "postgresql.ratio_to_stock.import_with_indexes"), 60, unit="×"),
    Goal("the same with the server's own CPU on both sides, postgresql", ("import_unions", "postgresql.with_server.ratio_to_stock"), 60, unit="×"),
    Goal("import without indexes: times the CPU of executemany, sqlite", ("import_unions", "sqlite.times_the_limit.import"), most=5, unit="×"),
    Goal("the same: times COPY and merge with the server's CPU, postgresql", ("import_unions", "postgresql.times_the_limit.import"), most=3, unit="×"),
    *_both(f"import of {SMALL:,} rows, memory above base", "import_scale", f"{SMALL}.import_mb", most=60, unit=" MB"),
    *_both(f"import, more memory for {ONCE} (flat)", "import_scale", f"import_mb_more_for_{LARGE // SMALL}_times_the_rows", most=10, unit=" MB"),
    *_both("10,000 updates / inserts, rate with indexes", "import_unions", "update_to_insert_with_indexes", least=1, unit="×"),
    *_both("same file again / stock", "import_unions", "ratio_to_stock.again", least=60, unit="×"),
    *_both(f"first screen of a preview of {LARGE:,} rows", "import_scale", f"{LARGE}.first_screen_seconds", most=2, unit=" s"),
    *_both(f"XLSX export of {SMALL:,} rows / stock", "import_scale", f"{SMALL}.xlsx_ratio_to_stock", least=20, unit="×"),
    *_both("XLSX export: times the CPU of the bare Rust writer", "import_scale", f"{SMALL}.xlsx_times_the_bare_writer", most=2, unit="×"),
    *_both("XLSX export, memory above base", "import_scale", f"{SMALL}.xlsx_mb", most=20, unit=" MB"),
    Goal("list of 50 of 10,000, not cached / plain view", ("public_pages", "10,000 bases: cards, uncached / plain"), most=10, unit="×"),
    Goal("list, facets counted anew, 100,000 / 1,000 rows", ("public_pages", "cards, counted: 100,000 / 1,000"), most=1.5, unit="×"),
    Goal("list, not cached, 100,000 / 1,000 rows", ("public_pages", "cards, uncached: 100,000 / 1,000"), most=1.5, unit="×"),
    Goal("cached page / plain view", ("public_pages", "10,000 bases: cached page / plain"), most=1.6, unit="×"),
    Goal("Wagtail v3 list / register API list, 50 rows", ("search_and_api", "API list, Wagtail v3 / ours"), 8, unit="×"),
    Goal(f"PDF list of {register_pdf.ROWS:,} rows × 7 (3 × Typst's 1.9 s for 2,000)", ("register_pdf", "cpu_seconds"), most=5.7, unit=" s"),
    Goal(f"PDF list of {register_pdf.ROWS:,} rows × 7, memory above base", ("register_pdf", "more_mb"), most=300, unit=" MB"),
    Goal("PDF bulletin of 2 pages, warm", ("bulletin_pdf", "warm_seconds"), most=0.35, unit=" s"),
)  # fmt: skip
ELSEWHERE = {
    "cached page on Redis ≤ 4.5×": "no Redis server in this run",
    "Typst on the same rows": "not installed; its figure is from an earlier machine",
    "fresh clone to the first page ≤ 3 min, second start ≤ 5 s": "by hand",
    "one register: 1 file, migration, locale": "a test: tests/content/registers/every/test_startregister.py",
}


def judged(figures: Figures) -> list[dict[str, Any]]:
    """Return every goal with what was measured and whether it is met."""
    found = []
    for goal in GOALS:
        measured, met = goal.judge(figures)
        found.append(asdict(goal) | {"wanted": goal.wanted, "measured": measured, "met": met})
    return found


def table(figures: Figures) -> str:
    """Return the goals as a table to read, with a sum below."""
    rows = judged(figures)
    words = {True: "met", False: "MISSED", None: "not measured"}
    lines = [f"{'goal':<62} {'wanted':>10} {'measured':>12}"]
    for row in rows:
        measured = "–" if row["measured"] is None else f"{row['measured']:,.2f}{row['unit']}"
        lines.append(f"{row['work']:<62} {row['wanted']:>10} {measured:>12}  {words[row['met']]}")
    lines += [f"not measured here: {work} ({reason})" for work, reason in ELSEWHERE.items()]
    counts = [sum(row["met"] is met for row in rows) for met in words]
    return "\n".join([*lines, f"{counts[0]} goals met, {counts[1]} missed, {counts[2]} not measured in this run"])
