"""Numbers: with units and thousands separators, as sums of money, percentages and ranges."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from content.core.chinese import narrow

from .cell import NOTHING, Cleaned, Cleaner, Unclean, arrow, cell_text, formula_error, number_text, shown
from .numerals import MORE, is_number, value_of

_ABOUT = re.compile(
    r"^(?:大约|约为|约|大概|将近|接近|近|逾|超过|超|共计|共有|共|合计|总计|计|不少于|不低于|至少|可容纳|可接待|约计|人均|每人|≈|~|≥|>=|>)+[:：]?"
)
_OPEN_END = re.compile(r"以下|以内|不超过|不高于|最多|至多|[<≤]")
_NOTE = re.compile(r"\([^()0-9]*\)$")
_MONEY_SIGNS = re.compile(r"^(?:人民币|rmb|cny|[¥￥$])+|(?:人民币|rmb|cny)+$")
_PER = re.compile(
    r"(?:/|每|一)(?:人|天|日|晚|夜|间|次|位|套|标间|床|年|月)(?:(?:/|每|·|\.|\*|x|×)?(?:人|天|日|晚|夜|间|次|位|套|标间|床|年|月))*$"
)
_COUNTED = "平方米|平方公里|平米|公里|千米|公顷|小时|分钟|人次|家次|余人|个|人|名|家|张|床位|床|间|位|辆|席|桌|户|处|天|日|夜|晚|元|块|次|条|岁|年|月|期|届|套|栋|项|场|座|亩|米|分|度|°|例|份|支|种|类|批|只|台|层|个人|车位|餐位"
_UNIT = re.compile(rf"(?:{_COUNTED})+$")
_ROUND_HAN = re.compile(r"[上近成余多\s]*([十百千万])[余多来把]*")
_SPACED_GROUPS = re.compile(r"^([+-]?\d{1,3})((?: \d{3})+)(?!\d)")
_RANGE = re.compile(r"(?<=[^\s\-~–—―至到])(?:-{1,2}|~|–|—{1,2}|―|至|到)(?=[^\s\-~–—―至到])")
_DAYS_AND_NIGHTS = re.compile(r"(.{1,3})[天日].{1,3}[夜晚]")
_LONGEST = 60
_OTHER_UNIT = re.compile(r"美元|美金|欧元|港[币元]|日元|英镑|usd|eur|hkd|折|成|%|[a-z]{2,}")
_FREE = frozenset(["免费", "免费开放", "不收费", "免收"])


def decimal(value: Any) -> Cleaned:
    """Clean a number: `1,200` `约200人` `3.5万` `三万二` → Decimal; `80%` → 0.8."""
    return _cleaned(value, _count)


def integer(value: Any) -> Cleaned:
    """Clean a whole number into an int. Raises `not_whole` for 12.5."""
    if type(value) is int and abs(value) < 10**15:
        return Cleaned(value)
    cleaned = _cleaned(value, _count)
    if cleaned.value is None:
        return cleaned
    if isinstance(value, str) and narrow(value).endswith("%"):
        raise Unclean(
            "not_whole",
            _("“%(value)s” is a percentage, and this column takes a whole number. Type the number itself.")
            % {"value": shown(value)},
        )
    whole = cleaned.value.to_integral_value(ROUND_HALF_UP)
    if whole != cleaned.value:
        raise Unclean(
            "not_whole",
            _("“%(value)s” is not a whole number. Type a whole number without a fraction.") % {"value": shown(value)},
            suggestion=int(whole),
        )
    return Cleaned(int(whole), cleaned.trace)


def yuan(value: Any) -> Cleaned:
    """Clean a sum of money into 元: `0.5万元` → 5000; `280元/人/天` → 280."""
    return _cleaned(value, _money)


def yi_yuan(value: Any) -> Cleaned:
    """Clean a sum of money into 亿元: a bare number is 亿元; `3200万元` → 0.32, `100亿` → 100."""
    return _cleaned(value, _yi)


def percent(value: Any) -> Cleaned:
    """Clean a percentage into percentage points: `80%` → 80, `百分之八十` → 80; a bare number stays."""
    return _cleaned(value, _percent)


def range_of(cleaner: Cleaner) -> Cleaner:
    """Return a cleaner of ranges: `(low, high)`, or `(number, None)` for a single one.

    `120-150元` → (120, 150); `1-2万元` → (10000, 20000): the lower end takes the unit of the upper one.
    """

    def clean(value: Any) -> Cleaned:
        if isinstance(value, tuple | list) and len(value) == 2:
            low, high = (cleaner(end).value for end in value)
            return _ordered(value, low, high, ())
        if isinstance(value, date):
            raise _is_a_date(value)
        found, trace = cell_text(value)
        if found is None:
            return Cleaned(None, trace) if trace else NOTHING
        folded = _fold(found)
        parts = _RANGE.split(folded)
        if len(parts) == 1 or len(parts) > 2:
            cleaned = cleaner(value)
            return Cleaned(None if cleaned.value is None else (cleaned.value, None), cleaned.trace)
        high = cleaner(parts[1]).value
        low = _lower_end(cleaner, parts[0], parts[1], high)
        return _ordered(value, low, high, (arrow(found, f"{_plain(low)}-{_plain(high)}"),))

    return clean


def _lower_end(cleaner: Cleaner, low: str, high: str, upper: Decimal | int | None) -> Any:
    """Read the lower end with the unit of the upper one (1-2万), unless it then exceeds it (8000-1万)."""
    unit = re.sub(r"^.*\d", "", high)
    bare = cleaner(low).value
    if not unit or not low[-1:].isdigit():
        return bare
    with_unit = cleaner(low + unit).value
    return bare if upper is not None and with_unit is not None and with_unit > upper else with_unit


def _ordered(value: Any, low: Any, high: Any, trace: tuple[str, ...]) -> Cleaned:
    if low is None or high is None:
        single = low if low is not None else high
        return Cleaned(None if single is None else (single, None), trace)
    if low > high:
        raise Unclean(
            "range_reversed",
            _("In “%(value)s” the lower end exceeds the upper one. Write the smaller number first.")
            % {"value": shown(value)},
            suggestion=f"{_plain(high)}-{_plain(low)}",
        )
    return Cleaned((low, None if high == low else high), trace)


def _plain(number: Any) -> str:
    return number_text(number) if number is not None else ""


def _is_a_date(value: date) -> Unclean:
    return Unclean(
        "is_a_date",
        _("Excel has turned this cell into the date %(value)s. Format the column as text and type the number again.")
        % {"value": value.strftime("%Y-%m-%d")},
        suggestion=f"{value.month}-{value.day}",
    )


def _not_a_number(value: Any) -> Unclean:
    return Unclean(
        "not_a_number",
        _("“%(value)s” is not a number. Type digits, for example 1200 or 1.2万.") % {"value": shown(value)},
    )


def _cleaned(value: Any, parse: Any) -> Cleaned:
    if isinstance(value, date):
        raise _is_a_date(value)
    if isinstance(value, bool):
        raise _not_a_number(value)
    found, trace = cell_text(value)
    if found is None:
        return Cleaned(None, trace) if trace else NOTHING
    number = parse(found) if len(found) <= _LONGEST else None
    if number is None:
        raise _refusal(found)
    plain = number_text(number)
    if isinstance(value, str) and plain != found:
        trace = (*trace, arrow(found, plain))
    return Cleaned(Decimal(plain), trace)


def _refusal(found: str) -> Unclean:
    folded = _fold(found)
    ends = _RANGE.split(folded)
    if len(ends) == 2 and (low := _count(ends[0])) is not None and _count(ends[1]) is not None:
        return Unclean(
            "range_given",
            _("“%(value)s” is a range, and this column takes one number. Choose one.") % {"value": shown(found)},
            suggestion=number_text(low),
        )
    if _OPEN_END.search(folded):
        return Unclean(
            "open_range",
            _("“%(value)s” only says an upper limit. Type the number itself, or a range such as 100-200.")
            % {"value": shown(found)},
        )
    if "#" in folded and "!" in folded:
        return formula_error(found)
    refusal = _not_a_number(found)
    refusal.suggestion = _only_number(folded)
    return refusal


def _only_number(folded: str) -> str | None:
    """Return the number that a text most likely means: the only one in it (200人/批), or 千 of 近千人."""
    if _OTHER_UNIT.search(folded):
        return None
    numbers = re.findall(r"\d[\d,]*(?:\.\d+)?(?:万|亿)?", folded)
    if len(numbers) == 1 and (number := value_of(numbers[0])) is not None:
        return number_text(number)
    if not numbers and (roughly := _ROUND_HAN.fullmatch(_UNIT.sub("", folded))):
        return str({"十": 10, "百": 100, "千": 1000, "万": 10_000}[roughly[1]])
    return None


def _fold(text: str) -> str:
    folded = narrow(text).lower().replace("−", "-").replace("〜", "~").replace("∼", "~")
    folded = _SPACED_GROUPS.sub(lambda m: m[1] + m[2].replace(" ", ""), folded)
    return re.sub(r"\s+(?=\D)|(?<=\D)\s+", "", folded)


def _count(text: str) -> Decimal | None:
    if text.isascii() and text.isdigit():
        return Decimal(text)
    folded = _trimmed(_fold(text))
    if stay := _DAYS_AND_NIGHTS.fullmatch(folded):
        return value_of(stay[1])
    if folded.endswith("%"):
        points = value_of(folded[:-1])
        return None if points is None else points / 100
    return value_of(_UNIT.sub("", folded) if not is_number(folded) else folded)


def _percent(text: str) -> Decimal | None:
    folded = _trimmed(_fold(text))
    if folded.startswith("百分之"):
        return value_of(folded[3:])
    return value_of(folded.rstrip("%"))


def _money(text: str) -> Decimal | None:
    return _sum(text)[0]


def _yi(text: str) -> Decimal | None:
    number, unit = _sum(text)
    return number if number is None or not unit else number / 10**8


def _sum(text: str) -> tuple[Decimal | None, bool]:
    """Return a sum in 元 and whether the text named a unit (元, 万, 亿)."""
    if text.isascii() and text.isdigit():
        return Decimal(text), False
    folded = _MONEY_SIGNS.sub("", _trimmed(_fold(text)))
    if not is_number(folded):
        folded = MORE.sub("", _PER.sub("", folded).rstrip("/每"))
    folded = _ABOUT.sub("", _MONEY_SIGNS.sub("", folded))
    if folded in _FREE:
        return Decimal(0), False
    bare = re.sub(r"(?:元|块钱|块|圆)整?$", "", folded)
    return value_of(bare), bare != folded or "万" in bare or "亿" in bare


def _trimmed(folded: str) -> str:
    folded = _NOTE.sub("", folded)
    folded = _ABOUT.sub("", folded)
    tail = _UNIT.search(folded)
    unit = tail[0] if tail and not is_number(folded) else ""
    core = folded[: len(folded) - len(unit)] if unit else folded
    return MORE.sub("", core) + unit if MORE.search(core) else MORE.sub("", folded)
