"""JSON-LD: what a page says to search engines (schema.org). Data only; nothing here is executed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.dateparse import parse_date

from content.core.pictures import PLACES

SHARE = PLACES["share"].specs[0]


def share_picture(page: Any, *, site_settings: Any = None) -> Any:
    """Return the rendition that is shown when the page is shared, or None."""
    image = page.picture() or getattr(site_settings, "share_image", None)
    return image.get_rendition(SHARE) if image else None


def breadcrumb(page: Any, *, request: HttpRequest) -> dict[str, Any]:
    """Return the way from the home page to the page."""
    way = [above for above in page.get_ancestors() if above.depth > 1] + [page]
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": above.title,
                "item": request.build_absolute_uri(above.get_url(request) or request.path),
            }
            for position, above in enumerate(way, start=1)
        ],
    }


def article(page: Any, *, request: HttpRequest, site_settings: Any, site_name: str) -> dict[str, Any]:
    """Return the page as a NewsArticle. What is not known is left out."""
    picture = share_picture(page, site_settings=site_settings)
    publisher = getattr(site_settings, "host_organisation", "") or site_name
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": page.title,
        "description": page.summary,
        "url": request.build_absolute_uri(page.get_url(request) or request.path),
        "inLanguage": "zh-Hans-CN",
        "articleSection": page.column_name,
        "datePublished": _day(page.date),
        "dateModified": page.last_published_at.isoformat() if page.last_published_at else None,
        "image": request.build_absolute_uri(picture.url) if picture else None,
        "about": _event(page),
        "author": {"@type": "Organization", "name": page.source or publisher},
        "publisher": {"@type": "Organization", "name": publisher},
    }
    return {key: value for key, value in facts.items() if value}


def _event(page: Any) -> dict[str, Any] | None:
    """Return the event that an article tells of."""
    if not getattr(page, "event_on", None):
        return None
    facts = {
        "@type": "Event",
        "name": page.title,
        "startDate": _day(page.event_on),
        "endDate": _day(page.event_until or page.event_on),
        "location": {"@type": "Place", "name": page.event_place} if page.event_place else None,
    }
    return {key: value for key, value in facts.items() if value}


def _day(value: Any) -> str | None:
    """A preview of an unsaved page may hold its date as text."""
    day = parse_date(value) if isinstance(value, str) else value
    return day.isoformat() if day else None
