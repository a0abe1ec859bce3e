"""Addresses of the PDFs and of their covers."""

from django.urls import path

from . import views

urlpatterns = [
    path("bulletins/<int:pk>.pdf", views.bulletin_pdf, name="bulletin-pdf"),
    path("bulletins/<int:pk>.webp", views.bulletin_cover, name="bulletin-cover"),
]
