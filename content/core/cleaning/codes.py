"""Unified social credit codes 统一社会信用代码 (GB 32100-2015)."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import product
from operator import mul
from typing import Any

from django.utils.translation import gettext as _

from content.core.chinese import narrow

from .cell import DIGITS_LOST_FROM, NOTHING, Cleaned, Unclean, arrow, cell_text, digits_lost, shown

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}
_WEIGHTS = [*(pow(3, position, 31) for position in range(17)), 1]  # with the check digit the sum is a multiple of 31
# Two characters for the registering body (letters occur: N2 for rural collectives), a division code, nine of the body
# itself, one to check.
_SHAPE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
# Letters that the standard leaves out, because they look like these.
_LOOKS_LIKE = str.maketrans("IOSVZ", "105U2")
_MAY_BE = {"I": "1LTJ", "O": "0QDC", "S": "58", "V": "UYW", "Z": "27"}
_MOST_WRONG = 4
_WITHIN = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])")
_CONFUSED = ("0D", "0Q", "0U", "1L", "1J", "2Y", "8B", "5R", "6G", "UY", "MN", "PR", "EF")
_NOT_YET = re.compile(
    r"(?:待|未|正在|尚未|在|补|已申请|申请)?(?:办理?|补办?|申领|申请|核发|赋码|提供|完善)(?:理|中|领)?"
)
_BETWEEN = re.compile(r"[\s\-_.·]+")
_EXPONENT = re.compile(r"\d(?:\.\d+)?E\+?\d{2}")


def credit_code(value: Any) -> Cleaned:
    """Clean a credit code and verify its check digit; 待办理 and the like count as empty.

    A letter that cannot stand in a code (O, I) and a wrong check digit are never mended in silence: when exactly one
    reading verifies, it is the suggestion.
    """
    if value.__class__ is str and _verifies(value):
        return Cleaned(value)
    if isinstance(value, (int, float, Decimal)) and not -DIGITS_LOST_FROM < value < DIGITS_LOST_FROM:
        raise digits_lost(value)
    found, trace = cell_text(value)
    if found is None:
        return Cleaned(None, trace) if trace else NOTHING
    if _verifies(found):
        return Cleaned(found, trace)
    code = narrow(found).upper()
    if _EXPONENT.fullmatch(code):
        raise digits_lost(found)
    if _NOT_YET.fullmatch(code):
        return Cleaned(None, (*trace, _("“%(word)s” counts as empty") % {"word": found}))
    code = _BETWEEN.sub("", code)
    if _verifies(code):
        return Cleaned(code, (*trace, arrow(found, code)))
    raise _refusal(found, code)


def _verifies(code: str) -> bool:
    """Tell whether a code has the shape and the check digit of GB 32100; python-stdnum's knows no letters first."""
    return bool(_SHAPE.fullmatch(code)) and sum(map(mul, map(_VALUES.__getitem__, code), _WEIGHTS)) % 31 == 0


def _refusal(found: str, code: str) -> Unclean:
    if (len(code) in (15, 9) and code[:-1].isdigit()) or (len(code) == 9 and code.isascii() and code.isalnum()):
        return Unclean(
            "code_old",
            _("“%(value)s” is an old code of %(count)d digits. Type the unified credit code of 18 characters.")
            % {"value": shown(found), "count": len(code)},
        )
    if not (code.isascii() and code.isalnum()):
        whole = {part for part in _WITHIN.findall(code) if _verifies(part)}
        return Unclean(
            "code_characters",
            _("“%(value)s” holds characters that no credit code has. Type 18 digits and capital letters.")
            % {"value": shown(found)},
            suggestion=whole.pop() if len(whole) == 1 else None,
        )
    if len(code) != 18:
        return Unclean(
            "code_length",
            _("“%(value)s” has %(count)d characters; a credit code has 18. Check the certificate.")
            % {"value": shown(found), "count": len(code)},
        )
    if not set(code) <= set(_ALPHABET):
        return Unclean(
            "code_confusable",
            _(
                "“%(value)s” holds a letter out of I, O, S, V, Z, which no credit code has. Is it the digit that looks alike?"
            )
            % {"value": shown(found)},
            suggestion=_without_wrong_letters(code),
        )
    return Unclean(
        "code_check_digit",
        _("The check digit of “%(value)s” is wrong: a character was mistyped. Compare with the certificate.")
        % {"value": shown(found)},
        suggestion=_only_reading(code),
    )


def _without_wrong_letters(code: str) -> str | None:
    """Return the valid code without I, O, S, V, Z: by the digits that look most like them, else the only reading."""
    likely = code.translate(_LOOKS_LIKE)
    if _verifies(likely):
        return likely
    wrong = [position for position, character in enumerate(code) if character not in _VALUES]
    if len(wrong) > _MOST_WRONG or any(code[position] not in _MAY_BE for position in wrong):
        return None
    valid = set()
    for letters in product(*(_MAY_BE[code[position]] for position in wrong)):
        reading = list(code)
        for position, letter in zip(wrong, letters, strict=True):
            reading[position] = letter
        if _verifies("".join(reading)):
            valid.add("".join(reading))
    return valid.pop() if len(valid) == 1 else None


def _only_reading(code: str) -> str | None:
    """Return the valid code that differs in one character easily confused, when there is exactly one."""
    readings = set()
    for position, character in enumerate(code):
        for pair in _CONFUSED:
            if character in pair:
                other = pair[1] if character == pair[0] else pair[0]
                readings.add(code[:position] + other + code[position + 1 :])
    valid = [reading for reading in readings if _verifies(reading)]
    return valid[0] if len(valid) == 1 else None
