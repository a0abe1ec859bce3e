"""Star ratings of three cycles, spread as in the published figures: 28.7 % at three stars or more, 3.7 % at four or five.

(6,726 and 869 of 23,423 participations since 2019.)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from .deck import Deck
from .unions import UnionTruth

YEARS = {2022: 280, 2023: 310, 2024: 350}
"""Cycle → how many stars were awarded in it."""

SHARES = {1: 0.33, 3: 0.25, 4: 0.028, 5: 0.009}
"""The rest has two stars."""
CUT_OFFS = {1: 40, 2: 60, 3: 75, 4: 88, 5: 94}
NOT_PASSED_A_YEAR = 4

REMARKS = ("", "", "", "", "首次申报", "互助计划结对单位", "材料已补正", "园区推荐", "现场核查时增补台账")
WHY_NOT = ("会员大会记录不全，限期整改", "未按期换届，下一年度再报", "自查表与现场情况不符", "活动台账缺少两个季度")


@dataclass
class RatingTruth:
    year: int
    union: UnionTruth
    applied: int
    previous: int | None
    self_score: float
    parts: tuple[float, float, float]
    """Scores for operation mechanism, performance of duties, innovation (of 40, 40 and 20)."""
    review_score: float
    first_reviewer: str
    final_reviewer: str
    reviewed_on: date
    inspected: bool
    stars: int | None
    """None: not passed."""
    notice_from: date | None
    notice_to: date | None
    valid_until: date | None
    certificate: str
    remark: str


def ratings(unions: list[UnionTruth], seed: int = 20190701) -> list[RatingTruth]:
    """Rate unions in three cycles and set each union's current stars from its latest award."""
    rng = Random(seed)
    made: list[RatingTruth] = []
    remarks, reasons = Deck(rng, REMARKS), Deck(rng, WHY_NOT)
    for year, count in YEARS.items():
        wanted = [stars for stars, share in SHARES.items() for _ in range(round(count * share))]
        wanted = sorted(wanted + [2] * (count - len(wanted)))
        # Whoever has stars tends to get at least as many again: the best places go to those rated best before.
        chosen = rng.sample(unions, count + NOT_PASSED_A_YEAR)
        failing, passing = chosen[:NOT_PASSED_A_YEAR], chosen[NOT_PASSED_A_YEAR:]
        passing.sort(key=lambda union: (union.stars or 0) + rng.random() * 1.6)
        made += [
            _rate(rng, year, u, stars, number, remarks.deal())
            for number, (u, stars) in enumerate(zip(passing, wanted, strict=True), 1)
        ]
        made += [_rate(rng, year, u, None, 0, reasons.deal()) for u in failing]
    return made


def deciding_body(union: UnionTruth, stars: int) -> str:
    """One star: the street or the federation above; two and three: the district; four and five: the city."""
    if stars >= 4:
        return "成都市总工会（示例）"
    if stars >= 2 or not union.parent:
        return f"{union.district}总工会（示例）"
    return union.parent


def _rate(rng: Random, year: int, union: UnionTruth, stars: int | None, number: int, remark: str) -> RatingTruth:
    applied = stars or min(5, (union.stars or 0) + 1)
    if stars and stars < 5 and rng.random() < 0.08:
        applied = stars + 1
    top = {1: 59, 2: 74, 3: 87, 4: 93, 5: 99}[stars or 1]
    score = round(rng.uniform(CUT_OFFS[stars], top), 1) if stars else round(rng.uniform(28, 39), 1)
    operation, duty = round(score * 0.4 + rng.uniform(-0.5, 0.5), 1), round(score * 0.4 + rng.uniform(-0.5, 0.5), 1)
    reviewed = date(year, 9, 1) + timedelta(days=rng.randrange(0, 75))
    notice = reviewed + timedelta(days=rng.randrange(5, 15))
    previous = union.stars
    if stars:
        union.stars = stars
        union.history[year] = stars
    return RatingTruth(
        year=year,
        union=union,
        applied=applied,
        previous=previous,
        self_score=round(min(100.0, score + rng.uniform(0, 5)), 1),
        parts=(operation, duty, round(score - operation - duty, 1)),
        review_score=score,
        first_reviewer=union.parent or f"{union.district}总工会（示例）",
        final_reviewer=deciding_body(union, stars or applied),
        reviewed_on=reviewed,
        inspected=bool(stars and stars >= 3) or rng.random() < 0.3,
        stars=stars,
        notice_from=notice if stars else None,
        notice_to=notice + timedelta(days=6) if stars else None,
        valid_until=date(year + 3, 12, 31) if stars else None,
        certificate=f"示例星〔{year}〕{number:04d}号" if stars else "",
        remark=remark,
    )
