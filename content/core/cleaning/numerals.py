"""Numerals: one number without a unit, in digits, with 万 and 亿, in Chinese characters."""

from __future__ import annotations

import re
from decimal import Decimal

import cn2an

# What people write behind a number that is not exact.
MORE = re.compile(r"(?:左右|上下|以上|及以上|起|余|多|\+|许|不等)+$")
_MULTIPLIERS = {
    "万亿": 10**12,
    "千亿": 10**11,
    "百亿": 10**10,
    "十亿": 10**9,
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "w": 10**4,
    "千": 10**3,
    "k": 10**3,
    "百": 100,
}
_COMPOUND = re.compile(r"(?:(\d+(?:\.\d+)?)亿)?(?:(\d+(?:\.\d+)?)(千?)万)?(?:(\d)千)?(?:(\d)百)?(\d*)")
_WITH_MULTIPLIER = re.compile(r"(.+?)(万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|w|千|k|百)")
_PLAIN = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:[,，]\d{3})+)(?:\.\d+)?|[+-]?\.\d+|[+-]?\d+\.")
_EXPONENT = re.compile(r"[+-]?\d(?:\.\d+)?e[+-]?\d{1,2}")
_HAN_NUMBER = re.compile(r"负?[零〇○一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟点]+")


def is_number(text: str) -> bool:
    """Tell whether the text is nothing but digits, with separators, or Chinese characters for a number."""
    return bool(_PLAIN.fullmatch(text) or _HAN_NUMBER.fullmatch(text))


def value_of(text: str) -> Decimal | None:
    """Read one number without a unit: digits, digits with 万/亿, Chinese numerals."""
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", "").rstrip("."))
    if _EXPONENT.fullmatch(text):
        return Decimal(text)
    if _HAN_NUMBER.fullmatch(text.replace("廿", "二十").replace("卅", "三十")):
        return _han(text.replace("廿", "二十").replace("卅", "三十"))
    if grouped := _WITH_MULTIPLIER.fullmatch(text):
        head = MORE.sub("", grouped[1])
        if _PLAIN.fullmatch(head):
            return Decimal(head.replace(",", "").rstrip(".")) * _MULTIPLIERS[grouped[2]]
    return _compound(text)


def _compound(text: str) -> Decimal | None:
    """Read digits and units mixed: 12万3千 → 123000, 1亿2千万, 3万2 → 32000 as people say it."""
    match = _COMPOUND.fullmatch(text)
    if not match or not text or text.isdigit():
        return None
    yi, wan, thousand_wan, thousand, hundred, rest = match.groups()
    if rest and text[-len(rest) - 1] in "亿万千百":  # 3万2 is 32,000; 3万200 is 30,200; 3千50 is 3,050
        unit = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100}[text[-len(rest) - 1]]
        last = Decimal(rest) * (unit // 10 if len(rest) == 1 else 1)
        if last >= unit:
            return None
    else:
        last = Decimal(0)
    return (
        Decimal(yi or 0) * 10**8
        + Decimal(wan or 0) * (10**7 if thousand_wan else 10**4)
        + Decimal(thousand or 0) * 1000
        + Decimal(hundred or 0) * 100
        + last
    )


def _han(text: str) -> Decimal | None:
    try:
        return Decimal(str(cn2an.cn2an(text.replace("○", "〇"), "normal")))
    except Exception:  # it raises what it likes, by the characters it meets
        return None
