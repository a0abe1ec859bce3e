"""Feed, sitemaps, robots.txt, the alliance, competitions, the style guide. Wagtail serves the pages themselves."""

from django.urls import path

from . import views
from .alliance_view import AllianceView
from .competition_view import CompetitionView
from .site_map import SiteMapView
from .styleguide import styleguide_view

urlpatterns = [
    path("bases/alliance/", AllianceView.as_view(), name="alliance"),
    # Not directly below /competitions/, where the bulletins have their pages.
    path("competitions/register/<str:code>/", CompetitionView.as_view(), name="competition"),
    path("feed.xml", views.feed, name="feed"),
    path("sitemap/", SiteMapView.as_view(), name="site-map"),
    path("sitemap.xml", views.sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", views.sitemap_section, name="sitemap-section"),
    path("styleguide/", styleguide_view, name="styleguide"),
    path("robots.txt", views.robots, name="robots"),
]
