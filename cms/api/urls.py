"""The API: Wagtail's v3 with our routers beside its own, added before `api.urls` is read."""

from django.urls import path
from wagtail.api.v3.urls import api

urlpatterns = [path("", api.urls)]
