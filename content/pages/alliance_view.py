"""The public page of the alliance."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from content.core.file_formats import FILE_FORMATS
from content.core.register import get_register

from .alliance import Alliance

FORMATS = [form for form in FILE_FORMATS.values() if not form.printed]


class AllianceView(TemplateView):
    template_name = "pages/alliance.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bases, points = get_register("bases"), get_register("points")
        return super().get_context_data(
            alliance=Alliance(),
            downloads=[
                (register, [(form.short, f"/{register.slug}/download.{form.ending}") for form in FORMATS])
                for register in (bases, points)
            ],
            crumbs=[
                (_("Home page"), "/"),
                (bases.verbose_name_plural, reverse("register-list", args=[bases.slug])),
                (_("The alliance at a glance"), ""),
            ],
            **kwargs,
        )
