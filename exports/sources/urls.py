"""Addresses of the recurring imports, below /admin/import-sources/."""

from django.urls import path

from . import views

app_name = "import_sources"
urlpatterns = [
    path("", views.ListView.as_view(), name="index"),
    path("new/", views.EditView.as_view(), name="new"),
    path("<int:number>/", views.EditView.as_view(), name="edit"),
    path("<int:number>/run/", views.RunView.as_view(), name="run"),
    path("<int:number>/delete/", views.DeleteView.as_view(), name="delete"),
]
