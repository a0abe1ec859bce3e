"""Lighthouse with Debian's Chromium: an emulated phone on a slow 4G line, as its authors set it, for every figure."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path

from .served import Page

PROGRAM = Path(__file__).parent / "node_modules" / "lighthouse" / "cli" / "index.js"
RUNS = 3
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
QUIET = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
MEASURED = ("home", "bases", "bases row", "news page")


@dataclass(frozen=True)
class Score:
    """One page: categories 0–100, paint times in ms, shift without unit, transfer in bytes (pictures apart)."""

    page: str
    categories: dict[str, int]
    first_paint: float
    largest_paint: float
    blocking: float
    shift: float
    bytes_all: int
    bytes_without_pictures: int
    below: list[str]
    """Audits that count and are not full."""


def measure(url: str, pages: list[Page], folder: Path) -> list[dict]:
    """Return the median run of each measured page; the full report of each is kept in the folder."""
    wanted = {page.name: page.path for page in pages if page.name in MEASURED}
    return [asdict(_median(name, url.replace("127.0.0.1", "localhost") + wanted[name], folder)) for name in MEASURED]


def _median(name: str, address: str, folder: Path) -> Score:
    scores = []
    for run in range(RUNS):
        stem = folder / f"{name.replace(' ', '-')}-{run + 1}"
        scores.append(_read(name, _run(address, stem)))
    return sorted(scores, key=lambda score: (sum(score.categories.values()), -score.largest_paint))[RUNS // 2]


def _run(address: str, stem: Path) -> dict:
    command = ["node", str(PROGRAM), address, "--quiet", "--locale=zh", f"--chrome-flags={QUIET}"]
    command += ["--output=json", "--output=html", f"--output-path={stem}"]
    environment = {**os.environ, "CHROME_PATH": "/usr/bin/chromium"}
    for last in (False, True):  # a busy machine may keep a page from painting in time; then once more
        done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True, timeout=180)
        if done.returncode == 0:
            break
        if last:
            raise RuntimeError(f"{address}: {done.stderr[-2000:]}")
    return json.loads(stem.with_name(f"{stem.name}.report.json").read_text())


def _read(name: str, found: dict) -> Score:
    audits = found["audits"]
    weighty = {ref["id"] for key in CATEGORIES for ref in found["categories"][key]["auditRefs"] if ref["weight"]}
    sent = {item["resourceType"]: item["transferSize"] for item in audits["resource-summary"]["details"]["items"]}
    return Score(
        page=name,
        categories={key: round(found["categories"][key]["score"] * 100) for key in CATEGORIES},
        first_paint=round(audits["first-contentful-paint"]["numericValue"]),
        largest_paint=round(audits["largest-contentful-paint"]["numericValue"]),
        blocking=round(audits["total-blocking-time"]["numericValue"]),
        shift=round(audits["cumulative-layout-shift"]["numericValue"], 4),
        bytes_all=sent["total"],
        bytes_without_pictures=sent["total"] - sent.get("image", 0),
        below=sorted(key for key in weighty if audits[key]["score"] is not None and audits[key]["score"] < 0.9),
    )
