"""How Chinese titles break and how headings are numbered (GB/T 9704-2012)."""

from __future__ import annotations

import re
from functools import lru_cache

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
    """Return the width of a text in characters of full width, as our faces have it: digits 0.56, capitals 0.7."""
    return sum(map(_width, text))


def _width(character: str) -> float:
    if ord(character) >= 0x2E80 or character in "—…“”‘’·★☆":
        return 1.0
    return 0.7 if character.isupper() else 0.56


def title_lines(title: str, *, limit: int = TITLE_CHARACTERS) -> list[str]:
    """Break a title into as few lines as it takes, nearly equal, at the best places: the least total cost wins.

    A person's own line breaks stay; a space in the title invites a break. A title that fits stays on one line.
    """
    if "\n" in title.strip():
        return [line.strip() for line in title.strip().splitlines() if line.strip()]
    text = title.strip()
    if width(text) <= limit:
        return [text]
    for count in range(int(-(-width(text) // limit)), len(text) + 1):
        if best := _best(text, count, limit):
            return list(best[1])
    return [text]


@lru_cache(maxsize=4096)
def _best(text: str, count: int, limit: int, start: int = 0) -> tuple[float, tuple[str, ...]] | None:
    """Return the least cost of breaking `text[start:]` into `count` lines, and the lines; None when it cannot be."""
    line = text[start:].strip()
    if count == 1:
        return (0.0, (line,)) if line and width(line) <= limit else None
    found: list[tuple[float, tuple[str, ...]]] = []
    aim = width(line) / count
    for at in range(start + 1, len(text)):
        head = text[start:at].strip()
        if width(head) > limit:
            break
        if head and _may_break(text, at) and (rest := _best(text, count - 1, limit, at)):
            # The first line a little longer: a trapezoid stands better on its short side.
            cost = (width(head) - aim - 0.5) ** 2 / aim + _cost(text, at)
            found.append((cost + rest[0], (head, *rest[1])))
    return min(found, key=lambda candidate: candidate[0], default=None)


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if after in _NOT_AT_START or before in _NOT_AT_END:
        return False
    return not (before.isascii() and after.isascii() and before.isalnum() and after.isalnum())


def _cost(text: str, at: int) -> float:
    """Breaking inside quotes, or between a number and its unit, is worse than an uneven line; at a mark it is better."""
    head = text[:at]
    inside = any(head.count(opening) > head.count(closing) for opening, closing in _PAIRS.items())
    by_number = text[at - 1].isdigit() or (text[at].isdigit() and text[at - 1] not in " 》、，：；")
    after_mark = text[at - 1] in " 　、，：；" or text[at] in " 　"
    before_quote = text[at] in _PAIRS
    return 9.0 * inside + 3.0 * by_number - 6.0 * after_mark - 2.0 * before_quote
