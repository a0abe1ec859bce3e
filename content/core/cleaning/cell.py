"""What every cleaner shares: its answers, and the text of a cell without what spreadsheets smuggle in."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from content.core.chinese import narrow

# Excel keeps 15 significant digits: from here on a number is not what was typed.
DIGITS_LOST_FROM = 10**15
# What people write into a cell that they leave empty, after folding to half width and small letters.
EMPTY_WORDS = frozenset(
    ["无", "暂无", "没有", "空", "未填", "不详", "未知", "暂缺", "略", "n/a", "na", "none", "null", "nil"]
)
LONGEST_EMPTY = 8
_LONGEST_REMEMBERED, _MOST_REMEMBERED = 40, 10_000
_DASHES_AND_SLASHES = re.compile(r"[-—–―─_/\\.。·*]{1,8}")
FORMULA_ERROR = re.compile(
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|未计算!|GETTING_DATA|BUSY!)", re.I
)
# A spreadsheet runs a text as a formula when it begins with one of these.
FORMULA_STARTS = frozenset("=+-@\t\r＝＋－＠")

# Zero-width characters, byte order marks, soft hyphens, direction marks and control characters but tab and newline.
_INVISIBLE = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufff9-\ufffc]"
)
_ODD_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_UNPAIRED = re.compile("[\ud800-\udfff]")
_AS_TEXT_FORMULA = re.compile(r'="([^"]*)"')
# One look tells most cells apart from those that need cleaning.
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ud800-\udfff"
    "\ufeff\ufff9-\uffff]|^[\\s'=]|\\s$|_x000D_"
)


@dataclass(slots=True)  # not frozen: there is one for each cell, and frozen ones take twice as long to make
class Cleaned:
    """A clean value and how it came about ("全角→半角", "约200人 → 200"); the trace is empty when nothing was done."""

    value: Any
    trace: tuple[str, ...] = ()


class Unclean(ValueError):
    """A cell that cannot be cleaned. `code` is of docs/error-codes.md; `suggestion` a value a person may accept."""

    def __init__(self, code: str, message: str | Promise, *, suggestion: Any = None) -> None:
        super().__init__(str(message))
        self.code = code
        self.message = message
        self.suggestion = suggestion


Cleaner = Callable[[Any], Cleaned]

NOTHING = Cleaned(None)


def arrow(before: Any, after: Any) -> str:
    """Return one step of a trace: `约200人 → 200`."""
    return f"{shown(before)} → {after}"


def shown(value: Any, limit: int = 40) -> str:
    """Return a cell as a message quotes it: on one line, and not endless."""
    text = " ".join(str(value).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def cell_text(value: Any) -> tuple[str | None, tuple[str, ...]]:
    """Return the text of a cell, without what spreadsheets smuggle in, and the trace; None when the cell is empty.

    Numbers come as people typed them (13812345678.0 → 13812345678), dates in ISO form, truth values as 是 and 否.
    Raises Unclean for a formula's error (`formula_error`) and for a number that lost digits (`digits_lost`).
    """
    if value is None:
        return None, ()
    if isinstance(value, str):
        if not value:
            return None, ()
        if _SUSPECT.search(value):
            return _stripped(value)
        if len(value) <= LONGEST_EMPTY or value[0] == "#":
            return _told(value, ())
        return value, ()
    if isinstance(value, bool):
        word = "是" if value else "否"
        return word, (arrow(value, word),)
    if isinstance(value, int | float | Decimal):
        return number_text(value), ()
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return (value.date().isoformat() if midnight else value.isoformat(" ", "seconds")), ()
    if isinstance(value, date | time):
        return value.isoformat(), ()
    return _stripped(str(value))


def number_text(value: float | Decimal) -> str:
    """Return a number as it was typed: no `.0`, no exponent, no noise of binary fractions."""
    if isinstance(value, float):
        if not math.isfinite(value):
            raise formula_error(value)
        if abs(value) >= DIGITS_LOST_FROM:
            raise digits_lost(value)
        value = Decimal(f"{value:.15g}")
    if isinstance(value, int):
        if abs(value) >= DIGITS_LOST_FROM:
            raise digits_lost(value)
        return str(value)
    if not value.is_finite():
        raise formula_error(value)
    if abs(value) >= DIGITS_LOST_FROM or (value and value.adjusted() < -DIGITS):
        raise digits_lost(value)
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


DIGITS = 30


def remembering(clean: Cleaner) -> Cleaner:
    """Return the cleaner with a memory: columns of dates, choices and numbers hold the same texts over and over.

    Only answers that read the same in every language are kept: values, with at most one step `before → after`.
    """
    known: dict[str, Cleaned] = {}

    def look_up(value: Any) -> Cleaned:
        if type(value) is not str:
            return clean(value)
        answer = known.get(value)
        if answer is None:
            answer = clean(value)
            same_everywhere = not answer.trace or (len(answer.trace) == 1 and " → " in answer.trace[0])
            if answer.value is not None and same_everywhere and len(value) <= _LONGEST_REMEMBERED:
                if len(known) >= _MOST_REMEMBERED:
                    known.clear()
                known[value] = answer
        return answer

    return look_up


def formula_error(value: Any) -> Unclean:
    return Unclean(
        "formula_error",
        _("The cell holds the formula error “%(value)s”. Mend the formula in the file, or type the value itself.")
        % {"value": shown(value)},
    )


def digits_lost(value: Any) -> Unclean:
    return Unclean(
        "digits_lost",
        _(
            "“%(value)s” was kept as a number and has lost digits: Excel keeps only 15. "
            "Format the column as text and type the value again."
        )
        % {"value": shown(value)},
    )


def empty_word(text: str) -> bool:
    """Tell whether a text only says that there is nothing: 无, 暂无, /, —, N/A."""
    text = text if text.isascii() else narrow(text)
    return text.casefold() in EMPTY_WORDS or (not text[0].isalnum() and bool(_DASHES_AND_SLASHES.fullmatch(text)))


def _stripped(raw: str) -> tuple[str | None, tuple[str, ...]]:
    text = raw
    for _round in range(len(raw) + 1):
        before = text
        text = _strip_once(text)
        if text == before:
            break
    if not text:
        return None, ()
    return _told(text, () if text == raw.strip(" \n\t") else (_("hidden characters removed"),))


def _told(text: str, trace: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """Tell words for nothing and errors of formulas from text."""
    if len(text) <= LONGEST_EMPTY and empty_word(text):
        return None, (_("“%(word)s” counts as empty") % {"word": text},)
    if FORMULA_ERROR.fullmatch(text):
        raise formula_error(text)
    return text, trace


def _strip_once(text: str) -> str:
    text = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    text = _UNPAIRED.sub("", _INVISIBLE.sub("", _ODD_SPACES.sub(" ", text))).strip()
    wrapped = _AS_TEXT_FORMULA.fullmatch(text)
    if wrapped:
        return wrapped[1]
    # Excel's own sign for "this is text", and the one our exports put before what looks like a formula.
    if text.startswith("'") and (text[1:2] in FORMULA_STARTS or "'" not in text[1:]):
        return text[1:]
    return text
