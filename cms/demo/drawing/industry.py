"""Scenes of work outdoors: chemistry, water, wind and sun."""

from __future__ import annotations

import math

from .canvas import Canvas, Colour, mix
from .palettes import Palette
from .things import SKIN, person, pylon, sky, turbine


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
