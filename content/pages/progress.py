"""How far each labour competition has come: 申报 → 批准 → 启动 → 进行 → 总结 → 表彰."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise

from content.core.register import get_register
from content.registers.competitions import Competition

SHOWN = 60


@dataclass(frozen=True, slots=True)
class Step:
    label: str | Promise
    state: Literal["done", "now", "ahead"]


@dataclass(frozen=True, slots=True)
class Progress:
    competition: Competition
    steps: tuple[Step, ...]


def progress() -> list[Progress]:
    """Return the published competitions with their steps, those furthest on first; at most `SHOWN`."""
    order = list(Competition.Status)
    rows = get_register("competitions").public_rows().defer("search_text").order_by("pinyin", "pk")[:SHOWN]
    found = [progress_of(row) for row in rows]
    return sorted(found, key=lambda one: -order.index(Competition.Status(one.competition.status)))


def progress_of(competition: Competition) -> Progress:
    at = list(Competition.Status).index(Competition.Status(competition.status))
    steps = tuple(
        Step(status.label, "done" if number < at else "now" if number == at else "ahead")
        for number, status in enumerate(Competition.Status)
    )
    return Progress(competition, steps)
