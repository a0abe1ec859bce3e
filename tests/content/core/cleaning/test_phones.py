"""Telephone numbers."""

import pytest

from content.core import cleaning

from .conftest import refusal


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        ("13812345678", "13812345678"),
        (13812345678, "13812345678"),
        (13812345678.0, "13812345678"),
        ("13812345678.0", "13812345678"),
        ("1.3812345678E+10", "13812345678"),
        ("138-1234-5678", "13812345678"),
        ("138 1234 5678", "13812345678"),
        ("+86 138 1234 5678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("手机：13812345678", "13812345678"),
        ("0512-66661234", "0512-66661234"),
        ("（0512）66661234", "0512-66661234"),
        ("051266661234", "0512-66661234"),
        ("010-12345678", "010-12345678"),
        ("+86-512-66661234", "0512-66661234"),
        ("66661234", "66661234"),
        ("0512-66661234转801", "0512-66661234转801"),
        ("0512-66661234-801", "0512-66661234转801"),
        ("0512-66661234 分机801", "0512-66661234转801"),
        ("400-123-4567", "400-123-4567"),
        ("4001234567", "400-123-4567"),
        ("12351", "12351"),
        (12348.0, "12348"),
        ("13812345678/0512-66661234", "13812345678、0512-66661234"),
        ("13812345678 13912345678", "13812345678、13912345678"),
        ("0512-66661234，13812345678", "0512-66661234、13812345678"),
        ("+852 2123 4567", "+85221234567"),
    ],
)
def test_phone(value, clean):
    assert cleaning.phone(value).value == clean


@pytest.mark.parametrize(
    ("value", "code", "suggestion"),
    [
        ("1.38E+10", "digits_lost", None),
        ("138****5678", "phone_masked", None),
        ("张经理13812345678", "phone_with_text", "13812345678"),
        ("1381234567", "not_a_phone", None),
        ("123456789012345", "not_a_phone", None),
    ],
)
def test_phone_refuses(value, code, suggestion):
    caught = refusal(cleaning.phone, value)
    assert (caught.code, caught.suggestion) == (code, suggestion)


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        ("0512-66661234 转 801", "0512-66661234转801"),
        ("0512-66661234（分机801）", "0512-66661234转801"),
        ("0512-66661234 转801、13812345678", "0512-66661234转801、13812345678"),
    ],
)
def test_extensions_with_blanks_and_brackets(value, clean):
    assert cleaning.phone(value).value == clean


@pytest.mark.parametrize(
    ("value", "suggestion"),
    [
        ("0512-66661234/35", "0512-66661234、0512-66661235"),
        ("l3812345678", "13812345678"),
        ("1381234567O", "13812345670"),
        ("张三13812345678 李四13912345678", "13812345678、13912345678"),
    ],
)
def test_numbers_that_are_nearly_right_are_suggested(value, suggestion):
    assert refusal(cleaning.phone, value).suggestion == suggestion
