"""Running text, single lines and names."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

from content.core.chinese import HAN

from .cell import LONGEST_EMPTY, NOTHING, Cleaned, cell_text

# Only letters and digits are folded: full-width punctuation is right in Chinese text.
_WIDE = {
    code: code - 0xFEE0
    for low, high in (("０", "９"), ("Ａ", "Ｚ"), ("ａ", "ｚ"))
    for code in range(ord(low), ord(high) + 1)
}
_HAS_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_SPACES = re.compile(r"\s+")
_BESIDE_HAN = re.compile(rf"(?<=[{HAN}（）·])\s+(?=[{HAN}（）·])")
_HAS_HAN = re.compile(f"[{HAN}]")
_BRACKETS = str.maketrans("()", "（）")
# One look at a text that no cleaner of this file would change, longer than any word for "nothing": most names are so.
_CLEAN = re.compile(f"[{HAN}0-9A-Za-z（）·、—-]{{{LONGEST_EMPTY + 1},}}").fullmatch


def text(value: Any) -> Cleaned:
    """Clean text of any length; line breaks stay, full-width letters and digits become half width."""
    found, trace = cell_text(value)
    if found is None:
        return Cleaned(None, trace) if trace else NOTHING
    if _HAS_WIDE.search(found):
        found, trace = found.translate(_WIDE), (*trace, _("full width → half width"))
    return Cleaned(found, trace)


def line(value: Any) -> Cleaned:
    """Clean text that stands on one line: runs of white space become one space."""
    if value.__class__ is str and _CLEAN(value):
        return Cleaned(value)
    cleaned = text(value)
    if cleaned.value is None:
        return cleaned
    joined = _SPACES.sub(" ", cleaned.value)
    if joined == cleaned.value:
        return cleaned
    return Cleaned(joined, (*cleaned.trace, _("line breaks and double spaces joined")))


def name(value: Any) -> Cleaned:
    """Clean a name: no spaces between Han characters, and Chinese names take full-width brackets.

    `苏州 示例(分) 店` → `苏州示例（分）店`; `Hotel 示例` keeps its space.
    """
    if value.__class__ is str and _CLEAN(value):
        return Cleaned(value)
    cleaned = line(value)
    if cleaned.value is None:
        return cleaned
    found, trace = cleaned.value, cleaned.trace
    if _HAS_HAN.search(found) and ("(" in found or ")" in found):
        found, trace = found.translate(_BRACKETS), (*trace, _("half-width brackets → full width"))
    joined = _BESIDE_HAN.sub("", found)
    if joined != found:
        found, trace = joined, (*trace, _("spaces inside the name removed"))
    return Cleaned(found, trace)
