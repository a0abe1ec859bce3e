"""What holds below /admin/ only: its language and its content security policy."""

from collections.abc import Callable

from csp.constants import SELF, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.functional import cached_property

# Wagtail's date fields and inline panels start themselves by inline scripts, its editor sets inline styles, and
# uploads are shown from memory before they are sent. Nothing from another host, nothing evaluated.
RELAXED = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
}


class BackofficeMiddleware:
    """Speak Chinese whatever the browser asks for, and relax the policy for those who have signed in.

    A person's own choice of language (Account › Language) still wins: Wagtail applies it inside.
    The sign-in page keeps the strict policy of the public site.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    @cached_property
    def prefix(self) -> str:
        return reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(self.prefix):
            return self.get_response(request)
        translation.activate("zh-hans")
        request.LANGUAGE_CODE = "zh-hans"
        response = self.get_response(request)
        if request.user.is_authenticated:
            response._csp_replace = RELAXED  # type: ignore[attr-defined]  # how django-csp's own decorators say it
        return response
