"""What stands in the landscapes: trees, houses, people, boats, machines."""

from __future__ import annotations

import math

from .canvas import Canvas, Colour, Point, mix
from .palettes import Palette

SKIN = (222, 178, 146)


def sky(c: Canvas, p: Palette, horizon: float = 560, sun: Point | None = (1180, 250), radius: float = 62) -> None:
    c.gradient(p.sky, p.low, 0, horizon)
    c.gradient(p.low, p.low, horizon)
    if sun:
        c.glow(*sun, radius * 3.2, p.sun, 150)
        c.ellipse(*sun, radius, radius, mix(p.sun, (255, 255, 255), 0.25))
    for _cloud in range(5):
        x, y, length = c.rng.uniform(-100, 1500), c.rng.uniform(60, horizon * 0.55), c.rng.uniform(140, 380)
        for shift in range(3):
            c.rectangle(
                x + shift * 50,
                y + shift * 9,
                x + shift * 50 + length * (1 - shift * 0.22),
                y + shift * 9 + 6,
                (255, 255, 255),
                46,
                3,
            )


def tree(c: Canvas, p: Palette, x: float, y: float, size: float, colour: Colour | None = None) -> None:
    """A round tree that stands at (x, y)."""
    leaf = colour or mix(p.leaf, p.leaf_light, c.rng.uniform(0, 0.5))
    c.polygon(
        [
            (x - size * 0.05, y),
            (x - size * 0.03, y - size * 0.6),
            (x + size * 0.03, y - size * 0.6),
            (x + size * 0.06, y),
        ],
        p.wood,
    )
    for dx, dy, r in ((0, 0.78, 0.34), (-0.22, 0.6, 0.26), (0.24, 0.62, 0.27), (0.02, 0.52, 0.3)):
        c.ellipse(x + dx * size, y - dy * size, r * size, r * size * 0.88, leaf)
    c.ellipse(x - size * 0.1, y - size * 0.86, size * 0.2, size * 0.14, mix(leaf, p.leaf_light, 0.5), 150)


def pine(c: Canvas, p: Palette, x: float, y: float, size: float) -> None:
    c.rectangle(x - size * 0.03, y - size * 0.3, x + size * 0.03, y, p.wood)
    for step in range(4):
        top, width = y - size * (1.0 - step * 0.2), size * (0.14 + step * 0.075)
        c.polygon(
            [(x, top - size * 0.06), (x - width, top + size * 0.24), (x + width, top + size * 0.24)],
            mix(p.leaf, p.ink, 0.25 - step * 0.05),
        )


def bamboo(c: Canvas, p: Palette, x: float, y: float, height: float) -> None:
    lean = c.rng.uniform(-0.06, 0.06) * height
    stalk = mix(p.leaf, p.leaf_light, c.rng.uniform(0.2, 0.7))
    width = height * 0.016
    steps = 9
    for step in range(steps):
        a, b = step / steps, (step + 0.94) / steps
        c.line([(x + lean * a * a, y - height * a), (x + lean * b * b, y - height * b)], stalk, width)
    for _leaf in range(16):
        a = c.rng.uniform(0.45, 1.0)
        fx, fy = x + lean * a * a, y - height * a
        angle, length = (
            c.rng.uniform(-0.5, 0.9) + (math.pi if c.rng.random() < 0.5 else 0),
            height * c.rng.uniform(0.06, 0.11),
        )
        ex, ey = fx + math.cos(angle) * length, fy + abs(math.sin(angle)) * length * 0.8
        c.polygon(
            [
                (fx, fy),
                ((fx + ex) / 2, (fy + ey) / 2 - length * 0.1),
                (ex, ey),
                ((fx + ex) / 2, (fy + ey) / 2 + length * 0.08),
            ],
            mix(p.leaf, p.leaf_light, c.rng.random()),
            230,
        )


def reeds(c: Canvas, p: Palette, x0: float, x1: float, y: float, height: float, colour: Colour | None = None) -> None:
    for _reed in range(round((x1 - x0) / 7)):
        x, h = c.rng.uniform(x0, x1), height * c.rng.uniform(0.5, 1)
        lean = c.rng.uniform(-0.15, 0.3) * h
        shade = mix(colour or p.leaf, p.ink, c.rng.uniform(0, 0.3))
        c.line([(x, y), (x + lean * 0.4, y - h * 0.6), (x + lean, y - h)], shade, 2.2)
        if c.rng.random() < 0.4:
            c.ellipse(x + lean, y - h, 3.4, 12, p.gold, 210)


def house(
    c: Canvas, p: Palette, x: float, y: float, width: float, height: float, *, lit: float = 0.3, gables: bool = True
) -> None:
    """A white house with a dark roof, as south of the Yangtze, standing on (x, y) to the right."""
    roof = height * 0.3
    c.rectangle(x, y - height, x + width, y, p.wall)
    c.rectangle(x + width * 0.86, y - height, x + width, y, mix(p.wall, p.far, 0.35))
    c.rectangle(x, y - height * 0.08, x + width, y, mix(p.wall, p.far, 0.5))
    top = y - height
    c.polygon(
        [
            (x - width * 0.09, top + 4),
            (x - width * 0.02, top - roof * 0.3),
            (x + width * 0.1, top - roof),
            (x + width * 0.9, top - roof),
            (x + width * 1.02, top - roof * 0.3),
            (x + width * 1.09, top + 4),
        ],
        p.roof,
    )
    c.rectangle(x + width * 0.08, top - roof * 1.08, x + width * 0.92, top - roof * 0.94, mix(p.roof, p.ink, 0.4))
    for line in range(1, 12):
        fx = x + width * line / 12
        c.line([(fx, top - roof * 0.9), (fx + (line - 6) * width * 0.008, top)], mix(p.roof, p.wall, 0.18), 1.4)
    if gables:
        for side in (x - width * 0.02, x + width * 0.94):
            for step, (rise, wide) in enumerate(((0.2, 0.08), (0.62, 0.08), (1.12, 0.08))):
                c.rectangle(side, top - roof * rise, side + width * wide, top + roof * 0.2 * (3 - step), p.wall)
                c.rectangle(side - 3, top - roof * rise - 5, side + width * wide + 3, top - roof * rise + 1, p.roof)
    count = max(2, round(width / 62))
    for index in range(count):
        wx = x + width * (index + 0.5) / count
        glass = p.lamp if c.rng.random() < lit else mix(p.wood, p.ink, 0.35)
        for floor in range(1 if height < 120 else 2):
            wy = y - height * (0.42 if height < 120 else 0.34 + 0.4 * floor)
            window(c, p, wx, wy, min(17.0, width / count * 0.3), height * (0.19 if height < 120 else 0.11), glass)


def window(c: Canvas, p: Palette, x: float, y: float, rx: float, ry: float, glass: Colour) -> None:
    c.rectangle(x - rx - 3, y - ry - 3, x + rx + 3, y + ry + 3, p.wood)
    c.rectangle(x - rx, y - ry, x + rx, y + ry, glass)
    c.line([(x, y - ry), (x, y + ry)], p.wood, 1.8)
    c.line([(x - rx, y), (x + rx, y)], p.wood, 1.8)


def lantern(c: Canvas, p: Palette, x: float, y: float, size: float = 12) -> None:
    c.glow(x, y, size * 3, p.lamp, 90)
    c.line([(x, y - size * 2), (x, y - size)], p.ink, 1.4)
    c.ellipse(x, y, size, size * 1.1, p.red)
    c.ellipse(x, y, size * 0.45, size * 1.05, mix(p.red, p.lamp, 0.45), 190)
    c.rectangle(x - size * 0.45, y - size * 1.2, x + size * 0.45, y - size * 0.95, p.gold)
    c.line([(x, y + size), (x, y + size * 2)], p.gold, 2)


def boat(c: Canvas, p: Palette, x: float, y: float, size: float, *, sail: bool = False) -> None:
    c.polygon(
        [
            (x - size, y - size * 0.16),
            (x + size, y - size * 0.16),
            (x + size * 0.78, y + size * 0.08),
            (x - size * 0.78, y + size * 0.08),
        ],
        mix(p.wood, p.ink, 0.4),
    )
    if sail:
        c.line([(x, y - size * 0.1), (x, y - size * 1.8)], p.wood, 3)
        c.polygon(
            [
                (x + 3, y - size * 1.75),
                (x + size * 0.75, y - size * 1.2),
                (x + size * 0.62, y - size * 0.3),
                (x + 3, y - size * 0.3),
            ],
            mix(p.wall, p.gold, 0.25),
        )
        c.polygon([(x - 3, y - size * 1.6), (x - size * 0.42, y - size * 0.35), (x - 3, y - size * 0.35)], p.wall)
    else:
        c.polygon(
            [
                (x - size * 0.5, y - size * 0.14),
                (x - size * 0.42, y - size * 0.42),
                (x + size * 0.42, y - size * 0.42),
                (x + size * 0.5, y - size * 0.14),
            ],
            p.roof,
        )
        person(c, x + size * 0.76, y - size * 0.14, size * 0.7, p.ink, p.wood)
    c.rectangle(x - size, y + size * 0.12, x + size, y + size * 0.16, (255, 255, 255), 60, 1)


def person(
    c: Canvas,
    x: float,
    y: float,
    height: float,
    coat: Colour,
    skin: Colour,
    *,
    helmet: Colour | None = None,
    seated: bool = False,
) -> None:
    """A figure without a face that stands (or sits) at (x, y)."""
    h, top, dark = height, y - height, (30, 30, 34)
    head, shade, hair = h * 0.078, mix(coat, dark, 0.16), (46, 38, 36)
    hip = y if seated else y - h * 0.47
    shoulder, long_hair = top + h * 0.205, helmet is None and c.rng.random() < 0.45
    if long_hair:
        c.rectangle(x - head * 1.12, top + head * 0.5, x + head * 1.12, shoulder + h * 0.035, hair, 255, head * 0.9)
    if not seated:
        trousers = mix(coat, dark, 0.62)
        for side in (-1, 1):
            c.polygon(
                [
                    (x, hip - h * 0.03),
                    (x + side * h * 0.112, hip - h * 0.03),
                    (x + side * h * 0.1, y - h * 0.02),
                    (x + side * h * 0.03, y - h * 0.02),
                ],
                trousers,
            )
            c.rectangle(
                x + side * h * 0.068 - h * 0.05, y - h * 0.03, x + side * h * 0.068 + h * 0.05, y, dark, 255, h * 0.014
            )
    swing = c.rng.uniform(0.0, 0.03)
    for side in (-1, 1):
        hand = (x + side * h * (0.185 + swing), y - h * 0.02 if seated else hip + h * 0.015)
        elbow = (x + side * h * (0.178 + swing * 0.6), (shoulder + hand[1]) / 2)
        c.ellipse(hand[0], hand[1], h * 0.026, h * 0.028, skin)
        c.line([(x + side * h * 0.125, shoulder + h * 0.035), elbow, (hand[0], hand[1] - h * 0.012)], shade, h * 0.062)
        c.ellipse(x + side * h * 0.122, shoulder + h * 0.033, h * 0.033, h * 0.033, shade)
    c.polygon(
        [
            (x - h * 0.05, shoulder - h * 0.012),
            (x + h * 0.05, shoulder - h * 0.012),
            (x + h * 0.135, shoulder + h * 0.022),
            (x + h * 0.145, shoulder + h * 0.08),
            (x + h * 0.116, hip),
            (x - h * 0.116, hip),
            (x - h * 0.145, shoulder + h * 0.08),
            (x - h * 0.135, shoulder + h * 0.022),
        ],
        coat,
    )
    c.line([(x, shoulder + h * 0.03), (x, hip)], shade, h * 0.008)
    c.rectangle(
        x - head * 0.42,
        top + head * 1.7,
        x + head * 0.42,
        shoulder + h * 0.014,
        mix(skin, (90, 40, 30), 0.22),
        255,
        head * 0.3,
    )
    c.polygon(
        [
            (x - h * 0.05, shoulder - h * 0.014),
            (x, shoulder + h * 0.04),
            (x + h * 0.05, shoulder - h * 0.014),
            (x + h * 0.03, shoulder - h * 0.03),
            (x, shoulder + h * 0.008),
            (x - h * 0.03, shoulder - h * 0.03),
        ],
        mix(coat, (255, 255, 255), 0.35),
    )
    c.ellipse(x, top + head * 1.08, head * 0.96, head * 1.14, skin)
    if helmet:
        _cap(c, x, top, head, 1.2, helmet)
        c.rectangle(
            x - head * 1.45, top + head * 0.72, x + head * 1.45, top + head * 0.9, mix(helmet, (0, 0, 0), 0.15), 255, 2
        )
        c.rectangle(
            x - head * 0.16,
            top - head * 0.22,
            x + head * 0.16,
            top + head * 0.72,
            mix(helmet, (255, 255, 255), 0.35),
            255,
            2,
        )
    else:
        _cap(c, x, top, head, 1.06, hair)
        if not long_hair:
            c.polygon(
                [
                    (x - head * 1.02, top + head * 0.7),
                    (x - head * 0.98, top + head * 1.15),
                    (x - head * 0.74, top + head * 0.8),
                    (x + head * 0.5, top + head * 0.74),
                    (x + head * 1.02, top + head * 0.7),
                ],
                hair,
            )


def _cap(c: Canvas, x: float, top: float, head: float, wide: float, colour: Colour) -> None:
    """What covers the upper half of a head: hair or a helmet."""
    box = (x - head * wide, top - head * 0.25, x + head * wide, top + head * 1.85)
    c.pen.pieslice(tuple(v * c.k for v in box), 180, 360, fill=(*colour, 255))


def star(c: Canvas, x: float, y: float, radius: float, colour: Colour, alpha: int = 255) -> None:
    points = [
        (
            x + math.sin(n * math.pi / 5) * radius * (1 if n % 2 == 0 else 0.4),
            y - math.cos(n * math.pi / 5) * radius * (1 if n % 2 == 0 else 0.4),
        )
        for n in range(10)
    ]
    c.polygon(points, colour, alpha)


def flag(c: Canvas, p: Palette, x: float, y: float, height: float) -> None:
    c.line([(x, y), (x, y - height)], mix(p.wall, p.ink, 0.4), 4)
    w, h, top = height * 0.42, height * 0.26, y - height
    wave = [(x + w * t / 8, top + math.sin(t / 8 * math.tau) * h * 0.09) for t in range(9)]
    c.polygon([*wave, *((a, b + h) for a, b in reversed(wave))], p.red)


def turbine(c: Canvas, x: float, y: float, height: float, colour: Colour, turn: float) -> None:
    top = y - height
    c.polygon(
        [(x - height * 0.016, y), (x - height * 0.007, top), (x + height * 0.007, top), (x + height * 0.016, y)], colour
    )
    for blade in range(3):
        a = turn + blade * math.tau / 3
        tip = (x + math.cos(a) * height * 0.52, top + math.sin(a) * height * 0.52)
        side = (math.cos(a + 1.57) * height * 0.018, math.sin(a + 1.57) * height * 0.018)
        near = (x + math.cos(a) * height * 0.12, top + math.sin(a) * height * 0.12)
        c.polygon(
            [(x, top), (near[0] + side[0], near[1] + side[1]), tip, (near[0] - side[0] * 0.3, near[1] - side[1] * 0.3)],
            colour,
        )
    c.ellipse(x, top, height * 0.018, height * 0.018, colour)


def pylon(c: Canvas, x: float, y: float, height: float, colour: Colour) -> None:
    w = height * 0.16
    for side in (-1, 1):
        c.line([(x + side * w, y), (x + side * w * 0.25, y - height * 0.65), (x, y - height)], colour, 3)
    for level in range(6):
        a, b = level / 7, (level + 1) / 7
        c.line([(x - w * (1 - a), y - height * a), (x + w * (1 - b), y - height * b)], colour, 1.6)
        c.line([(x + w * (1 - a), y - height * a), (x - w * (1 - b), y - height * b)], colour, 1.6)
    for arm in (0.66, 0.82):
        c.line([(x - w * 1.5, y - height * arm), (x + w * 1.5, y - height * arm)], colour, 3)
