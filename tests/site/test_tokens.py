"""Colours hold the contrast of WCAG 2.2 AA, computed from the tokens as they are served."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).resolve().parents[2] / "site" / "static" / "css" / "tokens.css").read_text()
LIGHT, DARK = CSS.split("prefers-color-scheme: dark) {", 1)
DARK = DARK.split("@media", 1)[0]


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", css))


SCHEMES = {"light": colours(LIGHT), "dark": colours(LIGHT) | colours(DARK)}


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(a: str, b: str) -> float:
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


TEXT = ["ink", "muted", "link", "link-hover", "red", "star"]
GROUNDS = ["ground", "paper", "raised"]
PAIRS = [(text, ground) for text in TEXT for ground in GROUNDS]
PAIRS += [("band-ink", "band"), ("band-soft", "band"), ("gold", "band"), ("link", "tint")]
PAIRS += [("ink", "good-tint"), ("ink", "warn-tint"), ("good", "ground"), ("warn", "ground")]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read(scheme, text, ground):
    tokens = SCHEMES[scheme]
    assert contrast(tokens[text], tokens[ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("edge", "ground"), [("border", "ground"), ("border", "raised"), ("focus", "ground")])
def test_edges_can_be_seen(scheme, edge, ground):
    tokens = SCHEMES[scheme]
    assert contrast(tokens[edge], tokens[ground]) >= 3
