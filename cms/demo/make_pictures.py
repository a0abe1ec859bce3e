"""Draws the demo's pictures under data/pictures: `python -m cms.demo.make_pictures [FOLDER]`.

All are drawn by this project's own code and carry its licence. The same seed draws the same picture.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

from .drawing import landscapes, palettes, workplaces
from .drawing.canvas import Canvas
from .drawing.palettes import Palette

FOLDER = Path(__file__).parent / "data" / "pictures"
WIDE, PHOTO = (1600, 900), (960, 540)
Scene = Callable[[Canvas, Palette], None]

ARTICLES: dict[str, tuple[Scene, str, int]] = {
    "lake-at-dawn": (landscapes.lake, "dawn", 11),
    "tea-terraces": (landscapes.terraces, "day", 12),
    "old-town": (landscapes.old_town, "dusk", 13),
    "memorial-hill": (landscapes.monument, "dawn", 14),
    "wellness-garden": (landscapes.garden, "day", 15),
    "chemical-works": (workplaces.factory, "dusk", 16),
    "gorge-dam": (workplaces.dam, "day", 17),
    "offshore-wind": (workplaces.offshore, "dawn", 18),
    "five-star-street": (workplaces.street, "day", 19),
    "mountain-road": (workplaces.road, "dawn", 20),
    "service-counter": (workplaces.clinic, "day", 21),
    "lecture-hall": (workplaces.lecture, "autumn", 22),
    "counsel-desk": (workplaces.counsel, "day", 23),
    "phone-quiz": (workplaces.phone_quiz, "dusk", 24),
    "many-trades": (workplaces.crew, "dawn", 25),
}
BASES: dict[str, tuple[tuple[Scene, str], ...]] = {
    "homestay": (
        (landscapes.courtyard, "day"), (landscapes.courtyard, "dusk"), (landscapes.courtyard, "autumn"), (landscapes.courtyard, "dawn"),
        (landscapes.courtyard, "night"), (landscapes.lake, "day"), (landscapes.courtyard, "winter"), (landscapes.lake, "dusk"),
    ),
    "rural": (
        (landscapes.terraces, "day"), (landscapes.fields, "day"), (landscapes.fields, "autumn"), (landscapes.terraces, "dawn"), (landscapes.fields, "dawn"),
        (landscapes.terraces, "autumn"), (landscapes.fields, "dusk"),
    ),
    "town": ((landscapes.old_town, "day"), (landscapes.old_town, "night"), (landscapes.old_town, "autumn"), (landscapes.old_town, "winter"), (landscapes.old_town, "dawn")),
    "red": ((landscapes.monument, "day"), (landscapes.monument, "autumn"), (landscapes.monument, "dawn"), (landscapes.monument, "winter"), (landscapes.monument, "dusk")),
    "wellness": ((landscapes.garden, "day"), (landscapes.garden, "dawn"), (landscapes.garden, "autumn"), (landscapes.lake, "dawn"), (landscapes.garden, "dusk"), (landscapes.garden, "winter")),
}  # fmt: skip


def draw(scene: Scene, light: str, seed: int, size: tuple[int, int], *, mirrored: bool = False) -> bytes:
    """Return one picture as JPEG."""
    canvas = Canvas(Random(seed), size)
    scene(canvas, palettes.ALL[light])
    if mirrored:
        canvas.mirror()
    return canvas.finish(78)


def make_pictures(folder: Path = FOLDER) -> list[Path]:
    """Draw every picture into `folder` and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, (scene, light, seed) in ARTICLES.items():
        written.append(folder / f"{name}.jpg")
        written[-1].write_bytes(draw(scene, light, seed, WIDE))
    for kind, variants in BASES.items():
        for number, (scene, light) in enumerate(variants, 1):
            written.append(folder / f"base-{kind}-{number}.jpg")
            written[-1].write_bytes(draw(scene, light, 100 + number * 37 + len(kind), PHOTO, mirrored=number % 2 == 0))
    return written


if __name__ == "__main__":
    for path in make_pictures(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER):
        sys.stdout.write(f"{path.name} {path.stat().st_size // 1024} KB\n")
