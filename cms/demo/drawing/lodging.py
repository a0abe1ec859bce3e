"""Scenes inside a base: a guest room, a dining room."""

from __future__ import annotations

import math

from .canvas import Canvas, mix
from .palettes import Palette
from .rooms import room

LINEN = (252, 250, 245)


def guest_room(c: Canvas, p: Palette) -> None:
    """Two beds with a lamp between them, a scroll of hills above, a tea tray at the feet."""
    room(c, p)
    c.rectangle(610, 130, 990, 400, mix(p.wood, p.gold, 0.35), 255, 4)
    c.rectangle(624, 144, 976, 386, mix(p.wall, p.low, 0.5))
    for layer in range(3):
        crest = [(624 + x * 16, 300 + layer * 26 - 34 * math.sin(x / (2.4 + layer) + layer * 2)) for x in range(23)]
        c.polygon([(624, 386), *crest, (976, 386)], mix(p.far, p.near, 0.25 + layer * 0.3))
    c.ellipse(900, 196, 24, 24, p.red)
    for x in (330, 870):
        cover = mix(p.red, p.wood, 0.15) if x == 330 else mix(p.water, p.near, 0.45)
        c.rectangle(x, 470, x + 400, 700, mix(p.wood, p.ink, 0.15), 255, 16)
        c.polygon([(x + 6, 640), (x + 394, 640), (x + 430, 850), (x - 30, 850)], LINEN)
        c.polygon([(x - 8, 724), (x + 408, 724), (x + 430, 850), (x - 30, 850)], cover)
        c.polygon([(x - 8, 724), (x + 408, 724), (x + 411, 744), (x - 11, 744)], mix(cover, LINEN, 0.55))
        c.rectangle(x - 24, 850, x + 424, 884, mix(p.wood, p.ink, 0.25), 255, 4)
        for pillow in (x + 28, x + 212):
            c.rectangle(pillow, 586, pillow + 160, 660, mix(LINEN, p.far, 0.28), 255, 26)
            c.rectangle(pillow + 4, 582, pillow + 156, 650, LINEN, 255, 26)
    c.rectangle(756, 610, 844, 720, mix(p.wood, p.gold, 0.2), 255, 6)
    c.rectangle(772, 650, 828, 658, mix(p.wood, p.ink, 0.3), 255, 3)
    c.glow(800, 540, 130, p.lamp, 150)
    c.rectangle(795, 560, 805, 610, p.wood)
    c.polygon([(772, 500), (828, 500), (846, 566), (754, 566)], mix(p.lamp, LINEN, 0.3))
    c.rectangle(664, 818, 936, 838, mix(p.wood, p.gold, 0.3), 255, 8)
    c.rectangle(690, 838, 704, 900, mix(p.wood, p.ink, 0.2))
    c.rectangle(896, 838, 910, 900, mix(p.wood, p.ink, 0.2))
    c.ellipse(790, 792, 38, 30, mix(p.leaf, p.ink, 0.2))
    c.line([(822, 790), (852, 772)], mix(p.leaf, p.ink, 0.2), 9)
    for cup in (714, 870):
        c.rectangle(cup - 17, 796, cup + 17, 819, LINEN, 255, 8)


def dining_room(c: Canvas, p: Palette) -> None:
    """A round table laid for eight, lanterns above, a sideboard with jars."""
    room(c, p)
    c.rectangle(500, 420, 1100, 640, mix(p.wood, p.ink, 0.1), 255, 6)
    for door in range(4):
        c.rectangle(516 + door * 146, 500, 646 + door * 146, 626, mix(p.wood, p.gold, 0.25), 255, 5)
    for jar in range(6):
        x, tint = 560 + jar * 96, (p.red, p.water, p.gold, p.leaf, p.wall, p.near)[jar]
        c.rectangle(x - 26, 352, x + 26, 420, mix(tint, p.wood, 0.2), 255, 16)
        c.rectangle(x - 16, 340, x + 16, 358, mix(tint, p.ink, 0.35), 255, 5)
    for x, drop in ((470, 190), (800, 130), (1130, 190)):
        c.line([(x, 0), (x, drop)], p.ink, 3)
        c.glow(x, drop + 60, 110, p.lamp, 120)
        c.ellipse(x, drop + 60, 64, 56, p.red)
        for rib in (-34, 0, 34):
            c.line([(x + rib, drop + 14 + abs(rib) * 0.3), (x + rib, drop + 106 - abs(rib) * 0.3)], p.gold, 2, 150)
        c.rectangle(x - 26, drop - 2, x + 26, drop + 10, p.gold, 255, 3)
        c.rectangle(x - 26, drop + 110, x + 26, drop + 122, p.gold, 255, 3)
    for seat in range(7):
        x = 380 + seat * 140
        c.rectangle(x - 46, 560, x + 46, 760, mix(p.wood, p.ink, 0.28), 255, 14)
        c.rectangle(x - 30, 578, x + 30, 660, mix(p.wood, p.gold, 0.25), 255, 8)
    c.ellipse(800, 780, 600, 130, mix(p.wood, p.ink, 0.3))
    c.ellipse(800, 762, 600, 130, mix(p.wood, p.gold, 0.3))
    c.ellipse(800, 756, 300, 64, mix(p.wood, p.wall, 0.45))
    for place in range(8):
        a = math.tau * (place + 0.5) / 8
        px, py = 800 + math.cos(a) * 480, 760 + math.sin(a) * 100
        c.ellipse(px, py, 52, 17, LINEN)
        c.ellipse(px, py - 3, 32, 10, mix(LINEN, p.water, 0.3))
    dishes = ((p.leaf, 660, 744), (p.red, 800, 728), (p.gold, 940, 744), (p.leaf_light, 730, 778), (p.wood, 870, 780))
    for tint, x, y in dishes:
        c.ellipse(x, y, 70, 21, LINEN)
        c.ellipse(x, y - 6, 50, 15, mix(tint, p.gold, 0.15))
        for _bite in range(9):
            dx, dy = c.rng.uniform(-34, 34), c.rng.uniform(-7, 5)
            c.ellipse(x + dx, y - 9 + dy, 8, 5, mix(tint, LINEN, c.rng.uniform(0.1, 0.6)))
    for wisp in (770, 800, 830):
        c.line([(wisp + 7 * math.sin(t), 706 - t * 9) for t in range(7)], LINEN, 4, 110)
