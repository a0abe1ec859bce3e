"""Scenes of work: energy and industry, streets, roads, halls and desks."""

from __future__ import annotations

import math

from .canvas import Canvas, Colour, mix
from .palettes import Palette
from .things import flag, person, pylon, sky, star, tree, turbine

SKIN = (222, 178, 146)


def factory(c: Canvas, p: Palette) -> None:
    """A chemical works at the water: columns, tanks, pipes; three workers look at it."""
    ground = 620.0
    sky(c, p, ground, (1240, 240), 74)
    c.ranges(p.far, mix(p.far, p.near, 0.5), 480, 560, 2, 110, p.low)
    far, near = mix(p.far, p.near, 0.55), mix(p.near, p.ink, 0.35)
    for layer, colour in ((0, far), (1, near)):
        x = 60.0 + 40 * layer
        while x < 1540:
            kind = c.rng.randrange(4)
            h = c.rng.uniform(130, 330) * (0.75 + 0.4 * layer)
            if kind == 0:
                w = c.rng.uniform(26, 42)
                c.rectangle(x, ground - h * 1.25, x + w, ground, colour, 255, w / 2)
                for floor in range(5):
                    y = ground - h * 1.2 * (floor + 0.6) / 5
                    c.rectangle(x - 9, y, x + w + 9, y + 5, mix(colour, p.low, 0.25))
                    c.rectangle(x - 9, y - 12, x - 6, y, mix(colour, p.low, 0.25))
                c.ellipse(x + w / 2, ground - h * 1.25 - 10, 4, 4, p.red)
                x += w + c.rng.uniform(30, 60)
            elif kind == 1:
                r = c.rng.uniform(46, 70)
                c.ellipse(x + r, ground - r - 26, r, r, mix(colour, p.wall, 0.3))
                c.ellipse(x + r * 0.8, ground - r * 1.2 - 26, r * 0.55, r * 0.5, mix(colour, p.wall, 0.5), 120)
                for leg in (0.35, 1.0, 1.65):
                    c.rectangle(x + r * leg - 3, ground - r * 0.8, x + r * leg + 3, ground, colour)
                x += r * 2 + c.rng.uniform(20, 40)
            elif kind == 2:
                w = c.rng.uniform(120, 180)
                c.rectangle(x, ground - h * 0.5, x + w, ground, mix(colour, p.wall, 0.18), 255, 6)
                for band in range(1, 4):
                    c.rectangle(
                        x, ground - h * 0.5 * band / 4, x + w, ground - h * 0.5 * band / 4 + 3, mix(colour, p.ink, 0.2)
                    )
                x += w + c.rng.uniform(20, 50)
            else:
                c.polygon(
                    [(x, ground), (x + 10, ground - h * 1.5), (x + 34, ground - h * 1.5), (x + 44, ground)], colour
                )
                for ring in (0.1, 0.3):
                    c.rectangle(x + 8, ground - h * (1.5 - ring), x + 36, ground - h * (1.5 - ring) + 12, p.red)
                for puff in range(5):
                    c.ellipse(
                        x + 30 + puff * 26,
                        ground - h * 1.5 - 18 - puff * 15,
                        20 + puff * 8,
                        13 + puff * 5,
                        (255, 255, 255),
                        70,
                    )
                x += 70 + c.rng.uniform(10, 40)
        for pipe in range(3):
            y = ground - 60 - pipe * 22 - layer * 8
            c.rectangle(0, y, 1600, y + 7, mix(colour, p.wall, 0.12), 230)
    for lamp in range(60):
        x, y = c.rng.uniform(40, 1560), ground - c.rng.uniform(30, 260)
        c.ellipse(x, y, 3, 3, p.lamp, 220 if lamp % 3 else 120)
    c.reflect(ground, 150, p.water, 0.45)
    c.gradient(mix(p.near, p.ink, 0.5), mix(p.near, p.ink, 0.75), 745)
    c.rectangle(0, 728, 1600, 746, mix(p.wall, p.near, 0.5))
    _crew(c, p, (360, 470, 590), 886, 250)


def _crew(c: Canvas, p: Palette, places: tuple[float, ...], y: float, height: float) -> None:
    coats: tuple[Colour, ...] = (mix(p.water, p.ink, 0.62), mix((220, 110, 40), p.ink, 0.12), mix(p.near, p.ink, 0.3))
    helmets: tuple[Colour, ...] = (p.gold, (244, 240, 232), p.red)
    for index, x in enumerate(places):
        person(c, x, y, height * (1 - 0.03 * (index % 2)), coats[index % 3], SKIN, helmet=helmets[index % 3])
        for stripe in (0.56, 0.62):
            c.rectangle(
                x - height * 0.125,
                y - height * stripe,
                x + height * 0.125,
                y - height * stripe + height * 0.018,
                (245, 240, 200),
                220,
            )


def dam(c: Canvas, p: Palette) -> None:
    """A hydropower dam in a gorge, with pylons on the ridge."""
    sky(c, p, 480, (420, 200))
    c.ranges(p.far, p.near, 300, 450, 3, 260, p.low)
    for index, foot in enumerate((980, 1180, 1400)):
        pylon(c, foot, 420 + index * 26, 210 + index * 30, mix(p.near, p.ink, 0.3))
    for wire in range(3):
        c.line(
            [
                (at, 250 + wire * 18 + math.sin((at - 700) / 220 * math.pi) * 9 + (at - 900) * 0.02)
                for at in range(700, 1640, 20)
            ],
            mix(p.near, p.ink, 0.3),
            1.4,
            190,
        )
    c.polygon([(0, 300), (150, 380), (330, 520), (420, 900), (0, 900)], mix(p.near, p.ink, 0.16))
    c.polygon([(1600, 330), (1440, 400), (1290, 540), (1200, 900), (1600, 900)], mix(p.near, p.ink, 0.24))
    concrete = mix(p.wall, p.far, 0.35)
    c.polygon([(250, 452), (1370, 452), (1250, 800), (360, 800)], concrete)
    c.gradient(p.ink, p.ink, 452, 800, (0, 0))
    for block in range(1, 13):
        x = 250 + block * 1120 / 13
        base = 360 + block * 890 / 13
        c.line([(x, 452), (base, 800)], mix(concrete, p.ink, 0.2), 2)
    for level in (540, 630, 720):
        c.line(
            [(250 + (level - 452) * 0.32, level), (1370 - (level - 452) * 0.34, level)], mix(concrete, p.ink, 0.12), 2
        )
    c.rectangle(230, 436, 1390, 458, mix(concrete, p.wall, 0.5), 255, 3)
    for gate in range(5):
        x = 560.0 + gate * 104
        c.rectangle(x, 458, x + 62, 520, mix(p.near, p.ink, 0.4), 255, 4)
        c.polygon(
            [(x + 4, 520), (x + 58, 520), (x + 84 + (gate - 2) * 8, 806), (x - 22 + (gate - 2) * 8, 806)],
            (255, 255, 255),
            205,
        )
        for _streak in range(9):
            sx = x + c.rng.uniform(2, 58)
            c.line([(sx, 522), (sx + (gate - 2) * 5 + c.rng.uniform(-22, 22), 800)], p.water, 3, 150)
    c.gradient(mix(p.water, p.near, 0.3), mix(p.water, p.near, 0.65), 796)
    for _foam in range(130):
        x, y = c.rng.gauss(800, 230), 800 + abs(c.rng.gauss(0, 26))
        c.ellipse(x, y, c.rng.uniform(14, 46), c.rng.uniform(6, 16), (255, 255, 255), 90)
    for crane in (330, 1230):
        c.rectangle(crane, 300, crane + 9, 440, p.red)
        c.rectangle(crane - 60, 300, crane + 150, 308, p.red)
        c.line([(crane + 130, 308), (crane + 130, 380)], p.ink, 2)


def offshore(c: Canvas, p: Palette) -> None:
    """Turbines at sea and a service ship."""
    horizon = 560.0
    sky(c, p, horizon, (380, 300), 80)
    pale = mix(p.wall, p.low, 0.2)
    for index in range(8):
        turbine(
            c,
            150 + index * 200 + c.rng.uniform(-40, 40),
            horizon + 2,
            150 + c.rng.uniform(-14, 22),
            mix(pale, p.far, 0.35),
            c.rng.uniform(0, 2),
        )
    c.reflect(horizon, 345, p.water, 0.4)
    for index, (x, y, h) in enumerate(((1180.0, 690.0, 470.0), (820.0, 630.0, 330.0), (1460.0, 610.0, 290.0))):
        c.rectangle(x - h * 0.03, y - 26, x + h * 0.03, y + 8, p.gold, 255, 2)
        turbine(c, x, y - 20, h, pale, 0.4 + index)
        c.ellipse(x, y + 8, h * 0.1, 7, (255, 255, 255), 90)
    c.polygon([(250, 730), (700, 730), (662, 800), (300, 800)], p.red)
    c.rectangle(250, 716, 700, 732, p.wall)
    c.rectangle(300, 640, 430, 716, p.wall, 255, 4)
    c.rectangle(318, 600, 410, 642, p.wall, 255, 4)
    for pane in range(4):
        c.rectangle(324 + pane * 22, 612, 340 + pane * 22, 628, mix(p.near, p.ink, 0.3))
    c.line([(540, 716), (540, 560), (650, 610)], p.gold, 8)
    c.line([(650, 610), (650, 690)], p.ink, 2)
    for _wave in range(70):
        x, y = c.rng.uniform(-40, 1600), c.rng.uniform(770, c.height)
        c.rectangle(x, y, x + c.rng.uniform(40, 200), y + 3, (255, 255, 255), c.rng.randrange(20, 70), 2)


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


def clinic(c: Canvas, p: Palette) -> None:
    """A service counter: a worker hands in papers, a light heart-shaped sign above."""
    _room(c, p)
    c.rectangle(520, 150, 1080, 270, p.red, 255, 14)
    x, y, size = 610.0, 206.0, 30.0
    heart = [
        (
            x + 16 * math.sin(t / 20 * math.pi) ** 3 * size / 16,
            y
            - (
                13 * math.cos(t / 20 * math.pi)
                - 5 * math.cos(t / 10 * math.pi)
                - 2 * math.cos(3 * t / 20 * math.pi)
                - math.cos(t / 5 * math.pi)
            )
            * size
            / 16,
        )
        for t in range(41)
    ]
    c.polygon(heart, p.gold)
    for index, width in enumerate((330, 240)):
        c.rectangle(690, 184 + index * 32, 690 + width, 196 + index * 32, (255, 246, 226), 235, 5)
    for index, (px, coat) in enumerate(((620, mix(p.water, p.near, 0.4)), (980, mix(p.wall, p.water, 0.45)))):
        person(c, px, 640, 250, coat, SKIN, seated=True)
        c.rectangle(px + 60, 520, px + 170, 590, mix(p.near, p.ink, 0.4), 255, 6)
        c.rectangle(px + 66, 526, px + 164, 582, mix(p.water, p.wall, 0.55 + index * 0.1), 255, 3)
    c.rectangle(380, 590, 1220, 620, mix(p.wood, p.gold, 0.35), 255, 4)
    c.rectangle(400, 620, 1200, 800, mix(p.wall, p.wood, 0.22))
    for panel in range(4):
        c.rectangle(420 + panel * 196, 640, 596 + panel * 196, 782, mix(p.wall, p.wood, 0.12), 255, 6)
    c.polygon([(700, 572), (800, 560), (812, 592), (708, 602)], (255, 253, 246))
    for line in range(3):
        c.line([(716, 578 + line * 7), (790, 570 + line * 7)], mix(p.near, p.wall, 0.5), 2)
    person(c, 800, 872, 330, mix((216, 112, 48), p.wood, 0.1), SKIN)
    person(c, 1160, 880, 320, mix(p.near, p.ink, 0.2), SKIN, helmet=p.gold)
    for seat in range(3):
        c.rectangle(70 + seat * 96, 720, 150 + seat * 96, 738, mix(p.water, p.near, 0.5), 255, 6)
        c.rectangle(70 + seat * 96, 640, 150 + seat * 96, 700, mix(p.water, p.near, 0.5), 255, 8)
        c.rectangle(104 + seat * 96, 738, 114 + seat * 96, 800, mix(p.near, p.ink, 0.3))


def _room(c: Canvas, p: Palette) -> None:
    """Walls, a floor, windows on the hills and plants."""
    c.gradient(mix(p.wall, p.low, 0.3), mix(p.wall, p.gold, 0.12), 0, 700)
    c.gradient(mix(p.wood, p.wall, 0.55), mix(p.wood, p.wall, 0.3), 700)
    for board in range(9):
        c.line([(800 + (board - 4) * 120, 700), (800 + (board - 4) * 330, c.height)], mix(p.wood, p.wall, 0.25), 2, 120)
    for wx in (70, 1250):
        c.rectangle(wx - 10, 150, wx + 290, 520, mix(p.wood, p.wall, 0.5), 255, 6)
        c.gradient(p.sky, p.low, 160, 160)
        c.rectangle(wx, 160, wx + 280, 510, p.low)
        c.rectangle(wx, 160, wx + 280, 300, mix(p.sky, p.low, 0.35))
        c.polygon(
            [
                (wx, 510),
                (wx, 400),
                *((wx + t * 28, 390 - 46 * math.sin(t / 3 + wx)) for t in range(11)),
                (wx + 280, 510),
            ],
            mix(p.far, p.near, 0.35),
        )
        c.polygon(
            [
                (wx, 510),
                (wx, 460),
                *((wx + t * 28, 450 - 26 * math.sin(t / 2 + wx)) for t in range(11)),
                (wx + 280, 510),
            ],
            p.near,
        )
        c.rectangle(wx + 136, 160, wx + 144, 510, mix(p.wood, p.wall, 0.5))
        c.rectangle(wx, 330, wx + 280, 337, mix(p.wood, p.wall, 0.5))
    for px in (30, 1540):
        c.rectangle(px - 30, 720, px + 30, 800, mix(p.red, p.wood, 0.4), 255, 8)
        for leaf in range(11):
            a = math.pi * (0.12 + 0.76 * leaf / 10)
            tip = (px + math.cos(a) * 130, 720 - math.sin(a) * 190)
            c.polygon(
                [
                    (px - 4, 720),
                    ((px + tip[0]) / 2 - 16, (720 + tip[1]) / 2),
                    tip,
                    ((px + tip[0]) / 2 + 16, (720 + tip[1]) / 2 + 8),
                ],
                mix(p.leaf, p.leaf_light, (leaf % 3) / 3),
            )


def lecture(c: Canvas, p: Palette) -> None:
    """A lecturer before a screen with a shield, and listeners seen from behind."""
    _room(c, p)
    c.rectangle(430, 110, 1170, 520, mix(p.wood, p.ink, 0.35), 255, 8)
    c.gradient(p.red, mix(p.red, p.ink, 0.25), 122, 122)
    c.rectangle(442, 122, 1158, 508, mix(p.red, p.ink, 0.06))
    x, y = 800.0, 300.0
    shield = [
        (x, y - 130),
        (x + 104, y - 92),
        (x + 98, y + 30),
        (x + 60, y + 96),
        (x, y + 140),
        (x - 60, y + 96),
        (x - 98, y + 30),
        (x - 104, y - 92),
    ]
    c.polygon(shield, p.gold)
    c.polygon([(x + (a - x) * 0.86, y + (b - y) * 0.86) for a, b in shield], mix(p.red, p.ink, 0.15))
    star(c, x, y - 6, 66, p.gold)
    for index in range(4):
        c.rectangle(484, 210 + index * 44, 484 + (150, 110, 140, 90)[index], 222 + index * 44, (255, 236, 214), 190, 5)
        c.rectangle(970, 210 + index * 44, 970 + (120, 150, 100, 130)[index], 222 + index * 44, (255, 236, 214), 190, 5)
    person(c, 1200, 700, 300, mix(p.water, p.ink, 0.62), SKIN)
    c.polygon([(1120, 560), (1280, 560), (1264, 720), (1136, 720)], mix(p.wood, p.gold, 0.25))
    c.rectangle(1108, 548, 1292, 566, mix(p.wood, p.ink, 0.25), 255, 4)
    coats = (
        mix(p.near, p.ink, 0.2),
        mix(p.wall, p.wood, 0.4),
        mix(p.water, p.near, 0.55),
        mix(p.red, p.ink, 0.25),
        mix(p.gold, p.wood, 0.4),
    )
    for row in range(3):
        y = 770 + row * 72
        scale = 1 + row * 0.22
        for seat in range(11 - row):
            x = 60 + seat * 150 * scale + (row % 2) * 60 + c.rng.uniform(-8, 8)
            coat = coats[c.rng.randrange(5)]
            c.rectangle(x - 46 * scale, y, x + 46 * scale, y + 150, coat, 255, 30 * scale)
            c.ellipse(x, y - 26 * scale, 26 * scale, 30 * scale, (44, 38, 38))
            if c.rng.random() < 0.3:
                c.ellipse(x, y - 42 * scale, 15 * scale, 13 * scale, (44, 38, 38))


def counsel(c: Canvas, p: Palette) -> None:
    """A lawyer and a worker at a desk, a screen with a second lawyer on it, scales."""
    _room(c, p)
    c.rectangle(470, 160, 820, 400, mix(p.near, p.ink, 0.5), 255, 12)
    c.rectangle(482, 172, 808, 388, mix(p.water, p.wall, 0.35), 255, 6)
    person(c, 645, 388, 190, mix(p.near, p.ink, 0.3), SKIN, seated=True)
    c.rectangle(500, 188, 560, 206, p.red, 255, 9)
    for index in range(3):
        c.rectangle(720, 196 + index * 24, 720 + (70, 50, 60)[index], 208 + index * 24, (255, 255, 255), 190, 6)
    x, y = 1010.0, 220.0
    c.rectangle(x - 5, y, x + 5, y + 200, p.gold)
    c.rectangle(x - 50, y + 196, x + 50, y + 210, p.gold, 255, 5)
    c.line([(x - 110, y + 22), (x + 110, y + 22)], p.gold, 8)
    c.ellipse(x, y, 13, 13, p.gold)
    for side in (-104, 104):
        c.line([(x + side, y + 22), (x + side - 44, y + 112)], p.gold, 2.4)
        c.line([(x + side, y + 22), (x + side + 44, y + 112)], p.gold, 2.4)
        c.pen.pieslice(
            ((x + side - 52) * c.k, (y + 84) * c.k, (x + side + 52) * c.k, (y + 144) * c.k), 0, 180, fill=(*p.gold, 255)
        )
    person(c, 560, 740, 340, mix(p.near, p.ink, 0.45), SKIN, seated=True)
    c.polygon([(546, 520), (574, 520), (566, 600), (560, 612), (554, 600)], p.red)
    person(c, 1080, 740, 330, mix((216, 112, 48), p.wood, 0.15), SKIN, seated=True)
    c.rectangle(360, 690, 1290, 724, mix(p.wood, p.gold, 0.3), 255, 6)
    c.rectangle(400, 724, 1250, 870, mix(p.wood, p.ink, 0.15))
    c.polygon([(700, 690), (716, 612), (852, 612), (868, 690)], mix(p.wall, p.far, 0.5))
    c.polygon([(910, 688), (1000, 672), (1016, 690), (924, 704)], (255, 253, 246))
    c.rectangle(640, 664, 668, 690, p.wall, 255, 5)
    for book in range(5):
        c.rectangle(
            1180 - book * 3,
            676 - book * 17,
            1270 - book * 5,
            690 - book * 17,
            (p.red, p.water, p.gold, p.near, p.red)[book],
            255,
            3,
        )


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


def workshop(c: Canvas, p: Palette) -> None:
    """A lathe, a master and two apprentices, small plates of merit on the wall."""
    _room(c, p)
    c.rectangle(440, 130, 1160, 330, mix(p.wood, p.wall, 0.35), 255, 8)
    for index in range(11):
        x, y = 470 + (index % 6) * 114, 152 + (index // 6) * 88
        c.rectangle(x, y, x + 92, y + 66, mix(p.gold, p.wall, 0.25), 255, 5)
        c.rectangle(x + 14, y + 16, x + 78, y + 24, mix(p.wood, p.gold, 0.35), 255, 4)
        c.rectangle(x + 14, y + 34, x + 60, y + 40, mix(p.wood, p.gold, 0.5), 255, 3)
        star(c, x + 76, y + 46, 10, p.red)
    steel, dark = mix(p.water, p.near, 0.35), mix(p.near, p.ink, 0.35)
    c.rectangle(520, 620, 1120, 664, dark, 255, 6)
    c.rectangle(540, 664, 700, 840, mix(steel, p.ink, 0.12), 255, 6)
    c.rectangle(960, 664, 1100, 840, mix(steel, p.ink, 0.12), 255, 6)
    c.rectangle(520, 470, 700, 624, steel, 255, 12)
    for dial in range(3):
        c.ellipse(560 + dial * 46, 506, 14, 14, p.wall)
        c.line([(560 + dial * 46, 506), (566 + dial * 46, 498)], p.red, 3)
    c.ellipse(716, 552, 46, 46, dark)
    c.ellipse(716, 552, 26, 26, mix(steel, p.wall, 0.5))
    c.rectangle(740, 538, 960, 566, mix(steel, p.wall, 0.55), 255, 4)
    c.polygon([(960, 520), (1060, 540), (1060, 624), (980, 624)], steel)
    c.rectangle(820, 566, 880, 622, p.red, 255, 5)
    for _spark in range(26):
        a, length = c.rng.uniform(-2.6, -0.4), c.rng.uniform(16, 74)
        c.line([(850, 560), (850 + math.cos(a) * length, 560 + math.sin(a) * length)], p.gold, 2.4, 190)
    person(c, 420, 880, 380, mix(p.water, p.ink, 0.55), SKIN, helmet=p.red)
    person(c, 1200, 880, 360, mix((216, 112, 48), p.wood, 0.1), SKIN, helmet=p.gold)
    person(c, 1330, 884, 350, mix((216, 112, 48), p.wood, 0.25), SKIN, helmet=p.gold)


def solar(c: Canvas, p: Palette) -> None:
    """Rows of panels on a plain of gravel below snowy hills; a crew before work."""
    horizon = 470.0
    sky(c, p, horizon, (1180, 200), 70)
    c.ranges(mix(p.far, (255, 255, 255), 0.35), mix(p.far, p.near, 0.4), 330, 440, 3, 170, p.low)
    c.gradient(mix(p.gold, p.low, 0.55), mix(p.gold, p.wood, 0.35), horizon)
    for row in range(7):
        share = row / 6
        y, size = horizon + 22 + 320 * share**1.5, 18 + 64 * share
        shift = (row % 2) * size * 0.7
        for column in range(-1, round(1700 / (size * 1.9)) + 1):
            x = column * size * 1.9 - shift
            c.rectangle(x + size * 0.8, y, x + size * 0.86, y + size * 0.36, mix(p.wood, p.ink, 0.3))
            c.polygon(
                [
                    (x + size * 0.3, y - size * 0.42),
                    (x + size * 1.7, y - size * 0.42),
                    (x + size * 1.5, y + size * 0.2),
                    (x, y + size * 0.2),
                ],
                mix((38, 66, 104), p.low, 0.35 * (1 - share)),
            )
            for line in range(1, 5):
                c.line(
                    [(x + size * (0.3 + 1.4 * line / 5), y - size * 0.42), (x + size * 1.5 * line / 5, y + size * 0.2)],
                    (196, 214, 226),
                    1.2,
                    150,
                )
            c.line([(x + size * 0.15, y - size * 0.11), (x + size * 1.6, y - size * 0.11)], (196, 214, 226), 1.2, 150)
    for index, x in enumerate((1090, 1390)):
        pylon(c, x, horizon + 10, 220 - index * 50, mix(p.near, p.ink, 0.2))
    _crew(c, p, (250, 350, 450), 890, 250)


def phone_order(c: Canvas, p: Palette) -> None:
    """A telephone with a lawyer's card and five stars, speech bubbles, a worker who writes."""
    _room(c, p)
    c.ellipse(800, 872, 330, 24, p.ink, 60)
    c.rectangle(630, 90, 970, 860, mix(p.ink, p.near, 0.15), 255, 42)
    c.rectangle(648, 118, 952, 832, p.wall, 255, 24)
    c.rectangle(648, 118, 952, 190, p.red, 255, 24)
    c.rectangle(648, 160, 952, 190, p.red)
    c.rectangle(676, 144, 800, 162, (255, 240, 224), 255, 8)
    c.ellipse(800, 300, 78, 78, mix(p.water, p.wall, 0.35))
    person(c, 800, 372, 150, mix(p.near, p.ink, 0.4), SKIN, seated=True)
    c.rectangle(730, 396, 870, 414, mix(p.near, p.wall, 0.2), 255, 8)
    for index in range(5):
        star(c, 704 + index * 48, 452, 20, p.gold)
    for index, width in enumerate((230, 200, 240, 150)):
        c.rectangle(680, 496 + index * 34, 680 + width, 510 + index * 34, mix(p.near, p.wall, 0.65), 255, 6)
    for index, tint in enumerate((p.leaf_light, p.gold, p.water)):
        c.rectangle(680 + index * 84, 646, 752 + index * 84, 690, mix(tint, p.wall, 0.35), 255, 14)
    c.rectangle(688, 730, 912, 792, p.red, 255, 30)
    c.rectangle(752, 754, 848, 768, (255, 240, 224), 255, 7)
    for x, y, width, tint in (
        (1020, 190, 250, p.gold),
        (1060, 330, 190, p.leaf_light),
        (330, 210, 250, p.water),
        (390, 350, 180, p.red),
    ):
        bubble = mix(tint, p.wall, 0.55)
        c.rectangle(x, y, x + width, y + 96, bubble, 255, 24)
        tail = x + 20 if x > 800 else x + width - 50
        c.polygon([(tail, y + 90), (tail + 34, y + 90), (tail + (-14 if x > 800 else 48), y + 122)], bubble)
        for line in range(2):
            c.rectangle(
                x + 26,
                y + 28 + line * 26,
                x + width - 30 - line * 50,
                y + 38 + line * 26,
                mix(p.near, p.wall, 0.25),
                200,
                5,
            )
    person(c, 330, 884, 360, mix((216, 112, 48), p.wood, 0.1), SKIN)
    person(c, 1290, 884, 370, mix(p.near, p.ink, 0.45), SKIN)
    c.polygon([(1276, 644), (1304, 644), (1298, 706), (1290, 716), (1282, 706)], p.red)
    c.rectangle(1340, 700, 1420, 800, mix(p.wood, p.ink, 0.2), 255, 6)


def crew(c: Canvas, p: Palette) -> None:
    """Workers of many trades in a row before a works at sunrise."""
    sky(c, p, 640, (800, 430), 150)
    c.ranges(p.far, p.near, 470, 560, 3, 120, p.low)
    colour = mix(p.far, p.near, 0.7)
    for index in range(9):
        x = 40 + index * 180
        h = c.rng.uniform(90, 220)
        c.rectangle(x, 650 - h, x + c.rng.uniform(70, 130), 650, colour)
    for crane in (230, 1330):
        c.rectangle(crane, 250, crane + 12, 650, mix(p.red, p.ink, 0.2))
        c.rectangle(crane - 90, 260, crane + 230, 270, mix(p.red, p.ink, 0.2))
        c.line([(crane + 200, 270), (crane + 200, 390)], p.ink, 2)
    for index in range(3):
        turbine(c, 560 + index * 230, 640, 190, mix(p.wall, p.low, 0.3), index * 0.7)
    c.gradient(mix(p.ground, p.wall, 0.2), mix(p.ground, p.ink, 0.25), 640)
    coats = (
        mix(p.water, p.ink, 0.6),
        (214, 108, 44),
        mix(p.wall, p.water, 0.3),
        p.red,
        mix(p.leaf, p.ink, 0.25),
        (250, 246, 236),
        mix(p.near, p.ink, 0.4),
    )
    for index in range(9):
        x = 170 + index * 158
        helmet = (p.gold, None, (244, 240, 232), p.red)[index % 4]
        person(c, x, 872 + (index % 2) * 14, 330 + c.rng.uniform(-16, 16), coats[index % 7], SKIN, helmet=helmet)
        if index % 3 == 1:
            c.rectangle(x - 41, 676, x + 41, 683, (245, 240, 200), 220)
            c.rectangle(x - 40, 698, x + 40, 705, (245, 240, 200), 220)
