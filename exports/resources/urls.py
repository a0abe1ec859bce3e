"""Public downloads of the registers."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
