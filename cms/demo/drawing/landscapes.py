"""Scenes outdoors. Each draws itself on a canvas in the light of a palette; the canvas's seed varies it."""

from __future__ import annotations

import math

from .canvas import WIDTH, Canvas, mix
from .palettes import Palette
from .things import SKIN, bamboo, boat, flag, house, lantern, person, pine, reeds, sky, tree


def lake(c: Canvas, p: Palette) -> None:
    """A lake before hills, with a sail and reeds."""
    shore = 560.0
    sky(c, p, shore, (c.rng.uniform(980, 1300), 230))
    c.ranges(p.far, p.near, 400, shore - 20, 4, 170, p.low)
    for _grove in range(26):
        tree(
            c, p, c.rng.uniform(0, 1600), shore + c.rng.uniform(-4, 3), c.rng.uniform(24, 52), mix(p.near, p.leaf, 0.5)
        )
    for index in range(c.rng.randrange(2, 5)):
        house(
            c,
            p,
            180 + index * c.rng.uniform(84, 120),
            shore + 1,
            c.rng.uniform(58, 88),
            c.rng.uniform(34, 50),
            gables=False,
        )
    c.reflect(shore, 340, p.water, 0.5)
    boat(c, p, c.rng.uniform(760, 980), 690, 92, sail=True)
    boat(c, p, c.rng.uniform(1180, 1380), 628, 40, sail=True)
    c.gradient(p.ink, p.ink, 780, None, (0, 70))
    reeds(c, p, -20, 560, c.height + 10, 200)
    reeds(c, p, 1300, 1640, c.height + 10, 150)


def terraces(c: Canvas, p: Palette) -> None:
    """Tea or rice on terraces, row upon row, with white farmhouses."""
    sky(c, p, 470, (c.rng.uniform(250, 1300), 190))
    c.ranges(p.far, p.near, 330, 440, 3, 190, p.low)
    tilt, bend = c.rng.uniform(-80, 80), c.rng.uniform(0, math.tau)
    rows = 17
    for row in range(rows):
        share = row / (rows - 1)
        y = 455 + (c.height - 400) * share**1.45

        def edge(x: float, y: float = y, share: float = share) -> float:
            wave = math.sin(x / 1600 * math.tau * (1.1 - share * 0.4) + bend) * (22 + 46 * share)
            return y + wave + tilt * (x / 1600 - 0.5) * (1 - share * 0.4)

        crest = [(x, edge(x)) for x in range(-8, WIDTH + 24, 16)]
        bank, top = mix(mix(p.near, p.leaf, share), p.ink, 0.18), mix(p.leaf, p.leaf_light, 0.25 + 0.6 * (row % 3) / 2)
        c.polygon([*crest, (WIDTH + 20, c.height), (-20, c.height)], mix(top, p.low, 0.45 * (1 - share)))
        thick = 7 + 22 * share
        c.polygon(
            [*((x, y + thick * 1.9) for x, y in crest), *((x, y + thick * 3.2) for x, y in reversed(crest))],
            mix(bank, p.low, 0.4 * (1 - share)),
            130,
        )
        for x in range(0, WIDTH + 20, max(10, round(10 + 22 * share))):
            c.ellipse(
                x + c.rng.uniform(-4, 4),
                edge(x) + 3,
                8 + 16 * share,
                thick * 0.75,
                mix(bank, p.low, 0.38 * (1 - share)),
            )
    for index in range(3):
        house(c, p, 1020 + index * 118, 560 + index * 22, 104, 62, gables=index != 1)
    tree(c, p, 1000, 566, 110)
    tree(c, p, 1395, 622, 130)
    for x, y in ((360, 700), (450, 726), (690, 640)):
        person(c, x, y, 84, mix(p.red, p.wall, 0.1) if x != 450 else mix(p.water, p.ink, 0.45), SKIN)
        c.polygon([(x - 24, y - 70), (x, y - 92), (x + 24, y - 70)], mix(p.gold, p.wall, 0.35))
        c.rectangle(x + 14, y - 44, x + 34, y - 26, p.wood, 255, 5)


def old_town(c: Canvas, p: Palette) -> None:
    """White houses along a canal, a stone bridge, lanterns."""
    sky(c, p, 420, (c.rng.uniform(300, 1250), 170), 50)
    c.ranges(p.far, mix(p.far, p.near, 0.5), 330, 390, 2, 110, p.low)
    quay = 600.0
    lit = 0.75 if sum(p.sky) < 330 else 0.3
    x = -40.0
    while x < 1640:
        width, height = c.rng.uniform(110, 200), c.rng.uniform(130, 215)
        house(c, p, x, quay - 60, width, height, lit=lit)
        x += width * c.rng.uniform(0.86, 1.06)
    x = -90.0
    while x < 1640:
        if 640 < x + 70 < 1060:
            x += 50
            continue
        width, height = c.rng.uniform(150, 235), c.rng.uniform(110, 165)
        house(c, p, x, quay, width, height, lit=lit, gables=c.rng.random() < 0.7)
        for side in (0.2, 0.8):
            lantern(c, p, x + width * side, quay - height * 0.62, 9)
        x += width * c.rng.uniform(1.0, 1.15)
    c.rectangle(0, quay - 4, 1600, quay + 26, mix(p.wall, p.near, 0.55))
    for step in range(46):
        c.line([(step * 36, quay + 4), (step * 36, quay + 26)], mix(p.wall, p.near, 0.75), 1.5)
    _bridge(c, p, 850, quay + 24, 330, 120)
    c.reflect(quay + 24, 300, p.water, 0.5)
    boat(c, p, c.rng.uniform(260, 520), 790, 118)
    for side in (-30, 1300):
        for _branch in range(24):
            fx = side + c.rng.uniform(0, 330)
            length = c.rng.uniform(70, 270)
            for part in range(12):
                y = part / 12 * length
                sway = math.sin(part / 3 + fx) * 5
                c.ellipse(fx + sway, y, 2.6, 9, mix(p.leaf, p.leaf_light, c.rng.random()), 200)


def _bridge(c: Canvas, p: Palette, x: float, y: float, half: float, rise: float) -> None:
    stone = mix(p.wall, p.near, 0.38)
    top = [(x - half + 2 * half * t / 40, y - math.sin(t / 40 * math.pi) ** 1.2 * rise - 16) for t in range(41)]
    c.polygon([*top, (x + half, y), (x - half, y)], stone)
    c.pen.pieslice(
        ((x - 112) * c.k, (y - 92) * c.k, (x + 112) * c.k, (y + 92) * c.k),
        180,
        360,
        fill=(*mix(p.water, p.ink, 0.3), 255),
    )
    c.pen.arc(
        ((x - 118) * c.k, (y - 98) * c.k, (x + 118) * c.k, (y + 98) * c.k),
        180,
        360,
        fill=(*mix(stone, p.ink, 0.3), 255),
        width=round(7 * c.k),
    )
    for t in range(2, 40, 3):
        px, py = top[t]
        c.rectangle(px - 4, py - 26, px + 4, py + 2, mix(stone, p.wall, 0.4), 255, 2)
    c.line([(px, py - 20) for px, py in top[2:39]], mix(stone, p.wall, 0.3), 6)


def courtyard(c: Canvas, p: Palette) -> None:
    """A homestay: a few white houses around a yard before hills, a tea table under a tree."""
    sky(c, p, 520, (c.rng.uniform(180, 1400), 200))
    c.ranges(p.far, p.near, 360, 500, 3, 210, p.low)
    ground = 650.0
    c.ridge(ground - 30, 34, mix(p.ground, p.leaf, 0.35))
    for _tree in range(12):
        tree(c, p, c.rng.uniform(-20, 1620), ground - c.rng.uniform(0, 16), c.rng.uniform(90, 170))
    lit = 0.8 if sum(p.sky) < 330 else 0.35
    left = c.rng.uniform(250, 420)
    house(c, p, left + 130, ground - 26, 420, 210, lit=lit)
    house(c, p, left - 60, ground + 18, 260, 150, lit=lit)
    house(c, p, left + 500, ground + 10, 300, 165, lit=lit, gables=c.rng.random() < 0.5)
    c.rectangle(left + 298, ground - 130, left + 378, ground - 20, p.wood, 255, 3)
    c.rectangle(left + 306, ground - 122, left + 370, ground - 20, mix(p.lamp, p.wood, 0.25 if lit > 0.5 else 0.7))
    lantern(c, p, left + 280, ground - 112, 12)
    lantern(c, p, left + 396, ground - 112, 12)
    c.gradient(mix(p.ground, p.wall, 0.45), mix(p.ground, p.leaf, 0.25), ground + 16)
    for stone in range(13):
        t = stone / 12
        c.ellipse(
            left + 338 + math.sin(t * 3.2) * 60 * t,
            ground + 22 + (c.height - ground) * t,
            30 + 64 * t,
            7 + 14 * t,
            mix(p.wall, p.ground, 0.2),
        )
    x = c.rng.uniform(1180, 1320)
    tree(c, p, x + 120, ground + 130, 360)
    c.rectangle(x - 70, ground + 84, x + 90, ground + 96, p.wood, 255, 4)
    for leg in (-56, 70):
        c.rectangle(x + leg, ground + 96, x + leg + 10, ground + 142, mix(p.wood, p.ink, 0.3))
    for cup in (-30, 6, 44):
        c.rectangle(x + cup, ground + 72, x + cup + 15, ground + 84, p.wall, 255, 4)
    for seat in (-130, 128):
        c.rectangle(x + seat - 26, ground + 110, x + seat + 26, ground + 144, mix(p.wood, p.gold, 0.25), 255, 6)
    reeds(c, p, -20, 300, c.height + 8, 120, p.leaf_light)


def monument(c: Canvas, p: Palette) -> None:
    """An invented memorial: a plain upright stone, steps, flags and pines."""
    sky(c, p, 560, (c.rng.uniform(300, 620), 240), 70)
    c.ranges(p.far, p.near, 400, 540, 4, 220, p.low)
    ground = 640.0
    c.ridge(ground - 10, 26, mix(p.leaf, p.near, 0.4))
    centre = c.rng.uniform(760, 900)
    for side in (-1, 1):
        for index in range(8):
            pine(c, p, centre + side * (250 + index * 84), ground + 10 + index * 7, 200 + c.rng.uniform(-30, 60))
    stone = mix(p.wall, p.low, 0.15)
    shade = mix(stone, p.near, 0.35)
    form = c.rng.randrange(3)
    top = ground - 430
    if form == 0:
        c.polygon([(centre - 46, ground), (centre - 34, top + 40), (centre, top), (centre, ground)], stone)
        c.polygon([(centre, ground), (centre, top), (centre + 34, top + 40), (centre + 46, ground)], shade)
    elif form == 1:
        for index in range(3):
            x, h = centre - 92 + index * 66, 330 + index * 60
            c.polygon(
                [(x, ground), (x, ground - h + 46), (x + 46, ground - h), (x + 46, ground)],
                mix(stone, shade, index % 2),
            )
            c.polygon(
                [(x + 46, ground), (x + 46, ground - h), (x + 58, ground - h + 22), (x + 58, ground)],
                mix(shade, p.ink, 0.15),
            )
    else:
        c.polygon(
            [(centre - 130, ground), (centre - 130, ground - 190), (centre + 60, ground - 380), (centre + 60, ground)],
            stone,
        )
        c.polygon(
            [(centre + 60, ground), (centre + 60, ground - 380), (centre + 120, ground - 300), (centre + 120, ground)],
            shade,
        )
    for index in range(4):
        c.rectangle(
            centre - 150 - index * 34,
            ground - 46 + index * 22,
            centre + 150 + index * 34,
            ground - 20 + index * 22,
            mix(stone, p.near, 0.08 * index),
        )
    c.rectangle(centre - 52, ground - 96, centre + 52, ground - 56, mix(stone, p.gold, 0.5), 255, 3)
    c.gradient(mix(p.wall, p.ground, 0.35), mix(p.ground, p.near, 0.25), ground + 60)
    for index in range(9):
        y = ground + 66 + index * index * 3.6
        half = 170 + index * 52
        c.polygon(
            [
                (centre - half, y),
                (centre + half, y),
                (centre + half + 22, y + 9 + index * 1.6),
                (centre - half - 22, y + 9 + index * 1.6),
            ],
            mix(mix(stone, p.ground, 0.25), p.near, 0.16 + 0.02 * index),
        )
    for side in (-1, 1):
        for index in range(3):
            flag(c, p, centre + side * (240 + index * 110) - 20, ground + 84 + index * 34, 230 + index * 34)
    for index in range(7):
        person(
            c,
            centre - 150 + index * 46 + c.rng.uniform(-8, 8),
            ground + 178 + (index % 2) * 12,
            96,
            mix(p.near, p.wall, 0.15 + 0.08 * (index % 4)),
            SKIN,
        )


def garden(c: Canvas, p: Palette) -> None:
    """A wellness garden: bamboo, a warm pool with steam, a pavilion, somebody doing morning exercises."""
    sky(c, p, 520, (c.rng.uniform(900, 1300), 190))
    c.ranges(p.far, p.near, 350, 500, 4, 190, p.low)
    ground = 600.0
    c.ridge(ground - 20, 40, mix(p.leaf_light, p.ground, 0.4))
    for _tree in range(9):
        tree(c, p, c.rng.uniform(500, 1620), ground - c.rng.uniform(0, 14), c.rng.uniform(90, 200))
    _pavilion(c, p, c.rng.uniform(1040, 1180), ground + 24, 300)
    c.gradient(mix(p.ground, p.leaf_light, 0.3), mix(p.ground, p.leaf, 0.4), ground + 20)
    pool_x, pool_y = c.rng.uniform(760, 900), ground + 150
    c.ellipse(pool_x, pool_y + 8, 430, 98, mix(p.wall, p.near, 0.4))
    c.ellipse(pool_x, pool_y, 410, 86, mix(p.water, p.wall, 0.15))
    c.ellipse(pool_x - 20, pool_y - 10, 330, 58, mix(p.water, (255, 255, 255), 0.4), 130)
    for angle in range(0, 360, 17):
        a = math.radians(angle + c.rng.uniform(-5, 5))
        size = c.rng.uniform(14, 34)
        c.ellipse(
            pool_x + math.cos(a) * 424,
            pool_y + math.sin(a) * 92,
            size * 1.3,
            size * 0.7,
            mix(p.near, p.wall, c.rng.uniform(0.25, 0.55)),
        )
    for puff in range(9):
        x = pool_x - 300 + puff * 72
        points = [(x + math.sin(t / 3 + puff) * 13, pool_y - 20 - t * 11) for t in range(14)]
        c.line(points, (255, 255, 255), 7, 48)
    for index in range(13):
        bamboo(
            c,
            p,
            -10 + index * 34 + c.rng.uniform(-10, 10),
            ground + 130 + c.rng.uniform(0, 160),
            c.rng.uniform(480, 680),
        )
    for index, x in enumerate((1330, 1420, 1510)):
        person(
            c,
            x,
            ground + 196 + index * 22,
            150,
            (mix(p.wall, p.gold, 0.2), p.red, mix(p.water, p.near, 0.5))[index],
            SKIN,
        )
    reeds(c, p, 420, 700, c.height + 6, 90, p.leaf_light)


def _pavilion(c: Canvas, p: Palette, x: float, y: float, size: float) -> None:
    for post in (-0.36, -0.13, 0.13, 0.36):
        c.rectangle(x + size * post - 6, y - size * 0.5, x + size * post + 6, y, mix(p.red, p.wood, 0.35))
    c.rectangle(x - size * 0.46, y - size * 0.06, x + size * 0.46, y + size * 0.03, mix(p.wall, p.near, 0.4))
    c.rectangle(x - size * 0.42, y - size * 0.2, x + size * 0.42, y - size * 0.17, p.wood)
    c.polygon(
        [
            (x - size * 0.62, y - size * 0.5),
            (x - size * 0.46, y - size * 0.56),
            (x - size * 0.14, y - size * 0.84),
            (x + size * 0.14, y - size * 0.84),
            (x + size * 0.46, y - size * 0.56),
            (x + size * 0.62, y - size * 0.5),
            (x + size * 0.44, y - size * 0.47),
            (x - size * 0.44, y - size * 0.47),
        ],
        p.roof,
    )
    c.polygon([(x - size * 0.05, y - size * 0.84), (x, y - size * 0.95), (x + size * 0.05, y - size * 0.84)], p.gold)


def fields(c: Canvas, p: Palette) -> None:
    """Paddy or rape fields that run to the horizon, a lane of poplars, a village."""
    horizon = 470.0
    sky(c, p, horizon, (c.rng.uniform(250, 1300), 210))
    c.ranges(p.far, p.near, 400, 460, 2, 90, p.low)
    c.gradient(p.leaf_light, p.leaf, horizon)
    vanish = c.rng.uniform(600, 1000)
    tints = (
        p.leaf_light,
        mix(p.gold, p.leaf_light, 0.3),
        p.leaf,
        mix(p.gold, p.sun, 0.4),
        mix(p.leaf, p.leaf_light, 0.5),
    )
    for strip in range(-13, 14):
        a, b = vanish + strip * 190, vanish + (strip + 0.94) * 190
        shade = tints[(strip * 7 + 3) % len(tints)]
        c.polygon(
            [
                (vanish + strip * 20, horizon + 8),
                (vanish + (strip + 0.94) * 20, horizon + 8),
                (b + (b - vanish) * 0.9, c.height),
                (a + (a - vanish) * 0.9, c.height),
            ],
            shade,
        )
        for furrow in range(1, 5):
            f = a + (b - a) * furrow / 5
            c.line(
                [(vanish + (strip + furrow / 5) * 20, horizon + 8), (f + (f - vanish) * 0.9, c.height)],
                mix(shade, p.ink, 0.16),
                2,
                150,
            )
    for side in range(11):
        x = 60 + side * 150 + c.rng.uniform(-30, 30)
        if abs(x - vanish) > 120:
            tree(c, p, x, horizon + 14, c.rng.uniform(50, 84))
    for index in range(4):
        house(c, p, vanish - 420 + index * 96, horizon + 26, 84, 50, gables=index % 2 == 0)
    _pavilion(c, p, 1330, 690, 230)
    for x, y in ((470, 720), (540, 742)):
        person(c, x, y, 112, p.red if x == 470 else mix(p.wall, p.water, 0.5), SKIN)
        c.polygon([(x - 30, y - 94), (x, y - 122), (x + 30, y - 94)], mix(p.gold, p.wall, 0.35))
    reeds(c, p, -10, 420, c.height + 8, 130, mix(p.gold, p.leaf, 0.4))
