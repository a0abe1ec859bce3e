"""What the shell around every page asks for: navigation, absolute addresses."""

import json
from dataclasses import dataclass
from typing import Any

from django import template
from django.template import Context
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

register = template.Library()

NAVIGATION: tuple[tuple[str, str | Promise], ...] = (
    ("/", _("Home page")),
    ("/news/", _("News channel")),
    ("/initiatives/", _("Initiatives channel")),
    ("/competitions/", _("Competitions channel")),
    ("/bases/", _("Recuperation bases channel")),
    ("/points/", _("Activity points channel")),
    ("/unions/", _("Union stars channel")),
    ("/search/", _("Search page")),
)

STANDING_PAGES: tuple[tuple[str, str | Promise], ...] = (
    ("/about/", _("About this site")),
    ("/accessibility/", _("Accessibility statement")),
    ("/privacy/", _("Privacy notice")),
    ("/sitemap/", _("Site map")),
)


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the navigation. `current` is the value of aria-current: "page", "true" (a page below) or ""."""

    href: str
    label: str | Promise
    current: str


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> list[NavItem]:
    """Return the entries of the navigation, the current one marked."""
    return _items(context, NAVIGATION)


@register.simple_tag(takes_context=True)
def standing_pages(context: Context) -> list[NavItem]:
    """Return what the site says about itself, for the foot of every page."""
    return _items(context, STANDING_PAGES)


def _items(context: Context, entries: tuple[tuple[str, str | Promise], ...]) -> list[NavItem]:
    path = getattr(context.get("request"), "path", "")
    return [NavItem(href, label, _current(href, path)) for href, label in entries]


def _current(href: str, path: str) -> str:
    if path == href:
        return "page"
    return "true" if href != "/" and path.startswith(href) else ""


@register.simple_tag(takes_context=True)
def absolute(context: Context, path: str | None = None) -> str:
    """Return an address with scheme and host; the request's own path, without its query, when none is given."""
    request: Any = context.get("request")
    if request is None:
        return path or ""
    return request.build_absolute_uri(request.path if path is None else path)


@register.filter
def json_ld(data: Any) -> SafeString:
    """Write JSON-LD that no text in it can break out of. It is data, not a script, so the strict CSP lets it be."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate({ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}))  # noqa: S308
