"""What holds for every cleaner and whatever stands in a cell."""

import datetime as dt
import math
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn.uscc import calc_check_digit

from content.core import cleaning
from content.core.cleaning import Cleaned, Unclean
from content.registers.bases import Base, Season

KIND = cleaning.choice(Base.Kind, 民宿="homestay")
SEASONS = cleaning.several(Season)
PRICE = cleaning.range_of(cleaning.yuan)
CLEANERS = {
    "text": cleaning.text,
    "line": cleaning.line,
    "name": cleaning.name,
    "integer": cleaning.integer,
    "decimal": cleaning.decimal,
    "percent": cleaning.percent,
    "yuan": cleaning.yuan,
    "yi_yuan": cleaning.yi_yuan,
    "range": PRICE,
    "date": cleaning.date,
    "end_date": cleaning.end_date,
    "phone": cleaning.phone,
    "credit_code": cleaning.credit_code,
    "stars": cleaning.stars,
    "boolean": cleaning.boolean,
    "choice": KIND,
    "several": SEASONS,
    "beds": cleaning.for_field(Base._meta.get_field("beds")),
    "price": cleaning.for_field(Base._meta.get_field("price")),
    "batch": cleaning.for_field(Base._meta.get_field("batch")),
}

SIGNS = "0123456789０９.,-+/~～—–=％%'\"()（）：:；;、，。 \n\t\u00a0\u3000\u200b一二三十百千万亿年月日星春夏秋冬季约元人起至到转是否无AaOIE#*★☆√×"
WORDS = [
    "2023",
    "13812345678",
    "0512-66661234",
    "万元",
    "91350100M000100Y43",
    "#N/A",
    "1E+10",
    "AAA",
    "五星级",
    "四季",
    "旅游民宿",
    "—",
    "N/A",
]
PIECES = st.sampled_from([*SIGNS, *WORDS])
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.text(max_size=30),
    st.lists(PIECES, max_size=8).map("".join),
)


def written(value):
    """A clean value as our exports write it."""
    if isinstance(value, tuple):
        low, high = value
        return written(low) if high is None else f"{written(low)}-{written(high)}"
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def attempt(clean, cell):
    try:
        return clean(cell)
    except Unclean as refusal:
        return refusal


@pytest.mark.parametrize("name", CLEANERS)
@settings(max_examples=60, deadline=None)
@given(cell=CELLS)
def test_answers_or_refuses_and_is_idempotent(name, cell):
    clean = CLEANERS[name]
    answer = attempt(clean, cell)
    if isinstance(answer, Unclean):
        assert answer.code
        assert str(answer)
        return
    assert isinstance(answer, Cleaned)
    assert all(isinstance(step, str) and step for step in answer.trace)
    value = answer.value
    if value is None or (isinstance(value, tuple) and any(end is not None and end < 0 for end in value)):
        return  # -5--3 is no way to write a price
    assert clean(written(value)).value == value
    assert clean(value).value == value


@settings(max_examples=50, deadline=None)
@given(cell=CELLS)
@pytest.mark.django_db
def test_divisions(cell):
    answer = attempt(cleaning.division, cell)
    if isinstance(answer, Unclean):
        assert answer.code in ("ambiguous", "unknown_division", "formula_error", "digits_lost")
    else:
        assert answer.value is None or cleaning.division(answer.value).value == answer.value


@given(number=st.integers(min_value=-(10**14), max_value=10**14))
def test_whole_numbers_in_every_form(number):
    for form in (number, float(number), str(number), f"{number:,}", f"{number}人", f" {number} "):
        assert cleaning.integer(form).value == number


@given(number=st.decimals(min_value=0, max_value=10**9, places=2))
def test_money_in_every_form(number):
    for form in (f"{number}元", f"￥{number}", f"{number:,}", f"{number}元/人/天", f"{number / 10000:f}万元"):
        assert cleaning.yuan(form).value == number


@given(day=st.dates(dt.date(1930, 1, 1), dt.date(2100, 12, 31)))
def test_dates_in_every_form(day):
    serial = (day - dt.date(1899, 12, 30)).days
    for form in (
        day,
        dt.datetime.combine(day, dt.time(8)),
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month:02}/{day.day:02}",
        f"{day:%Y%m%d}",
        serial,
        # As text, 20234 is rather April of 2023.
        *([] if 19_900 <= serial < 20_400 else [str(serial)]),
        float(serial),
    ):
        assert cleaning.date(form).value == day


@given(number=st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_mobiles_in_every_form(number):
    for form in (
        number,
        int(number),
        float(number),
        f"{number[:3]}-{number[3:7]}-{number[7:]}",
        f"+86 {number}",
        f"手机:{number}",
    ):
        assert cleaning.phone(form).value == number


@given(body=st.from_regex(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{9}", fullmatch=True))
def test_credit_codes_with_their_check_digit(body):
    code = body + calc_check_digit(body)
    assert cleaning.credit_code(code.lower()).value == code
    wrong = body + ("0" if code[-1] != "0" else "1")
    with pytest.raises(Unclean):
        cleaning.credit_code(wrong)


@given(low=st.integers(1, 10**6), more=st.integers(1, 10**6))
def test_ranges_in_every_form(low, more):
    high = low + more
    for form in (f"{low}-{high}", f"{low}～{high}元", f"{low}元至{high}元", f"{low}—{high}"):
        assert PRICE(form).value == (Decimal(low), Decimal(high))


@given(number=st.floats(min_value=1e15, allow_nan=False))
def test_what_lost_digits_is_never_guessed(number):
    for clean in (cleaning.text, cleaning.credit_code, cleaning.phone, cleaning.integer):
        with pytest.raises(Unclean) as caught:
            clean(number)
        assert caught.value.code == (
            "formula_error" if math.isinf(number) and clean is not cleaning.credit_code else "digits_lost"
        )
