"""How Chinese titles break and how headings are numbered (GB/T 9704-2012)."""

from __future__ import annotations

import re

TITLE_CHARACTERS = 20  # 2号 (22 pt) characters that fit into 156 mm, with air at both ends

_DIGITS = "零一二三四五六七八九"
_NUMBERED = re.compile(r"^\s*(第?[一二三四五六七八九十百]+[、章节．.]|[（(][一二三四五六七八九十百]+[）)]|\d+[.．、])")
_NOT_AT_START = "、，。；：！？）》」』】〕”’…—·％%"
_NOT_AT_END = "（《「『【〔“‘"
_PAIRS = {"《": "》", "“": "”", "（": "）", "「": "」", "〔": "〕"}


def numeral(number: int) -> str:
    """Return 1–99 as it is written before a heading: 3 → 三, 10 → 十, 21 → 二十一."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")


def is_numbered(text: str) -> bool:
    """Tell whether an author has numbered a heading already: 一、 （二） 3."""
    return bool(_NUMBERED.match(text))


def width(text: str) -> float:
    """Return the width of a text in characters of full width."""
    return sum(0.5 if ord(character) < 0x2E80 and character not in "—…“”‘’·" else 1.0 for character in text)


def title_lines(title: str, *, limit: int = TITLE_CHARACTERS) -> list[str]:
    """Break a title into lines of nearly equal length, words of Latin letters and 《…》 kept whole where possible.

    A person's own line breaks win. A title that fits stays on one line.
    """
    if "\n" in title.strip():
        return [line.strip() for line in title.strip().splitlines() if line.strip()]
    return _balanced(title.strip(), limit)


def _balanced(text: str, limit: int) -> list[str]:
    whole = width(text)
    if whole <= limit:
        return [text]
    count = int(-(-whole // limit))
    aim = whole / count
    fitting = [at for at in range(1, len(text)) if width(text[:at]) <= limit and _may_break(text, at)]
    # The first line a little longer than the rest: a trapezoid stands better on its short side.
    at = min(fitting, key=lambda at: abs(width(text[:at]) - aim - 0.5) + _cost(text, at), default=limit)
    return [text[:at].strip(), *_balanced(text[at:].strip(), limit)]


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if after in _NOT_AT_START or before in _NOT_AT_END:
        return False
    return not (before.isascii() and after.isascii() and before.isalnum() and after.isalnum())


def _cost(text: str, at: int) -> float:
    """Breaking inside quotes or between a number and its unit is worse than an uneven line."""
    head = text[:at]
    inside = any(head.count(opening) > head.count(closing) for opening, closing in _PAIRS.items())
    by_number = text[at - 1].isdigit() or text[at].isdigit()
    after_mark = text[at - 1] in " ，、：；"
    return 4.0 * inside + 1.5 * by_number - 2.0 * after_mark
