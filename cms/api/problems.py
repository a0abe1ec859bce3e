"""Problems (RFC 9457, `application/problem+json`) that say in the reader's language what is wrong and what to do."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError
from wagtail.api.v3.errors import problem_response


def unknown_parameters(request: HttpRequest, known: Iterable[str]) -> list[dict[str, Any]]:
    """Return an error for each parameter of the request that is not known."""
    return [{"type": "extra_forbidden", "loc": ["query", name]} for name in request.GET if name not in set(known)]


def translate(error: dict[str, Any]) -> dict[str, Any]:
    """Return an error of pydantic's with a message in the reader's language."""
    limits = error.get("ctx", {})
    message = {
        "extra_forbidden": _("There is no such parameter; see /api/v3/docs/ for those that are."),
        "missing": _("This is required."),
        "int_parsing": _("Give a whole number."),
        "int_from_float": _("Give a whole number."),
        "float_parsing": _("Give a number."),
        "finite_number": _("Give a number."),
        "greater_than_equal": _("Give at least %(ge)s."),
        "less_than_equal": _("Give at most %(le)s."),
        "literal_error": _("Give one of: %(expected)s."),
        "date_parsing": _("Give a date such as 2024-05-01."),
        "date_from_datetime_parsing": _("Give a date such as 2024-05-01."),
        "date_from_datetime_inexact": _("Give a date such as 2024-05-01."),
        "string_too_long": _("Give at most %(max_length)s characters."),
        "string_too_short": _("Give at least %(min_length)s characters."),
        "too_long": _("Give at most %(max_length)s values."),
        "string_pattern_mismatch": _("This value is not written as it should be."),
        "unknown_division": _("There is no division of this code; give six digits (nine for a town or street)."),
    }.get(error["type"], error.get("msg", ""))
    if "expected" in limits:
        limits = {**limits, "expected": limits["expected"].replace("' or '", "、").replace("', '", "、").strip("'")}
    where = [part for part in error["loc"] if part not in ("params", "body")]
    return {"type": error["type"], "loc": where, "msg": message % limits if limits else message}


def invalid(errors: Iterable[dict[str, Any]]) -> HttpResponse:
    """Return 422: which parameters are wrong, and why."""
    found = [translate(error) for error in errors]
    named = "；".join(f"{'.'.join(str(part) for part in e['loc'][1:])}：{e['msg']}" for e in found)
    return problem_response(
        status=422, title=_("Parameters are wrong"), detail=_("Please mend: %(named)s") % {"named": named}, errors=found
    )


def missing(what: str) -> HttpResponse:
    return problem_response(status=404, title=_("Not found by the API"), detail=what)


def speak_our_language(api: NinjaAPI) -> None:
    """Let the API tell wrong parameters in the reader's language."""

    @api.exception_handler(ValidationError)
    def handle(request: HttpRequest, error: ValidationError) -> HttpResponse:
        return invalid(error.errors)
