"""Scenes of streets and roads."""

from __future__ import annotations

from .canvas import Canvas, mix
from .palettes import Palette
from .things import SKIN, flag, person, sky, star, tree


def street(c: Canvas, p: Palette) -> None:
    """A city street with a union's notice board under five stars."""
    ground = 690.0
    sky(c, p, ground, (240, 210))
    for layer in range(3):
        colour = mix(p.far, p.near, 0.25 + 0.28 * layer)
        x = -30.0
        while x < 1620:
            w, h = c.rng.uniform(80, 170), c.rng.uniform(190, 470) * (1 - 0.16 * layer)
            c.rectangle(x, ground - h, x + w, ground, colour)
            for row in range(int(h // 34)):
                for column in range(int(w // 26)):
                    if c.rng.random() < 0.6:
                        glass = p.lamp if c.rng.random() < 0.16 else mix(colour, p.wall, 0.22)
                        c.rectangle(
                            x + 9 + column * 26,
                            ground - h + 14 + row * 34,
                            x + 23 + column * 26,
                            ground - h + 31 + row * 34,
                            glass,
                            220,
                        )
            x += w + c.rng.uniform(4, 34)
        c.gradient(p.low, p.low, ground - 200, ground, (0, 70))
    c.gradient(mix(p.wall, p.ground, 0.25), mix(p.wall, p.near, 0.3), ground)
    for index in range(7):
        tree(c, p, 60 + index * 265 + c.rng.uniform(-20, 20), ground + 34, 210)
    c.rectangle(600, 388, 1010, 700, p.wall, 255, 10)
    c.rectangle(600, 388, 1010, 466, p.red, 255, 10)
    c.rectangle(600, 446, 1010, 466, p.red)
    for index in range(5):
        star(c, 669 + index * 68, 427, 24, p.gold)
    for index in range(5):
        y = 492 + index * 36
        c.rectangle(630, y, 660, y + 20, mix(p.gold, p.wall, 0.4), 255, 4)
        c.rectangle(676, y + 3, 676 + c.rng.uniform(170, 300), y + 9, mix(p.near, p.wall, 0.5), 255, 3)
        c.rectangle(676, y + 14, 676 + c.rng.uniform(90, 220), y + 18, mix(p.near, p.wall, 0.72), 255, 2)
    for leg in (650, 944):
        c.rectangle(leg, 700, leg + 16, 800, mix(p.wood, p.ink, 0.3))
    for index, (x, coat) in enumerate(
        (
            (470, mix(p.water, p.near, 0.5)),
            (560, p.red),
            (1060, mix(p.wall, p.gold, 0.35)),
            (1150, mix(p.near, p.ink, 0.2)),
        )
    ):
        person(c, x, 858 + (index % 2) * 14, 240 + (index % 3) * 8, coat, SKIN, helmet=p.gold if index == 3 else None)


def road(c: Canvas, p: Palette) -> None:
    """A lorry on a mountain road at first light."""
    sky(c, p, 520, (1180, 320), 84)
    c.ranges(p.far, p.near, 350, 540, 4, 230, p.low)
    c.gradient(mix(p.ground, p.near, 0.3), mix(p.ground, p.ink, 0.35), 590)
    asphalt = mix(p.near, p.ink, 0.45)
    c.polygon([(0, 690), (1600, 610), (1600, 800), (0, 880)], asphalt)
    c.polygon([(0, 684), (1600, 604), (1600, 612), (0, 693)], mix(p.wall, p.near, 0.2))
    for dash in range(9):
        x = dash * 200.0 + 20
        y = 786 - x * 0.05
        c.polygon([(x, y), (x + 100, y - 5), (x + 100, y + 3), (x, y + 9)], (250, 240, 210), 230)
    for post in range(14):
        x = post * 124 + 10
        y = 690 - x * 0.05
        c.rectangle(x, y - 52, x + 9, y, p.wall)
        c.rectangle(x, y - 44, x + 9, y - 34, p.red)
    x, y = 420.0, 772.0
    c.ellipse(x + 260, y + 6, 400, 20, p.ink, 90)
    c.rectangle(x, y - 280, x + 430, y - 52, p.wall, 255, 8)
    c.rectangle(x, y - 150, x + 430, y - 118, p.red)
    c.rectangle(x, y - 110, x + 430, y - 104, p.gold)
    for rib in range(1, 9):
        c.line([(x + rib * 48, y - 276), (x + rib * 48, y - 56)], mix(p.wall, p.far, 0.45), 2)
    c.rectangle(x - 6, y - 56, x + 630, y - 36, mix(p.ink, p.near, 0.25))
    c.polygon(
        [
            (x + 446, y - 52),
            (x + 446, y - 232),
            (x + 556, y - 232),
            (x + 616, y - 132),
            (x + 636, y - 120),
            (x + 636, y - 44),
        ],
        p.red,
    )
    c.polygon(
        [(x + 492, y - 214), (x + 548, y - 214), (x + 596, y - 134), (x + 492, y - 134)], mix(p.low, p.water, 0.5)
    )
    person(c, x + 526, y - 134, 74, mix(p.water, p.ink, 0.5), SKIN, seated=True)
    c.rectangle(x + 612, y - 86, x + 634, y - 66, p.lamp, 255, 4)
    c.glow(x + 660, y - 74, 90, p.lamp, 110)
    for wheel in (80, 180, 330, 540):
        c.ellipse(x + wheel, y - 30, 44, 44, p.ink)
        c.ellipse(x + wheel, y - 30, 20, 20, mix(p.wall, p.far, 0.4))
    for index in range(5):
        tree(c, p, 1180 + index * 105 + c.rng.uniform(-20, 20), 880 + c.rng.uniform(0, 30), 170 + c.rng.uniform(0, 60))


def phone_quiz(c: Canvas, p: Palette) -> None:
    """A telephone with quiz cards and a shield, an open book, a quiet city behind."""
    sky(c, p, 900, (1250, 220), 90)
    c.ranges(p.far, p.near, 470, 640, 3, 170, p.low)
    x = -20.0
    while x < 1620:
        w, h = c.rng.uniform(50, 110), c.rng.uniform(60, 220)
        c.rectangle(x, 700 - h, x + w, 700, mix(p.near, p.ink, 0.15))
        for row in range(int(h // 26)):
            for column in range(int(w // 22)):
                if c.rng.random() < 0.4:
                    c.rectangle(
                        x + 7 + column * 22, 712 - h + row * 26, x + 16 + column * 22, 723 - h + row * 26, p.lamp, 200
                    )
        x += w + c.rng.uniform(4, 20)
    c.gradient(mix(p.ground, p.near, 0.25), mix(p.ground, p.ink, 0.3), 690)
    c.ellipse(800, 862, 420, 30, p.ink, 80)
    c.rectangle(610, 120, 990, 860, mix(p.ink, p.near, 0.15), 255, 44)
    c.rectangle(630, 150, 970, 830, p.wall, 255, 26)
    c.rectangle(630, 150, 970, 330, p.red, 255, 26)
    c.rectangle(630, 290, 970, 330, p.red)
    sx, sy = 800.0, 238.0
    shield = [
        (sx, sy - 62),
        (sx + 50, sy - 44),
        (sx + 46, sy + 14),
        (sx, sy + 66),
        (sx - 46, sy + 14),
        (sx - 50, sy - 44),
    ]
    c.polygon(shield, p.gold)
    star(c, sx, sy - 2, 32, p.red)
    c.rectangle(662, 360, 900, 376, mix(p.near, p.wall, 0.3), 255, 8)
    c.rectangle(662, 392, 820, 406, mix(p.near, p.wall, 0.6), 255, 7)
    for index in range(4):
        y = 436 + index * 88
        right = index == 2
        c.rectangle(
            658, y, 942, y + 66, mix(p.leaf_light, p.wall, 0.45) if right else mix(p.wall, p.far, 0.28), 255, 16
        )
        c.ellipse(692, y + 33, 15, 15, p.leaf if right else (255, 255, 255))
        c.rectangle(722, y + 26, 722 + (150, 190, 130, 170)[index], y + 40, mix(p.near, p.wall, 0.35), 255, 7)
        if right:
            c.line([(684, y + 33), (690, y + 40), (701, y + 25)], (255, 255, 255), 4)
    for side in (-1, 1):
        page = [(300, 760), (300 + side * 190, 716), (300 + side * 190, 836), (300, 884)]
        c.polygon([(a, b + 10) for a, b in page], p.red)
        c.polygon(page, p.wall)
        for line in range(4):
            c.line(
                [(300 + side * 24, 780 + line * 22), (300 + side * 166, 746 + line * 22)], mix(p.near, p.wall, 0.6), 3
            )
    flag(c, p, 1250, 850, 330)
    for index, (fx, coat) in enumerate(
        ((1130, mix(p.water, p.ink, 0.5)), (1370, mix(p.wall, p.gold, 0.3)), (1460, p.red))
    ):
        person(c, fx, 866 + index * 6, 210, coat, SKIN)
