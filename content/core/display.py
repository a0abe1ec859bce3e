"""How a visitor wants to read: text size, kept in a cookie so that it works without JavaScript."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

COOKIE = "text_size"
LARGE = "large"
YEAR = 365 * 24 * 60 * 60


@csrf_exempt  # changes nothing but the visitor's own text size; a token would make every page uncacheable
@require_POST
def display_view(request: HttpRequest) -> HttpResponse:
    """Set the text size (`size=large`, anything else: normal) and go back to where the visitor was."""
    target = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    if request.POST.get("size") == LARGE:
        # Not HttpOnly: site.js switches without a round trip.
        response.set_cookie(COOKIE, LARGE, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
