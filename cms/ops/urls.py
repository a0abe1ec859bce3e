"""Health of the instance."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
