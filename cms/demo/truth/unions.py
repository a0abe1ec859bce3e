"""Invented unions over Chengdu's 20 districts: street, park and industry federations, and the unions below them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from . import union_words as words
from .deck import Deck
from .invented import MARK, credit_code, landline, mobile, person
from .places import DIVISIONS

CITY = "成都市"


@dataclass
class UnionTruth:
    division: str
    district: str
    name: str
    credit_code: str
    kind: str
    organisation: str
    parent: str
    unit_name: str
    unit_code: str
    unit_nature: str
    industry: str
    founded_on: date
    founding_way: str
    approval_number: str
    term: str
    term_from: date
    term_to: date
    chair: str
    chair_phone: str
    contact: str
    contact_phone: str
    employees: int
    women_employees: int
    members: int
    women_members: int
    migrant_workers: int
    new_form_workers: int
    founding_form: str
    stars: int | None = None
    history: dict[int, int] = field(default_factory=dict)
    """Cycle → stars that the union was awarded in it."""


def districts() -> list[tuple[str, str]]:
    """Return (code, name) of Chengdu's districts and counties."""
    lines = DIVISIONS.read_text(encoding="utf-8").splitlines()[1:]
    pairs = [tuple(line.split(",")) for line in lines]
    return [(code, name) for code, name in pairs if code.startswith("5101") and not code.endswith("00")]


def unions(seed: int = 20190601) -> list[UnionTruth]:
    """Return all unions, each federation before those below it."""
    rng = Random(seed)
    maker = _Maker(rng)
    made: list[UnionTruth] = []
    for place, (code, district) in enumerate(districts()):
        streets = [maker.federation(code, district, "street") for _ in range(2)]
        park_or_trade = maker.federation(code, district, "park" if place % 2 else "industry")
        above = [*streets, park_or_trade]
        made += above
        if place % 5 == 0:
            group = maker.federation(code, district, "group")
            made.append(group)
            above.append(group)
        below = 31 if place < 7 else 26
        made += [maker.grassroots(code, district, rng.choice(above)) for _ in range(below)]
    assert len({union.name for union in made}) == len(made), "two unions of one name"
    assert len({union.credit_code for union in made}) == len(made), "two unions of one credit code"
    return made


class _Maker:
    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.house_names = Deck(rng, words.HOUSE_NAMES)
        self.trades = Deck(rng, list(words.TRADES))
        self.street_names, self.park_names = Deck(rng, words.STREETS), Deck(rng, words.PARKS)
        self.taken: set[str] = set()

    def federation(self, code: str, district: str, kind: str) -> UnionTruth:
        rng = self.rng
        if kind == "street":
            stem = f"{self.street_names.deal()}{'街道' if district.endswith('区') else '镇'}"
            name = f"{MARK}{district}{stem}工会联合会"
        elif kind == "park":
            stem = self.park_names.deal()
            name = f"{MARK}{district}{stem}工会联合会"
        elif kind == "industry":
            stem = rng.choice(words.INDUSTRIES)
            name = f"{MARK}{district}{stem}行业工会联合会"
        else:
            stem = f"{self.house_names.deal()}集团"
            name = f"{MARK}{stem}有限公司工会委员会"
        employees = rng.randrange(900, 6200, 7)
        return self._fill(
            code,
            district,
            name,
            kind,
            "",
            stem,
            "机关" if kind == "street" else "其他",
            "公共管理",
            employees,
            "separate",
        )

    def grassroots(self, code: str, district: str, above: UnionTruth) -> UnionTruth:
        rng = self.rng
        joint = rng.random() < 0.12
        trade = self.trades.deal()
        if joint:
            unit = self._fresh(
                lambda: f"{self.house_names.deal()}{rng.choice(('商圈', '楼宇', '市场', '社区企业', '物流站点'))}"
            )
            name, kind = f"{MARK}{district}{unit}联合工会", "joint"
            form = rng.choice(("joint", "joint", "fallback"))
        else:
            unit = self._fresh(
                lambda: f"{self.house_names.deal()}{rng.choice(words.TRADES[trade])}{rng.choice(words.COMPANY)}"
            )
            name, kind, form = (
                f"{MARK}{unit}{rng.choice(('工会', '工会委员会', '工会', '基层工会'))}",
                "grassroots",
                "separate",
            )
        employees = rng.choice(
            (rng.randrange(25, 90), rng.randrange(25, 240), rng.randrange(60, 900), rng.randrange(8, 25))
        )
        if employees < 25:
            form = "joint" if joint else rng.choice(("separate", "fallback"))
        nature = "其他" if joint else rng.choice(words.NATURES)
        return self._fill(code, district, name, kind, above.name, unit, nature, trade, employees, form)

    def _fresh(self, make: object) -> str:
        assert callable(make)
        while (name := str(make())) in self.taken:
            pass
        self.taken.add(name)
        return name

    def _fill(
        self,
        code: str,
        district: str,
        name: str,
        kind: str,
        parent: str,
        unit: str,
        nature: str,
        trade: str,
        employees: int,
        form: str,
    ) -> UnionTruth:
        rng = self.rng
        members = round(employees * rng.uniform(0.72, 1.0))
        share = rng.uniform(0.2, 0.7)
        founded = date(2004, 1, 1) + timedelta(days=rng.randrange(0, 6500))
        term_number = min(6, max(1, (2022 - founded.year) // 5 + 1))
        term_from = date(2019, 1, 1) + timedelta(days=rng.randrange(0, 1700))
        term_from = max(term_from, founded)
        return UnionTruth(
            division=code,
            district=district,
            name=name,
            credit_code=credit_code(rng, "81", code),
            kind=kind,
            organisation="工会联合会" if kind in ("street", "park", "industry") else "工会委员会",
            parent=parent,
            unit_name=f"{MARK}{unit}",
            unit_code=credit_code(rng, "91" if kind in ("grassroots", "group") else "12", code),
            unit_nature=nature,
            industry=trade,
            founded_on=founded,
            founding_way=rng.choice(("新建", "新建", "改选", "划转")),
            approval_number=f"示例工发〔{founded.year}〕{rng.randrange(1, 180)}号",
            term=f"第{'一二三四五六'[term_number - 1]}届",
            term_from=term_from,
            term_to=date(term_from.year + (3 if kind == "joint" else 5), term_from.month, min(term_from.day, 28)),
            chair=person(rng),
            chair_phone=mobile(rng),
            contact=person(rng),
            contact_phone=rng.choice((mobile(rng), landline(rng, CITY))),
            employees=employees,
            women_employees=round(employees * share),
            members=members,
            women_members=min(members, round(members * share)),
            migrant_workers=round(members * rng.uniform(0, 0.5)),
            new_form_workers=round(members * rng.uniform(0.3, 0.8))
            if trade in words.NEW_FORM_TRADES
            else rng.choice((0, 0, 0, 3)),
            founding_form=form,
        )
