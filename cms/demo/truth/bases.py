"""120 invented bases of the Suzhou alliance: 40 in Suzhou, 80 in the 31 other cities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from . import base_words as words
from .deck import Deck
from .invented import MARK, credit_code, landline, mobile, person
from .places import OTHERS, SUZHOU, City, District

KIND_WEIGHTS = {"homestay": 36, "rural": 26, "town": 20, "red": 16, "wellness": 22}
"""How many bases of each kind, 120 together."""

BATCHES = (("首批", date(2021, 5, 20)), ("第二批", date(2022, 6, 16)), ("第三批", date(2023, 4, 26)))
PRICES = {"homestay": (180, 360), "rural": (120, 260), "town": (200, 380), "red": (120, 220), "wellness": (260, 480)}
SEASONS = (
    ("春", "秋"),
    ("春", "夏", "秋"),
    ("春", "夏", "秋", "冬"),
    ("夏", "秋"),
    ("秋", "冬"),
    ("春",),
    ("春", "冬"),
)


@dataclass
class BaseTruth:
    city: City
    district: District
    name: str
    kind: str
    grade: str
    batch: str
    named_on: date
    valid_until: date
    credit_code: str
    address: str
    longitude: float
    latitude: float
    manager: str
    manager_phone: str
    booking_contact: str
    booking_phones: list[str]
    capacity: int
    beds: int
    dining_seats: int
    parking: int
    price: int
    price_to: int | None
    days: int
    seasons: tuple[str, ...]
    routes: str
    room_discount: str
    meal_discount: str
    nearby: str
    features: str
    transport: str
    honours: str
    introduction: str

    @property
    def division(self) -> str:
        return self.city.code(self.district)

    @property
    def price_includes(self) -> str:
        return words.INCLUDES[(self.beds + self.days + self.parking) % len(words.INCLUDES)]


def bases(seed: int = 20230412) -> list[BaseTruth]:
    """Return all bases, Suzhou's first. The same seed gives the same bases."""
    rng = Random(seed)
    kinds = [kind for kind, count in KIND_WEIGHTS.items() for _ in range(count)]
    rng.shuffle(kinds)
    poetic = Deck(rng, words.POETIC)
    maker = _Maker(rng)
    made: list[BaseTruth] = []
    for index, (city, district) in enumerate(_places()):
        made.append(maker.make(city, district, kinds[index], poetic.deal()))
    assert len({base.name for base in made}) == len(made), "two bases of one name"
    return made


def _places() -> list[tuple[City, District]]:
    """40 places in Suzhou's districts in turn, then two or three in each other city, 80 together."""
    suzhou = [(SUZHOU, SUZHOU.districts[n % len(SUZHOU.districts)]) for n in range(40)]
    others = [
        (city, city.districts[n % len(city.districts)])
        for place, city in enumerate(OTHERS)
        for n in range(3 if place < 80 - 2 * len(OTHERS) else 2)
    ]
    return suzhou + others


class _Maker:
    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.openings = {kind: Deck(rng, cards) for kind, cards in words.OPENINGS.items()}
        self.suffixes = {kind: Deck(rng, cards) for kind, cards in words.SUFFIXES.items()}
        self.features = {kind: Deck(rng, cards) for kind, cards in words.FEATURES.items()}
        self.middles, self.endings, self.floors = (Deck(rng, c) for c in (words.MIDDLES, words.ENDINGS, words.FLOORS))
        self.routes, self.transport = Deck(rng, words.ROUTES), Deck(rng, words.TRANSPORT)
        self.room, self.meal = Deck(rng, words.ROOM_DISCOUNTS), Deck(rng, words.MEAL_DISCOUNTS)
        self.honours, self.views = Deck(rng, words.HONOURS), Deck(rng, words.VIEWS)

    def make(self, city: City, district: District, kind: str, poetic: str) -> BaseTruth:
        rng = self.rng
        scene = rng.choice(district.landscape)
        short = f"{scene}{poetic}{self.suffixes[kind].deal()}"
        beds = rng.choice((24, 30, 36, 42, 48, 56, 60, 72, 80, 96, 110, 120, 150, 180, 220))
        if kind == "homestay":
            beds = rng.choice((16, 18, 20, 24, 26, 28, 32, 36, 40, 48))
        capacity = round(beds * rng.uniform(1.0, 1.6) / 10) * 10 or 20
        sights = rng.sample(city.sights, 3)
        filling = {
            "name": short, "place": scene, "scene": scene, "short": short, "rooms": beds // 2, "beds": beds, "capacity": capacity,
            "dish": rng.choice(city.dishes), "craft": rng.choice(city.crafts), "view": self.views.deal(), "floor": self.floors.deal(),
            "station": city.station, "minutes": rng.randrange(20, 95, 5), "km": rng.randrange(3, 18), "walk": rng.randrange(3, 15),
            "far": rng.randrange(12, 70), "sight1": sights[0], "sight2": sights[1], "sight3": sights[2],
        }  # fmt: skip
        low, high = PRICES[kind]
        price = rng.randrange(low, high, 10)
        batch, named = rng.choices(BATCHES, (3, 4, 5))[0]
        named += timedelta(days=rng.randrange(0, 20))
        features = self.features[kind]
        days, route = self.routes.deal()
        return BaseTruth(
            city=city,
            district=district,
            name=MARK + short,
            kind=kind,
            grade=rng.choices(("省级", "市级", "县级"), (2, 6, 3))[0],
            batch=batch,
            named_on=named,
            valid_until=date(named.year + 5, 12, 31),
            credit_code=credit_code(rng, rng.choice(("91", "91", "93", "52")), city.code(district)),
            address=f"{rng.choice(words.STREETS)}{rng.randrange(1, 399)}号",
            longitude=round(district.longitude + rng.uniform(-0.04, 0.04), 6),
            latitude=round(district.latitude + rng.uniform(-0.03, 0.03), 6),
            manager=person(rng),
            manager_phone=mobile(rng),
            booking_contact=f"{person(rng)[:4]}{rng.choice(('经理', '女士', '先生', '主任'))}",
            booking_phones=[landline(rng, city.name)] + ([mobile(rng)] if rng.random() < 0.3 else []),
            capacity=capacity,
            beds=beds,
            dining_seats=round(capacity * rng.uniform(0.8, 1.4) / 10) * 10 + 10,
            parking=rng.choice((8, 10, 12, 15, 20, 25, 30, 40, 60, 80, 120)),
            price=price,
            price_to=price + rng.choice((20, 30, 40, 60, 80)) if rng.random() < 0.6 else None,
            days=days,
            seasons=rng.choice(SEASONS),
            routes=route.format(**filling),
            room_discount=self.room.deal(),
            meal_discount=self.meal.deal(),
            nearby="、".join(sights),
            features="；".join(features.deal() for _ in range(2)).format(**filling),
            transport=self.transport.deal().format(**filling),
            honours=self.honours.deal(),
            introduction="".join(
                phrase.format(**filling)
                for phrase in (
                    self.openings[kind].deal(),
                    self.middles.deal(),
                    self.middles.deal(),
                    self.endings.deal(),
                )
            ),
        )
