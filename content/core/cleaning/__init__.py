"""Cleaners: each turns one dirty cell into a value, or says why it cannot.

A cleaner takes what a reader found in a cell (str, int, float, bool, date, datetime or None) and returns `Cleaned`:
the value (None for an empty cell) and the trace of what was done. It raises `Unclean`, and nothing else, for a cell
that must be mended by a person. Cleaning what was cleaned before changes nothing.

One file a family: text, numbers, dates, codes, phones, choices, divisions; `fields` picks one by a field's type.
"""

from .cell import Cleaned, Cleaner, Unclean
from .choices import boolean, choice, several, stars
from .codes import credit_code
from .dates import date, end_date, from_1904
from .divisions import division
from .fields import for_field, limited
from .numbers import decimal, integer, percent, range_of, yi_yuan, yuan
from .phones import phone
from .text import line, name, text

__all__ = [
    "Cleaned",
    "Cleaner",
    "Unclean",
    "boolean",
    "choice",
    "credit_code",
    "date",
    "decimal",
    "division",
    "end_date",
    "for_field",
    "from_1904",
    "integer",
    "limited",
    "line",
    "name",
    "percent",
    "phone",
    "range_of",
    "several",
    "stars",
    "text",
    "yi_yuan",
    "yuan",
]
