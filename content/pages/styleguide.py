"""The living style guide: every token and component as it is served, for those who build pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import get_template

from content.core.charts import bar_chart
from content.core.register import get_register
from content.registers.competitions import Competition
from content.registers.listing import Listing
from content.registers.selectors import pictures_of

from .alliance import Alliance
from .progress import progress_of

TOKEN = re.compile(r"^ {4}--([a-z0-9-]+): ([^;]+);(?: /\* (.+?) \*/)?$", re.MULTILINE)
NOTE = re.compile(r"\{# (.+?) #\}")
LAYERS = ("tokens", "base", "components", "print")
CHART = [("旅游民宿", "36", [("plain", 36)]), ("特色小镇", "20", [("plain", 20)]), ("康养服务", "22", [("plain", 22)])]
HITS = [{"title": "示例·太湖明月民宿", "url": "#main", "excerpt": "靠近太湖的旅游民宿", "place": "疗休养基地"}]
EXAMPLE = "kind=homestay&kind=town"


@dataclass(frozen=True, slots=True)
class Component:
    """One file of templates/components/: its name, and what it says of its arguments."""

    name: str
    note: str


def styleguide_view(request: HttpRequest) -> HttpResponse:
    """Show the guide where DEBUG is on, and to staff; for anyone else there is no such page."""
    if not (settings.DEBUG or getattr(request.user, "is_staff", False)):
        raise Http404
    bases = get_register("bases")
    listing = Listing(register=bases, params=QueryDict(EXAMPLE))
    row = listing.rows[0] if listing.rows else None
    return render(
        request,
        "styleguide.html",
        {
            "tokens": tokens(),
            "layers": LAYERS,
            "components": list(components()),
            "page_obj": Paginator(range(240), 24).page(5),
            "page_range": Paginator(range(240), 24).get_elided_page_range(5, on_each_side=2, on_ends=1),
            "register": bases,
            "listing": listing,
            "table": listing.table,
            "row": row,
            "pictures": pictures_of(row) if row else [],
            "alliance": Alliance(),
            "chart": bar_chart("示例：各类型基地数", CHART),
            "hits": HITS,
            "steps": progress_of(Competition(status="running")).steps,
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


def components() -> Iterator[Component]:
    """Yield every component with its note, which is the first comment of its file."""
    folder = Path(get_template("components/masthead.html").origin.name).parent  # type: ignore[attr-defined]
    for file in sorted(folder.glob("*.html")):
        note = NOTE.match(file.read_text())
        yield Component(file.name, note.group(1) if note else "")
