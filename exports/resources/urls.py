"""Public downloads: of the registers, `/<slug>/download.<format>`, and of the tables of the statistics."""

from django.urls import path, re_path

from .services import MEDIA_TYPES
from .statistics import download_statistics
from .views import download

urlpatterns = [
    path("unions/statistics/<slug:table>.<slug:format>", download_statistics, name="statistics-download"),
    re_path(
        rf"^(?P<slug>[a-z][a-z0-9-]*)/download\.(?P<format>{'|'.join(MEDIA_TYPES)})$",
        download,
        name="register-download",
    ),
]
