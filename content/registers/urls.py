"""Public addresses of the registers: `/<slug>/` and `/<slug>/<code>/` for each register that has pages."""

from django.urls import path, register_converter

from content.core.register import registers

from .chosen_views import CompareView, FavouritesView
from .statistics_view import RatingStatisticsView
from .views import RegisterDetailView, RegisterListView


class RegisterSlug:
    """The slug of a register with public pages; any other address is left to the pages."""

    regex = "[a-z][a-z0-9-]*"

    def to_python(self, value: str) -> str:
        if not any(register.slug == value and register.pages for register in registers()):
            raise ValueError(value)
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(RegisterSlug, "register")

urlpatterns = [
    path("unions/statistics/", RatingStatisticsView.as_view(), name="rating-statistics"),
    path("bases/favourites/", FavouritesView.as_view(), {"slug": "bases"}, name="base-favourites"),
    path("bases/compare/", CompareView.as_view(), {"slug": "bases"}, name="base-compare"),
    path("<register:slug>/", RegisterListView.as_view(), name="register-list"),
    path("<register:slug>/<str:code>/", RegisterDetailView.as_view(), name="register-detail"),
]
