"""What the shell around every page asks for: navigation, absolute addresses."""

import json
import re
import secrets
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django import template
from django.template import Context
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from content.core.freshness import remembered

NAME = "星汇"
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


# Stands in a kept text where something is drawn anew. Nobody outside of this process can write it.
_MARK = secrets.token_hex(8)
_marked: ContextVar[list[template.Node] | None] = ContextVar("marked", default=None)


class KeptNode(template.Node):
    def __init__(self, nodelist: NodeList, about: list[FilterExpression]) -> None:
        self.nodelist, self.about = nodelist, about

    def render(self, context: Context) -> SafeString:
        about = [str(one.resolve(context)) for one in self.about]
        parts = remembered(lambda: self._parts(context), *about) if about[0] else [self.nodelist]
        return mark_safe("".join(part if isinstance(part, str) else part.render(context) for part in parts))  # noqa: S308 (a template's output)

    def _parts(self, context: Context) -> list[str | template.Node]:
        """Return the texts to be kept, and between them the nodes that are drawn anew."""
        anew: list[template.Node] = []
        token = _marked.set(anew)
        try:
            text = self.nodelist.render(context)
        finally:
            _marked.reset(token)
        parts = re.split(rf"{_MARK}(\d+);", text)
        return [anew[int(part)] if at % 2 else part for at, part in enumerate(parts)]


class AnewNode(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        marked = _marked.get()
        if marked is None:
            return self.nodelist.render(context)
        marked.append(self)
        return mark_safe(f"{_MARK}{len(marked) - 1};")  # noqa: S308 (ours)


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """Draw what stands until `{% endkept %}` once, until something is published: `{% kept "masthead" request.path %}`.

    Named after the tag: what it depends on, beside the language. Nothing is kept where the first of these is empty.
    """
    about = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, about)


@register.tag
def anew(parser: Parser, token: Token) -> AnewNode:
    """Draw what stands until `{% endanew %}` each time, though it stands in what is kept.

    It knows what the view gives to the template, but not what tags around it have set.
    """
    nodelist = parser.parse(("endanew",))
    parser.delete_first_token()
    return AnewNode(nodelist)


@register.simple_tag(takes_context=True)
def paged(context: Context) -> str:
    """Return the address of this page up to the number of a page of results: `?kind=homestay&page=`."""
    own = context["request"].GET.copy()
    own.pop("page", None)
    return f"?{own.urlencode()}&page=" if own else "?page="


@register.simple_tag
def page_links(page_range: Iterable[Any], current: int, address: str, word: str) -> SafeString:
    """Return the links of page numbers, each an item of a list; what is no number stands for those left out.

    word: what is read aloud before a number. No template of its own: each page draws them anew.
    """
    shown = []
    address, word = escape(address), escape(word)
    for number in page_range:
        if isinstance(number, int):
            here = ' aria-current="page"' if number == current else ""
            heard = f'<span class="visually-hidden">{word} </span>'
            shown.append(f'<li><a href="{address}{number}"{here}>{heard}{number}</a></li>')
        else:
            shown.append('<li aria-hidden="true"><span class="pagination__gap">…</span></li>')
    return mark_safe("".join(shown))  # noqa: S308 (what comes from outside is escaped)


@register.simple_tag(takes_context=True)
def site_name(context: Context) -> str:
    """Return what the site is called."""
    request: Any = context.get("request")
    if request is None:
        return NAME

    def read() -> str:
        site = Site.find_for_request(request)
        return (site.site_name if site else "") or NAME

    return remembered(read, "site name", request.get_host())


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> list[NavItem]:
    """Return the entries of the navigation, the current one marked."""
    return _items(context, NAVIGATION)


@register.simple_tag(takes_context=True)
def standing_pages(context: Context) -> list[NavItem]:
    """Return what the site says about itself, for the foot of every page."""
    return _items(context, STANDING_PAGES)


@register.simple_tag(takes_context=True)
def section(context: Context) -> str:
    """Return what the navigation marks: `/bases/` on that page, `/bases/…` on any page below it, else nothing."""
    path = getattr(context.get("request"), "path", "")
    entries = [href for href, _label in (*NAVIGATION, *STANDING_PAGES)]
    if path in entries:
        return path
    return next((f"{href}…" for href in entries if href != "/" and path.startswith(href)), "")


def _items(context: Context, entries: tuple[tuple[str, str | Promise], ...]) -> list[NavItem]:
    path = getattr(context.get("request"), "path", "")
    return [NavItem(href, label, _current(href, path)) for href, label in entries]


def _current(href: str, path: str) -> str:
    if path == href:
        return "page"
    return "true" if href != "/" and path.startswith(href) else ""


@register.simple_tag(takes_context=True)
def absolute(context: Context, path: str = "") -> str:
    """Return an address with scheme and host; the request's own path, without its query, when none is given."""
    request: Any = context.get("request")
    return path if request is None else request.build_absolute_uri(path or request.path)


@register.filter
def json_ld(data: Any) -> SafeString:
    """Write JSON-LD that no text in it can break out of. It is data, not a script, so the strict CSP lets it be."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate({ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}))  # noqa: S308
