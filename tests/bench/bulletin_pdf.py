"""The PDF of a bulletin of two pages, the first one in a process and those after it: CPU seconds, the median of five."""

from __future__ import annotations

import argparse
import datetime
import json
import statistics
import sys
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))
from tests.bench._databases import instance, run_on  # noqa: E402 (run as a file, too)

RUNS = "warm: median of 5; cold: one run"
REPEAT = 5
SENTENCE = "各级工会围绕重点工程组织职工开展劳动竞赛，比质量、比进度、比创新、比安全，推动工程建设又好又快。"


def measure() -> dict[str, Any]:
    """Run in a process of its own, so that the first one is cold (see `make bench`)."""
    return run_on("sqlite", "bulletin_pdf.py")


def bulletin() -> Any:
    from content.pages.models import BulletinPage, CompetitionIndexPage
    from content.pages.services import create_site_tree

    create_site_tree()
    body = [{"type": "heading", "value": {"text": "总体情况", "level": "h2"}}]
    body += [{"type": "paragraph", "value": f"<p>{SENTENCE * 5}</p>"}] * 2
    body += [{"type": "quote", "value": {"text": "竞赛是比出来的。", "attribution": "示例职工"}}]
    page = BulletinPage(
        title="示例系统引领性劳动竞赛推进会召开",
        slug="jian-bao",
        issue_number=3,
        total_number=12,
        issue_date=datetime.date(2026, 4, 15),
        compiled_by="示例市总工会",
        body=json.dumps(body),
    )
    CompetitionIndexPage.objects.get().add_child(instance=page)
    return BulletinPage.objects.get(pk=page.pk)


def run() -> dict[str, float]:
    from exports.bulletins.services import compile_bulletin
    from tests.bench.import_unions import Clock

    page, clock, warm = bulletin(), Clock(), []
    compiled = compile_bulletin(page)
    cold = clock.lap()
    for _turn in range(REPEAT):
        compile_bulletin(page)
        warm.append(clock.lap())
    return {"pages": compiled.pages, "cold_seconds": round(cold, 2), "warm_seconds": round(statistics.median(warm), 3)}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--output", type=Path, default=Path("bulletin.json"))
    options = parser.parse_args()
    with instance():
        options.output.write_text(json.dumps(run(), indent=2))


if __name__ == "__main__":
    main()
