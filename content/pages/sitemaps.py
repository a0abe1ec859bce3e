"""The sitemap: an index of one map for the pages, one for the overviews and one for each register whose rows have public pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from wagtail.contrib.sitemaps import Sitemap as WagtailSitemap

from content.core.register import Register, registers

from .site_map import OVERVIEWS


class PageSitemap(WagtailSitemap):
    """The live, public pages."""

    def get_latest_lastmod(self) -> datetime | None:
        """Asked of the database: Django's own would read every page."""
        return (
            self.get_wagtail_site()
            .root_page.get_descendants(inclusive=True)
            .live()
            .public()
            .aggregate(latest=Max("last_published_at"))["latest"]
        )


class RegisterSitemap(Sitemap):
    """The published rows of one register."""

    limit = 10_000

    def __init__(self, register: Register) -> None:
        self.register = register

    def items(self) -> QuerySet[Any]:
        return self.register.public_rows().order_by("pk")

    def lastmod(self, row: Any) -> datetime:
        return row.updated_at

    def get_latest_lastmod(self) -> datetime | None:
        return self.register.public_rows().aggregate(latest=Max("updated_at"))["latest"]


class OverviewSitemap(Sitemap):
    """Pages that are neither of the tree nor of a row: lists of the registers, the alliance, the statistics."""

    def items(self) -> list[str]:
        lists = [f"/{register.slug}/" for register in registers() if register.pages]
        return lists + [address for overviews in OVERVIEWS.values() for address, _title in overviews]

    def location(self, address: str) -> str:
        return address


def sitemaps() -> dict[str, Any]:
    """Return section name → sitemap."""
    with_pages = [register for register in registers() if hasattr(register.model, "get_absolute_url")]
    return {
        "pages": PageSitemap,
        "overviews": OverviewSitemap,
        **{register.slug: RegisterSitemap(register) for register in with_pages},
    }
