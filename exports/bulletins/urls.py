"""Addresses of the PDFs."""

from django.urls import path

from . import views

urlpatterns = [path("bulletins/<int:pk>.pdf", views.bulletin_pdf, name="bulletin-pdf")]
