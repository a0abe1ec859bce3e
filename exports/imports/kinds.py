"""Short names of the kinds of problems in rows, for filters. The codes are those of docs/error-codes.md."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NAMES = {
    "formula_error": _("error of a formula"),
    "digits_lost": _("long number lost digits"),
    "required": _("required cell is empty"),
    "too_long": _("text too long"),
    "out_of_range": _("number out of range"),
    "not_a_number": _("no number"),
    "not_whole": _("no whole number"),
    "range_given": _("range instead of a number"),
    "open_range": _("range with one end"),
    "range_reversed": _("range reversed"),
    "is_a_date": _("number became a date"),
    "not_a_date": _("no date"),
    "no_such_date": _("no such day"),
    "date_ambiguous": _("date of several meanings"),
    "date_incomplete": _("incomplete date"),
    "date_lunar": _("lunar date"),
    "date_range": _("period instead of a date"),
    "date_out_of_range": _("year out of range"),
    "not_a_phone": _("no phone number"),
    "phone_masked": _("masked phone number"),
    "phone_with_text": _("text in a phone number"),
    "code_length": _("code of wrong length"),
    "code_characters": _("wrong characters in a code"),
    "code_confusable": _("confusable letters in a code"),
    "code_check_digit": _("wrong check digit"),
    "code_old": _("old kind of code"),
    "not_stars": _("no stars"),
    "not_a_boolean": _("neither yes nor no"),
    "not_a_choice": _("not among the choices"),
    "ambiguous": _("name of several meanings"),
    "unknown_division": _("no such division"),
    "division_abolished": _("abolished division"),
    "dates_reversed": _("dates reversed"),
    "date_in_future": _("date in the future"),
    "part_exceeds_whole": _("part exceeds whole"),
    "contradiction": _("columns contradict each other"),
    "cycle": _("circle of superiors"),
    "duplicate": _("same as another record"),
    "duplicate_in_file": _("twice in the file"),
    "similar": _("likely a record of the register"),
    "similar_in_file": _("likely another row of the file"),
    "reference_missing": _("record referred to is missing"),
    "reference_name": _("name does not fit the code"),
    "reference_conflict": _("two columns refer to different records"),
    "reference_failed": _("record referred to is not written"),
    "pending_draft": _("pending draft"),
    "out_of_scope": _("outside your divisions"),
}


def name_of(code: str) -> str:
    return str(NAMES.get(code, code))
