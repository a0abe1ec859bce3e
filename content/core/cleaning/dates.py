"""Dates in every form that Chinese spreadsheets know."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Any

from django.utils.translation import gettext as _

from content.core.chinese import narrow

from .cell import NOTHING, Cleaned, Cleaner, Unclean, arrow, cell_text, shown

FIRST_YEAR, LAST_YEAR = 1900, 2100
# Excel counts days from here (its calendar has a 29 February 1900, so day 60 and before are one off).
_EPOCH = dt.date(1899, 12, 30)
# As plain numbers in a date column, serials of these only; smaller ones would be years or months.
_BETWEEN_EPOCHS = 1462
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 73_415  # 1927-05-18 to 2100-12-31

_TIME = re.compile(
    r"(?<=\d|日|号)(?:[t ]\s*\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?|(?:上午|下午|星期[一二三四五六日天]|周[一二三四五六日天]|\((?:星期|周).\)))$"
)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.A)
_YEAR_FIRST = re.compile(r"(?:公元)?(\d{4})(?:年|[-/.、,。_ ]+)(\d{1,2})(?:月|[-/.、,。_ ]+)(\d{1,2})(?:日|号)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})(?:月份?)?|(\d{4})(\d{2})")
_YEAR_AND_MONTH = re.compile(r"(?:199|20[0-3])\d[1-9]")
_YEAR = re.compile(r"(\d{4})(?:年度?)?")
_SHORT_YEAR = re.compile(r"['‘’]?(\d{2})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})(?:日|号)?")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_NO_YEAR = re.compile(r"(\d{1,2})(?:月|[-/.])(\d{1,2})(?:日|号)?")
_HAN_DATE = re.compile(
    r"(?:[〇○零一二三四五六七八九]{4}|\d{4})年[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十廿]{1,3}[日号])?"
)
_DIGITS = {"〇": "0", "○": "0", "零": "0", **{han: str(n) for n, han in enumerate("一二三四五六七八九", 1)}}
_WIDE_RANGE = re.compile(r"\s*(?:-{2,}|~|–|—+|至|到)\s*")
_HYPHEN_RANGE = re.compile(r"(.*?(?:\d{4}[./]\d{1,2}(?:[./]\d{1,2})?|[年月日号]))\s*-\s*(\d{2,4}[年./].*)")
_LUNAR = re.compile(
    r"农历|阴历|旧历|夏历|正月|腊月|冬月|闰[一二三四五六七八九十]|初[一二三四五六七八九十]|廿|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年"
)
_WORDS = re.compile(r"(?:初|底|末|上半年|下半年|年初|年底|年中|第?[一二三四1-4]季度?|[上中下]旬)$")
_REPUBLIC = re.compile(r"民国(\d{1,3})年(\d{1,2})月(\d{1,2})日?")
_SHORT_MONTH = re.compile(r"['‘’]?(\d{2})年(\d{1,2})月份?")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_MONTH_NAME = "(" + "|".join(_MONTHS) + r")[a-z]*\.?"
_ENGLISH = (
    re.compile(rf"(?P<d>\d{{1,2}})[-/ ]?{_MONTH_NAME.replace('(', '(?P<m>', 1)}[-/, ]*(?P<y>\d{{4}}|\d{{2}})"),
    re.compile(rf"{_MONTH_NAME.replace('(', '(?P<m>', 1)}[- ]?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[, ]+(?P<y>\d{{4}})"),
    re.compile(rf"(?P<y>\d{{4}})[-/ ]?{_MONTH_NAME.replace('(', '(?P<m>', 1)}[-/ ]?(?P<d>\d{{1,2}})"),
)
_FOR_EVER = frozenset(["长期", "长期有效", "永久", "永久有效", "至今", "无固定期限", "无限期"])


def date(value: Any) -> Cleaned:
    """Clean a date; a month alone becomes its first day, with a trace."""
    return _clean(value, end=False)


def end_date(value: Any) -> Cleaned:
    """Clean the date at which something ends: a month alone becomes its last day, 长期 becomes empty."""
    return _clean(value, end=True)


def from_1904(cleaner: Cleaner) -> Cleaner:
    """Return the cleaner for a workbook that counts its days from 1904: 43566 is 2023-04-12 there."""

    def clean(value: Any) -> Cleaned:
        serial = isinstance(value, int | float) and not isinstance(value, bool)
        if serial and _FIRST_SERIAL <= value + _BETWEEN_EPOCHS <= _LAST_SERIAL:
            return cleaner(value + _BETWEEN_EPOCHS)
        return cleaner(value)

    return clean


def _clean(value: Any, *, end: bool) -> Cleaned:
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return Cleaned(_in_range(value, value))
    if isinstance(value, bool):
        raise _not_a_date(value)
    if isinstance(value, str) and _ISO.fullmatch(value) and (parsed := _maybe(*map(int, value.split("-")))):
        return Cleaned(_in_range(parsed, value))
    found, trace = cell_text(value)
    if found is None:
        return Cleaned(None, trace) if trace else NOTHING
    if isinstance(value, float):
        _refuse_lost_zero(found)
    if not isinstance(value, str) and "." in found and len(found.split(".")[0]) == 5:
        found = found.split(".")[0]  # a serial with a time of day
    folded = _fold(found)
    if isinstance(value, str) and _YEAR_AND_MONTH.fullmatch(folded):
        # A serial of 1954 to 1957, or a year and month without what stood between them.
        raise _ambiguous(found, dt.date(int(folded[:4]), int(folded[4]), 1))
    if end and folded in _FOR_EVER:
        return Cleaned(None, (arrow(found, _("no end")),))
    parsed, plain = _parse(folded, found, end=end)
    if plain and found == parsed.isoformat():
        return Cleaned(parsed, trace)
    return Cleaned(parsed, (*trace, arrow(found, parsed.isoformat())))


def _fold(text: str) -> str:
    folded = re.sub(r"\s*(?<=[年月./-])\s*|\s+(?=[年月日号./-])", "", narrow(text).lower()).strip("。.;；,，")
    if _HAN_DATE.fullmatch(folded):
        year, rest = folded.split("年")
        month, day = rest.split("月")
        folded = (
            "".join(_DIGITS.get(c, c) for c in year)
            + f"年{_han_small(month)}月"
            + (f"{_han_small(day[:-1])}日" if day else "")
        )
    return _TIME.sub("", folded)


def _han_small(text: str) -> int:
    """Read 一 to 三十一, 廿 included."""
    text = text.replace("廿", "二十")
    tens, ten, ones = text.rpartition("十")
    try:
        return (int(_DIGITS[tens]) if tens else 1 if ten else 0) * 10 + (int(_DIGITS[ones]) if ones else 0)
    except KeyError:
        return 0


def _parse(folded: str, found: str, *, end: bool) -> tuple[dt.date, bool]:
    """Return the date and whether it was written in full."""
    if match := _YEAR_FIRST.fullmatch(folded) or (
        _COMPACT.fullmatch(folded) if folded[:2] in ("19", "20", "21") else None
    ):
        return _existing(found, *(int(part) for part in match.groups())), True
    for pattern in _ENGLISH:
        if (match := pattern.fullmatch(folded)) and len(match["y"]) == 4:
            return _existing(found, int(match["y"]), _MONTHS[match["m"]], int(match["d"])), False
    if folded.isdigit() and len(folded) == 5 and _FIRST_SERIAL <= int(folded) <= _LAST_SERIAL:
        return _EPOCH + dt.timedelta(days=int(folded)), False
    if match := _MONTH.fullmatch(folded):
        year, month = (int(part) for part in match.groups() if part)
        if 1 <= month <= 12 and FIRST_YEAR <= year <= LAST_YEAR:
            return dt.date(year, month, calendar.monthrange(year, month)[1] if end else 1), False
        raise _no_such_date(found, None)
    raise _refusal(folded, found, end=end)


def _refusal(folded: str, found: str, *, end: bool) -> Unclean:
    if match := _YEAR.fullmatch(folded):
        year = int(match[1])
        if FIRST_YEAR <= year <= LAST_YEAR:
            return _incomplete(found, dt.date(year, 12, 31) if end else dt.date(year, 1, 1))
    if match := _SHORT_YEAR.fullmatch(folded):
        year, month, day = (int(part) for part in match.groups())
        return _ambiguous(found, _maybe(_century(year), month, day))
    if match := _YEAR_LAST.fullmatch(folded):
        first, second, year = (int(part) for part in match.groups())
        return _ambiguous(found, _maybe(year, first, second) or _maybe(year, second, first))
    if _LUNAR.search(folded):
        return Unclean(
            "date_lunar",
            _(
                "“%(value)s” is a date of the lunar calendar, which is not converted. Type the day of the solar calendar."
            )
            % {"value": shown(found)},
        )
    if short := _other_year(folded, found):
        return short
    ends = _ends(folded)
    if ends:
        wanted = ends[1] if end else ends[0]
        return Unclean(
            "date_range",
            _("“%(value)s” is a period, and this column takes one day. Type the day that is meant.")
            % {"value": shown(found)},
            suggestion=wanted,
        )
    if _NO_YEAR.fullmatch(folded) or (re.match(r"\d{4}年", folded) and _WORDS.search(folded)):
        return _incomplete(found, None)
    return _not_a_date(found)


def _other_year(folded: str, found: str) -> Unclean | None:
    """Refuse years of two digits and of the Republic, with the date that is probably meant."""
    if match := _SHORT_MONTH.fullmatch(folded):
        return _ambiguous(found, _maybe(_century(int(match[1])), int(match[2]), 1))
    if match := _REPUBLIC.fullmatch(folded):
        return _ambiguous(found, _maybe(1911 + int(match[1]), int(match[2]), int(match[3])))
    if match := _ENGLISH[0].fullmatch(folded):
        return _ambiguous(found, _maybe(_century(int(match["y"])), _MONTHS[match["m"]], int(match["d"])))
    return None


def _century(year: int) -> int:
    return 2000 + year if year < 70 else 1900 + year


def _ends(folded: str) -> tuple[dt.date | None, dt.date | None] | None:
    """Return both ends of a period (2023.4-2026.4), None for an end that is no date by itself."""
    parts = _WIDE_RANGE.split(folded)
    if len(parts) != 2 or not all(parts):
        match = _HYPHEN_RANGE.fullmatch(folded)
        if not match:
            return None
        parts = list(match.groups())
    found: list[dt.date | None] = []
    for part, end in zip(parts, (False, True), strict=True):
        try:
            found.append(_parse(part, part, end=end)[0])
        except Unclean:
            found.append(None)
    return (found[0], found[1]) if any(found) else None


def _refuse_lost_zero(found: str) -> None:
    """2023.1 kept as a number may have been 2023.1 or 2023.10."""
    year, dot, month = found.partition(".")
    if dot and month == "1" and len(year) == 4:
        raise _ambiguous(found, dt.date(int(year), 10, 1) if FIRST_YEAR <= int(year) <= LAST_YEAR else None)


def _existing(found: str, year: int, month: int, day: int) -> dt.date:
    parsed = _maybe(year, month, day)
    if parsed is None:
        last = calendar.monthrange(year, month)[1] if 1 <= month <= 12 and 1 <= year <= 9999 else 0
        raise _no_such_date(found, dt.date(year, month, last) if 0 < last < day <= 31 else None)
    return _in_range(parsed, found)


def _maybe(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _in_range(parsed: dt.date, found: Any) -> dt.date:
    if not FIRST_YEAR <= parsed.year <= LAST_YEAR:
        raise Unclean(
            "date_out_of_range",
            _("The year of “%(value)s” cannot be right. Type a date between 1900 and 2100.") % {"value": shown(found)},
        )
    return parsed


def _no_such_date(found: str, suggestion: dt.date | None) -> Unclean:
    return Unclean(
        "no_such_date",
        _("“%(value)s” does not exist in the calendar. Type a day that exists.") % {"value": shown(found)},
        suggestion=suggestion,
    )


def _ambiguous(found: str, suggestion: dt.date | None) -> Unclean:
    return Unclean(
        "date_ambiguous",
        _("“%(value)s” can be read as several dates. Type the year with four digits, for example 2023-04-12.")
        % {"value": shown(found)},
        suggestion=suggestion,
    )


def _incomplete(found: str, suggestion: dt.date | None) -> Unclean:
    return Unclean(
        "date_incomplete",
        _("“%(value)s” is not a whole date. Type year, month and day, for example 2023-04-12.")
        % {"value": shown(found)},
        suggestion=suggestion,
    )


def _not_a_date(found: Any) -> Unclean:
    return Unclean(
        "not_a_date",
        _("“%(value)s” is not a date. Type it like 2023-04-12 or 2023年4月12日.") % {"value": shown(found)},
    )
