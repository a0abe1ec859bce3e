"""The visitor's reading settings, and the living style guide."""

from django.urls import path

from .display import display_view
from .language import language_view
from .styleguide import styleguide_view

urlpatterns = [
    path("display/", display_view, name="display"),
    path("language/", language_view, name="language"),
    path("styleguide/", styleguide_view, name="styleguide"),
]
