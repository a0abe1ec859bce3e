"""Scenes indoors: a counter, a hall, a desk, a workshop."""

from __future__ import annotations

import math

from .canvas import Canvas, mix
from .palettes import Palette
from .things import SKIN, person, star


def clinic(c: Canvas, p: Palette) -> None:
    """A service counter: a worker hands in papers, a light heart-shaped sign above."""
    room(c, p)
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


def lecture(c: Canvas, p: Palette) -> None:
    """A lecturer before a screen with a shield, and listeners seen from behind."""
    room(c, p)
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
    room(c, p)
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


def workshop(c: Canvas, p: Palette) -> None:
    """A lathe, a master and two apprentices, small plates of merit on the wall."""
    room(c, p)
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


def phone_order(c: Canvas, p: Palette) -> None:
    """A telephone with a lawyer's card and five stars, speech bubbles, a worker who writes."""
    room(c, p)
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


def room(c: Canvas, p: Palette) -> None:
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
