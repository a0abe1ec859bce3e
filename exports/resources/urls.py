"""Public downloads of the registers: `/<slug>/download.<format>`."""

from django.urls import re_path

from .services import MEDIA_TYPES
from .views import download

urlpatterns = [
    re_path(
        rf"^(?P<slug>[a-z][a-z0-9-]*)/download\.(?P<format>{'|'.join(MEDIA_TYPES)})$",
        download,
        name="register-download",
    ),
]
