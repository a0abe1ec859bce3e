"""The visitor's language: a cookie set by a form, so that it works without JavaScript."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language


@csrf_exempt  # changes nothing but the visitor's own language; a token would make every page uncacheable
def language_view(request: HttpRequest) -> HttpResponseBase:
    """Take `language` ("zh-hans" or "en") and go back to where the visitor was. Set by POST only."""
    return set_language(request)
