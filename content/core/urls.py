"""The visitor's reading settings."""

from django.urls import path

from .display import display_view
from .language import language_view

urlpatterns = [
    path("display/", display_view, name="display"),
    path("language/", language_view, name="language"),
]
