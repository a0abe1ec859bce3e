"""A sheet to draw flat, layered landscapes on: gradients, ridges, mist, grain. Pillow only, seeded, our own work.

Coordinates are those of a picture 1600 wide and 900 high, whatever the size it is saved in.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Point = tuple[float, float]
WIDTH, HEIGHT = 1600, 900
_FINER = 2
"""Drawn so many times larger and then reduced, for smooth edges."""


def rgb(code: str) -> Colour:
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """Return `one` with a share (0–1) of `other`."""
    r, g, b = (round(a + (z - a) * share) for a, z in zip(one, other, strict=True))
    return r, g, b


class Canvas:
    def __init__(self, rng: Random, size: tuple[int, int] = (WIDTH, HEIGHT)) -> None:
        self.rng, self.size = rng, size
        self.k = size[0] * _FINER / WIDTH
        self.height = size[1] * _FINER / self.k
        """Lower edge in drawing units: 900 for 16:9, more for taller pictures."""
        self.image = Image.new("RGB", (size[0] * _FINER, size[1] * _FINER))
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def _points(self, points: Sequence[Point]) -> list[Point]:
        return [(x * self.k, y * self.k) for x, y in points]

    def gradient(
        self, top: Colour, bottom: Colour, y0: float = 0, y1: float | None = None, alpha: tuple[int, int] = (255, 255)
    ) -> None:
        """Fill from y0 to y1 with colours (and opacities) that pass into each other."""
        first, last = round(y0 * self.k), round((self.height if y1 is None else y1) * self.k)
        steps = max(1, last - first)
        strip = Image.new("RGBA", (1, steps))
        for y in range(steps):
            share = y / steps
            strip.putpixel((0, y), (*mix(top, bottom, share), round(alpha[0] + (alpha[1] - alpha[0]) * share)))
        layer = strip.resize((self.image.width, steps))
        self.image.paste(layer, (0, first), layer)

    def polygon(self, points: Sequence[Point], colour: Colour, alpha: int = 255) -> None:
        self.pen.polygon(self._points(points), fill=(*colour, alpha))

    def rectangle(
        self, x0: float, y0: float, x1: float, y1: float, colour: Colour, alpha: int = 255, radius: float = 0
    ) -> None:
        box = (x0 * self.k, y0 * self.k, x1 * self.k, y1 * self.k)
        self.pen.rounded_rectangle(box, radius * self.k, fill=(*colour, alpha))

    def ellipse(self, x: float, y: float, rx: float, ry: float, colour: Colour, alpha: int = 255) -> None:
        self.pen.ellipse(
            ((x - rx) * self.k, (y - ry) * self.k, (x + rx) * self.k, (y + ry) * self.k), fill=(*colour, alpha)
        )

    def line(self, points: Sequence[Point], colour: Colour, width: float = 2, alpha: int = 255) -> None:
        self.pen.line(self._points(points), fill=(*colour, alpha), width=max(1, round(width * self.k)), joint="curve")

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: int = 120) -> None:
        """A soft light around a point."""
        small = Image.new("L", (self.image.width // 8, self.image.height // 8))
        k = self.k / 8
        ImageDraw.Draw(small).ellipse(
            ((x - radius) * k, (y - radius) * k, (x + radius) * k, (y + radius) * k), fill=strength
        )
        mask = small.filter(ImageFilter.GaussianBlur(radius * k / 2)).resize(self.image.size, Image.Resampling.BILINEAR)
        self.image.paste(Image.new("RGB", self.image.size, colour), (0, 0), mask)

    def ridge(
        self, y: float, rise: float, colour: Colour, *, rough: float = 1.0, base: float | None = None
    ) -> Callable[[float], float]:
        """Draw a line of hills down to `base`, and return its height at x."""
        waves = [
            (
                self.rng.uniform(0.6, 1.4) * 2**octave,
                self.rng.uniform(0, math.tau),
                0.5**octave * (rough if octave > 1 else 1),
            )
            for octave in range(5)
        ]

        def crest(x: float) -> float:
            swing = sum(weight * math.sin(x / WIDTH * math.tau * pace + phase) for pace, phase, weight in waves)
            return y - rise * 0.5 * swing

        bottom = self.height if base is None else base
        self.polygon([(0, bottom), *((x, crest(x)) for x in range(0, WIDTH + 8, 8)), (WIDTH, bottom)], colour)
        return crest

    def ranges(self, far: Colour, near: Colour, y0: float, y1: float, count: int, rise: float, mist: Colour) -> None:
        """Draw hills behind hills, each nearer one darker, with mist at their feet."""
        for index in range(count):
            share = index / max(1, count - 1)
            y = y0 + (y1 - y0) * share
            self.ridge(y, rise * (1 - 0.35 * share), mix(far, near, share), rough=0.5 + share)
            self.gradient(mist, mist, y + rise * 0.1, y + rise * 0.1 + 150, (0, round(110 * (1 - 0.6 * share))))

    def reflect(self, shore: float, depth: float, tint: Colour, strength: float = 0.45) -> None:
        """Mirror what stands above the shore into the water below it, tinted and broken by ripples."""
        k = self.k
        above = self.image.crop((0, round((shore - depth) * k), self.image.width, round(shore * k)))
        mirrored = above.transpose(Image.Transpose.FLIP_TOP_BOTTOM).filter(ImageFilter.GaussianBlur(3 * k))
        water = Image.blend(mirrored, Image.new("RGB", mirrored.size, tint), 1 - strength)
        self.image.paste(water, (0, round(shore * k)))
        self.pen = ImageDraw.Draw(self.image, "RGBA")
        for _ripple in range(70):
            y = shore + depth * self.rng.random() ** 1.4
            length = self.rng.uniform(30, 190) * (0.4 + (y - shore) / depth)
            x = self.rng.uniform(-60, WIDTH)
            self.rectangle(x, y, x + length, y + 1.6, (255, 255, 255), self.rng.randrange(18, 60), 1)

    def mirror(self) -> None:
        """Turn left into right."""
        self.image = self.image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def finish(self, quality: int = 82) -> bytes:
        """Reduce, lay a light grain over the picture and return it as JPEG."""
        picture = self.image.resize(self.size, Image.Resampling.LANCZOS)
        coarse = (self.size[0] // 2, self.size[1] // 2)
        noise = Image.frombytes("L", coarse, self.rng.randbytes(coarse[0] * coarse[1])).point(lambda v: 122 + v // 20)
        grain = noise.resize(self.size, Image.Resampling.BILINEAR).convert("RGB")
        out = BytesIO()
        ImageChops.soft_light(picture, grain).save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        return out.getvalue()
