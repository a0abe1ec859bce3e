"""Feed, sitemaps and robots.txt. Wagtail serves the pages themselves."""

from django.urls import path

from . import views

urlpatterns = [
    path("feed.xml", views.feed, name="feed"),
    path("sitemap.xml", views.sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", views.sitemap_section, name="sitemap-section"),
    path("robots.txt", views.robots, name="robots"),
]
