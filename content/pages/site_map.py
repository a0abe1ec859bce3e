"""The site map for people: every section with its latest pages, every register, every service. See sitemaps.py too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.models import Page, Site

from . import register_rows

LATEST = 30
# Pages that are no page of the tree, and the register they stand below.
OVERVIEWS = {
    "bases": (("/bases/alliance/", _("The alliance at a glance")),),
    "unions": (("/unions/statistics/", _("Statistics of the star rating")),),
}


@dataclass(frozen=True, slots=True)
class Section:
    title: str | Promise
    address: str
    entries: list[tuple[str, str | Promise]]
    """(address, title) of the latest pages below."""
    more: int = 0


def sections(site: Site) -> Iterator[Section]:
    """Yield the home page's live sections with their latest pages, then the registers with public pages."""
    below = site.root_page.get_children().live().public()
    for section in below:
        pages = Page.objects.child_of(section).live().public().order_by("-first_published_at", "-pk")
        shown = [(page.get_url(), page.title) for page in pages[:LATEST]]
        yield Section(section.title, section.get_url(), shown, pages.count() - len(shown))
    for register, _count in register_rows.counts():
        if register.pages:
            yield Section(register.verbose_name_plural, f"/{register.slug}/", list(OVERVIEWS.get(register.slug, ())))


class SiteMapView(TemplateView):
    template_name = "pages/site_map.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        site = Site.find_for_request(self.request)
        return super().get_context_data(
            sections=list(sections(site)) if site else [],
            crumbs=[(_("Home page"), "/"), (_("Site map"), "")],
            **kwargs,
        )
