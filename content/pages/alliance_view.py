"""The public page of the alliance."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from content.core.register import get_register

from .alliance import Alliance

FORMATS = ("xlsx", "csv", "json")


class AllianceView(TemplateView):
    template_name = "pages/alliance.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bases, points = get_register("bases"), get_register("points")
        return super().get_context_data(
            alliance=Alliance(),
            downloads=[
                (register, [(form.upper(), f"/{register.slug}/download.{form}") for form in FORMATS])
                for register in (bases, points)
            ],
            crumbs=[
                (_("Home page"), "/"),
                (bases.verbose_name_plural, reverse("register-list", args=[bases.slug])),
                (_("The alliance at a glance"), ""),
            ],
            **kwargs,
        )
