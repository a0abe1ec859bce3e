"""Bar charts as plain SVG: geometry only. `components/bar_chart.html` draws them on pages and in PDFs alike.

Labels stand above the bars and widths are percentages, so that a chart is as readable on a phone as on a wide screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise

ROW = 46  # px: a line of text, the bar, the space below
LABEL = 16
BAR = 23
Text = str | Promise


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a bar; `x` and `width` are percentages as SVG writes them, `shade` names its colour class."""

    x: str
    width: str
    shade: str
    fill: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it stands for, its value in words, its parts, and where its label and the bar itself lie (px)."""

    label: Text
    value: Text
    segments: tuple[Segment, ...]
    label_y: int
    bar_y: int


@dataclass(frozen=True, slots=True)
class BarChart:
    title: Text
    bars: tuple[Bar, ...]
    legend: tuple[tuple[str, str, Text], ...] = field(default=())
    """(shade, fill, meaning) of each colour."""

    @property
    def height(self) -> int:
        return ROW * len(self.bars)


# Fills for where no style sheet is at hand (PDF); pages set the same shades by class, light and dark.
FILLS = {"1": "#ecd4a0", "2": "#dda33d", "3": "#cf6a2b", "4": "#b4161b", "5": "#5f070b", "plain": "#b4161b"}


def bar_chart(
    title: Text,
    rows: Iterable[tuple[Text, Text, Sequence[tuple[str, float]]]],
    *,
    legend: Sequence[tuple[str, Text]] = (),
    most: float | None = None,
) -> BarChart:
    """Return the chart of `rows`: (label, value in words, [(shade, size)]). `most` fills the width; else the longest."""
    given = list(rows)
    full = most or max((sum(size for _shade, size in parts) for _label, _value, parts in given), default=0) or 1
    bars = tuple(
        Bar(label, value, tuple(_segments(parts, full)), ROW * number + LABEL, ROW * number + BAR)
        for number, (label, value, parts) in enumerate(given)
    )
    return BarChart(title, bars, tuple((shade, FILLS[shade], meaning) for shade, meaning in legend))


def _segments(parts: Sequence[tuple[str, float]], full: float) -> Iterable[Segment]:
    at = 0.0
    for shade, size in parts:
        if size:
            yield Segment(f"{100 * at / full:.2f}%", f"{100 * size / full:.2f}%", shade, FILLS[shade])
        at += size
