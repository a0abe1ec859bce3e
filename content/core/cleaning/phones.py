"""Telephone numbers: mobiles, landlines with extensions, 400 numbers, short numbers; several in a cell."""

from __future__ import annotations

import re
from typing import Any

import phonenumbers
from django.utils.translation import gettext as _

from content.core.chinese import HAN, narrow

from .cell import NOTHING, Cleaned, Unclean, arrow, cell_text, digits_lost, shown

JOINED_BY = "、"
_MOBILE = re.compile(r"1[3-9]\d{9}")
_FIRST_MOBILE, _LAST_MOBILE = 13_000_000_000, 19_999_999_999
_CANONICAL = re.compile(r"1[3-9]\d{9}|(?:0(?:10|2\d)|0[3-9]\d{2})-\d{7,8}", re.A)
_LABEL = re.compile(
    r"(?:联系|办公|移动|手机|固定|座机|值班|预订|预定|咨询|服务|订房)*(?:电话|手机|座机|热线|固话|号码|tel|mobile|phone)(?:号码|号)?[:：]?",
    re.I,
)
_BETWEEN = re.compile(r"[、,，;；/|\n]+|或|和|及")
_NEXT_TO = re.compile(r"(?<=\d{7})\s+(?=1[3-9]\d|0\d{2,3}[- ]?\d{7}|400)")
_EXTENSION = re.compile(r"[\s(,]*(?:转分机|转接|分机号?|转|ext\.?|x|#|-{2,})[-:：\s]*(\d{1,6})[\s)]*$", re.I)
_DASHED_EXTENSION = re.compile(r"^((?:0\d{2,3}-?)?\d{7,8})-(\d{1,6})$")
_LANDLINE = re.compile(r"(0(?:10|2\d)|0[3-9]\d{2})(\d{7,8})")
_LOCAL = re.compile(r"[2-8]\d{6,7}")
_TOLL = re.compile(r"([48]00)(\d{3})(\d{4})")
_SHORT = re.compile(r"1[12]\d|12\d{3}|10\d{3}|1[12]\d{3}|9[56]\d{3,4}")
_EXPONENT = re.compile(r"(\d(?:\.\d+)?)e\+?(\d{1,2})", re.I)
_ABROAD = re.compile(r"(?:\+|00)(?!86)[1-9]\d{6,14}")
_PUNCTUATION = re.compile(r"[\s()\-–—.·_]+")
_PUNCTUATION_KEPT = re.compile(r"[\s()–—.·_]+")
_TWIN = re.compile(r"(.*?\d{5,6})(\d{1,2})[/、,](\d{1,2})")  # 66661234/35: the last digits of a second number
_LOOKS_LIKE = str.maketrans("OoIl|", "00111")
_A_NUMBER = re.compile(r"\+?\d[\d\- ()]{3,}\d")


def phone(value: Any) -> Cleaned:
    """Clean one or more numbers, joined by 、: `13812345678`, `0512-66661234转801`, `400-123-4567`, `12351`."""
    if value.__class__ is int and _FIRST_MOBILE <= value <= _LAST_MOBILE:  # as most files hold them
        return Cleaned(str(value))
    found, trace = cell_text(value)
    if found is None:
        return Cleaned(None, trace) if trace else NOTHING
    if _CANONICAL.fullmatch(found):
        return Cleaned(found, trace)
    folded = _LABEL.sub("", narrow(found)).strip(" :：")
    if twin := _TWIN.fullmatch(_PUNCTUATION_KEPT.sub("", folded)):
        raise _short_second(found, twin)
    numbers: list[str] = []
    for part in _BETWEEN.split(_NEXT_TO.sub("、", folded)):
        if part.strip(" -—"):
            number = _one(part.strip(), found)
            if number not in numbers:
                numbers.append(number)
    if not numbers:
        raise _not_a_phone(found)
    clean = JOINED_BY.join(numbers)
    return Cleaned(clean, trace if clean == found else (*trace, arrow(found, clean)))


def _one(part: str, found: str) -> str:
    if exact := _EXPONENT.fullmatch(part):
        mantissa, exponent = exact[1].replace(".", ""), int(exact[2])
        if len(mantissa) != exponent + 1:
            raise digits_lost(found)
        part = mantissa
    part = re.sub(r"\.0+$", "", part)
    extension = ""
    if match := _EXTENSION.search(part):
        part, extension = part[: match.start()], match[1]
    elif match := _DASHED_EXTENSION.match(re.sub(r"[()\s]+", "", part)):
        part, extension = match[1], match[2]
    number = _number(_PUNCTUATION.sub("", part))
    if number is None:
        raise _refusal(part, found)
    return f"{number}转{extension}" if extension else number


def _number(digits: str) -> str | None:
    if _ABROAD.fullmatch(digits):
        return _abroad("+" + digits.lstrip("+").removeprefix("00"))
    home = re.sub(r"^(?:\+86|0086|86(?=1[3-9]\d{9}$|0?[1-9]\d{8,10}$))", "", digits)
    if home != digits and not home.startswith(("0", "1", "4", "8")):
        home = "0" + home
    if _MOBILE.fullmatch(home.removeprefix("0")):
        return home.removeprefix("0")
    if match := _TOLL.fullmatch(home):
        return "-".join(match.groups())
    if match := _LANDLINE.fullmatch(home):
        return "-".join(match.groups())
    return home if _LOCAL.fullmatch(home) or _SHORT.fullmatch(home) else None


def _abroad(number: str) -> str | None:
    """Return a number of another country or region (+852 …) in its international form."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _short_second(found: str, twin: re.Match[str]) -> Unclean:
    first, other = _number_or_none(twin[1] + twin[2]), _number_or_none(twin[1] + twin[2][: -len(twin[3])] + twin[3])
    refusal = _not_a_phone(found)
    refusal.suggestion = JOINED_BY.join((first, other)) if first and other and len(twin[2]) == len(twin[3]) else None
    return refusal


def _number_or_none(part: str) -> str | None:
    return _number(_PUNCTUATION.sub("", part))


def _refusal(part: str, found: str) -> Unclean:
    if "*" in part or "＊" in part or re.search(r"\d[xX]{2,}", part):
        return Unclean(
            "phone_masked",
            _("“%(value)s” is masked. Type the whole number.") % {"value": shown(found)},
        )
    if re.search(f"[{HAN}A-Za-z]", part):
        mended = _number_or_none(part.translate(_LOOKS_LIKE))
        candidates = [mended] if mended else [n for n in map(_number_or_none, _A_NUMBER.findall(part)) if n]
        return Unclean(
            "phone_with_text",
            _("“%(value)s” holds more than numbers. Leave only the numbers, and put names in the contact column.")
            % {"value": shown(found)},
            suggestion=JOINED_BY.join(dict.fromkeys(candidates)) or None,
        )
    return _not_a_phone(found)


def _not_a_phone(found: Any) -> Unclean:
    return Unclean(
        "not_a_phone",
        _(
            "“%(value)s” is not a telephone number. Type a mobile of 11 digits, a landline with area code "
            "(0512-66661234) or a 400 number."
        )
        % {"value": shown(found)},
    )
