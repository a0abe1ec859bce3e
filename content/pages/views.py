"""Addresses that are no page: the feed, robots.txt and the sitemaps."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import conditional_page
from wagtail.contrib.sitemaps import views as sitemap_views

from .feeds import ArticleFeed
from .sitemaps import sitemaps

# Filtered lists and search results would only repeat what the sitemap names.
CLOSED = ("/admin/", "/api/", "/search/")


@conditional_page
def feed(request: HttpRequest) -> HttpResponse:
    """Readers ask again and again: what has not changed is answered 304."""
    return ArticleFeed()(request)


def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def sitemap_index(request: HttpRequest) -> HttpResponse:
    return sitemap_views.index(request, sitemaps=sitemaps(), sitemap_url_name="sitemap-section")


def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    return sitemap_views.sitemap(request, sitemaps=sitemaps(), section=section)
