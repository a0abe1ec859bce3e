"""The living style guide: every token and component as it is served, for those who build pages."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from content.core.faces.table import build_table

from .register import Register, registers

TOKEN = re.compile(r"^ {4}--([a-z0-9-]+): ([^;]+);(?: /\* (.+?) \*/)?$", re.MULTILINE)


def styleguide_view(request: HttpRequest) -> HttpResponse:
    """Show the guide where DEBUG is on, and to staff; for anyone else there is no such page."""
    if not (settings.DEBUG or getattr(request.user, "is_staff", False)):
        raise Http404
    pages = Paginator(range(240), 24)
    return render(
        request,
        "styleguide.html",
        {
            "tokens": tokens(),
            "page_obj": pages.page(5),
            "page_range": pages.get_elided_page_range(5, on_each_side=2, on_ends=1),
            "register": _with_pages(),
            "table": build_table(_with_pages())(_with_pages().public_rows()[:3]),
            "kinds": ("homestay", "rural", "town", "red", "wellness", "other"),
            "crumbs": [("首页", "/"), ("疗休养基地", "/bases/"), ("示例·太湖明月民宿", "")],
        },
    )


def tokens() -> list[dict[str, Any]]:
    """Return name, value and note of every custom property of tokens.css, light values first."""
    found: dict[str, dict[str, Any]] = {}
    path = finders.find("css/tokens.css")
    if not isinstance(path, str):
        return []
    with open(path, encoding="utf-8") as source:
        for name, value, note in TOKEN.findall(source.read()):
            found.setdefault(name, {"name": name, "value": value, "note": note, "colour": value.startswith("#")})
    return list(found.values())


def _with_pages() -> Register:
    return next(register for register in registers() if register.pages)
