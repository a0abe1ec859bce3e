"""Unified social credit codes."""

import pytest
from stdnum.cn.uscc import calc_check_digit

from content.core import cleaning

from .conftest import refusal


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        ("91350100M000100Y43", "91350100M000100Y43"),
        ("81510104mc0000012p", "81510104MC0000012P"),
        ("８１５１０１０４MC0000012P", "81510104MC0000012P"),
        ("9135 0100 M000 100Y 43", "91350100M000100Y43"),
        ("'91350100M000100Y43", "91350100M000100Y43"),
        ("待办理", None),
        ("正在办理", None),
        ("办理中", None),
        ("无", None),
    ],
)
def test_credit_code(value, clean):
    assert cleaning.credit_code(value).value == clean


@pytest.mark.parametrize(
    ("value", "code", "suggestion"),
    [
        ("9135O1OOMOOO1OOY43", "code_confusable", "91350100M000100Y43"),
        ("91350100M000100Y44", "code_check_digit", None),
        ("91350100M00010DY43", "code_check_digit", "91350100M000100Y43"),
        ("91350100M000100Y4", "code_length", None),
        ("510104000012345", "code_old", None),
        ("12345678-9", "code_old", None),
        ("九一三五", "code_characters", None),
        (9.11100001234568e17, "digits_lost", None),
        ("9.11E+17", "digits_lost", None),
    ],
)
def test_credit_code_refuses(value, code, suggestion):
    caught = refusal(cleaning.credit_code, value)
    assert (caught.code, caught.suggestion) == (code, suggestion)


@pytest.mark.parametrize(
    "value", ["统一社会信用代码：91350100M000100Y43", "91350100M000100Y43（副本）", "代码91350100M000100Y43，有效"]
)
def test_a_code_within_words_is_suggested(value):
    caught = refusal(cleaning.credit_code, value)
    assert (caught.code, caught.suggestion) == ("code_characters", "91350100M000100Y43")


def test_a_letter_that_may_be_several_is_told_by_the_check_digit():
    # V looks most like U, but only W makes the check digit right.
    stem = "91350100MW00100W0"
    code = stem + calc_check_digit(stem)
    caught = refusal(cleaning.credit_code, code.replace("W", "V", 1))
    assert caught.code == "code_confusable"
    assert caught.suggestion == code
