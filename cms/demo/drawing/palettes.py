"""Light of the day and of the year, in the warm range of the site: paper, red and gold beside greens and lake blues."""

from __future__ import annotations

from dataclasses import dataclass

from .canvas import Colour, rgb


@dataclass(frozen=True)
class Palette:
    sky: Colour
    low: Colour
    """The sky above the horizon, and the mist."""
    sun: Colour
    far: Colour
    near: Colour
    ground: Colour
    water: Colour
    leaf: Colour
    leaf_light: Colour
    wall: Colour
    roof: Colour
    wood: Colour
    lamp: Colour
    """Lit windows and lanterns."""
    red: Colour = (0xB4, 0x16, 0x1B)
    gold: Colour = (0xD9, 0xA4, 0x41)
    ink: Colour = (0x2C, 0x2A, 0x2B)


def _palette(*codes: str) -> Palette:
    return Palette(*(rgb(code) for code in codes))


DAWN = _palette(
    "#e9b9a0",
    "#fbeedd",
    "#f6c177",
    "#c4b7b4",
    "#4f6a62",
    "#5f7a57",
    "#c9d6d3",
    "#4d6f50",
    "#8faa6c",
    "#f7f1e6",
    "#3d4147",
    "#6e5140",
    "#ffe0a3",
)
DAY = _palette(
    "#a9c8d4",
    "#eef4ee",
    "#fff3d1",
    "#b3c6c4",
    "#3f6d63",
    "#6c9360",
    "#b7d2d4",
    "#3f7453",
    "#93b86c",
    "#fbf8f0",
    "#40464c",
    "#7a5a44",
    "#fff0c4",
)
AUTUMN = _palette(
    "#d9c7a4",
    "#fbf3e1",
    "#f2b45a",
    "#cdbb9f",
    "#8a5a3a",
    "#b0803f",
    "#cfd2c2",
    "#a8572f",
    "#dca145",
    "#faf3e4",
    "#4a4340",
    "#6b4a34",
    "#ffdf9a",
)
DUSK = _palette(
    "#5f5a7c",
    "#f2b08a",
    "#f9d48b",
    "#9a8598",
    "#37414f",
    "#3c4a48",
    "#a08f9a",
    "#33504c",
    "#5f7a5d",
    "#e6d9cc",
    "#2d3038",
    "#54403a",
    "#ffc96b",
)
WINTER = _palette(
    "#bcc9d1",
    "#f4f3f0",
    "#fdf3e0",
    "#cdd4d8",
    "#6d7f86",
    "#dfe3e3",
    "#c4d1d6",
    "#5a726d",
    "#9fb0a6",
    "#fcfaf6",
    "#565c63",
    "#75604f",
    "#ffe3ad",
)
NIGHT = _palette(
    "#1f2a44",
    "#53638a",
    "#f3e7c3",
    "#46557a",
    "#1c2836",
    "#24303a",
    "#3b4a6b",
    "#23423f",
    "#3f5f52",
    "#c8c3bd",
    "#1d2028",
    "#3e332f",
    "#ffc864",
)

ALL = {"dawn": DAWN, "day": DAY, "autumn": AUTUMN, "dusk": DUSK, "winter": WINTER, "night": NIGHT}
