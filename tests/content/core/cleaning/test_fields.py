"""The limits of a database column, and the trace."""

from decimal import Decimal

from content.core import cleaning
from content.registers.bases import Base

from .conftest import refusal

D = Decimal


class TestLimitsOfTheColumn:
    def test_length(self):
        cleaner = cleaning.for_field(Base._meta.get_field("batch"))
        assert refusal(cleaner, "批" * 41).code == "too_long"

    def test_whole_numbers(self):
        cleaner = cleaning.for_field(Base._meta.get_field("beds"))
        assert refusal(cleaner, "-1").code == "out_of_range"
        assert refusal(cleaner, "30亿").code == "out_of_range"

    def test_fractions_are_rounded_with_a_trace(self):
        cleaned = cleaning.for_field(Base._meta.get_field("longitude"))("120.12345678")
        assert cleaned.value == D("120.123457")
        assert cleaned.trace

    def test_both_ends_of_a_range(self):
        cleaner = cleaning.limited(Base._meta.get_field("price"), cleaning.range_of(cleaning.yuan))
        assert cleaner("280-320").value == (280, 320)
        assert refusal(cleaner, "280-3亿").code == "out_of_range"


def test_the_trace_says_what_was_done():
    assert cleaning.integer("约200人").trace == ("约200人 → 200",)
    assert cleaning.text("Ａ").trace == ("全角→半角",)
    assert cleaning.date("2023-04-12").trace == ()
    assert cleaning.phone("13812345678").trace == ()
