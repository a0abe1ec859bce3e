"""The public statistics of the star ratings."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from content.core.file_formats import FILE_FORMATS
from content.core.register import get_register

from .statistics import RatingStatistics


class RatingStatisticsView(TemplateView):
    """`?year=2023` chooses the year for districts and risers; any other value means the latest."""

    template_name = "registers/unions/statistics.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        unions = get_register("unions")
        address = self.request.build_absolute_uri(self.request.path)
        return super().get_context_data(
            statistics=RatingStatistics(year=self.request.GET.get("year", "")),
            canonical=address,
            table_formats=[form for form in FILE_FORMATS.values() if not form.printed],
            crumbs=[
                (_("Home page"), "/"),
                (unions.verbose_name_plural, reverse("register-list", args=[unions.slug])),
                (_("Statistics of the star rating"), ""),
            ],
            **kwargs,
        )
