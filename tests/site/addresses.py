"""Every kind of public page, found by asking the site itself, so that a new template cannot be forgotten.

`addresses(read)` works on a running instance as on Django's test client: `read` takes a path and returns what came.
What no reader can ask for (500, 403, a failed PDF) is rendered by `on_demand()`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.urls import URLPattern, URLResolver, get_resolver

from content.core.register import registers

# Not for readers, or not pages.
CLOSED = ("admin/", "api/", "documents/", "_util/", "healthz", "readyz", "metrics", "display/", "language/")
SAMPLES = 3  # rows of a register among which the page with the most on it is taken


@dataclass(frozen=True)
class Answer:
    status: int
    kind: str
    text: str
    headers: dict[str, str] = field(default_factory=dict)
    templates: frozenset[str] = frozenset()


Read = Callable[[str], Answer]


def addresses(read: Read) -> dict[str, str]:
    """Return name → path of one page of every kind, and of the states that a list can be in."""
    found = {"home": "/"}
    found |= {path.strip("/"): path for path in plain_routes() if _is_page(read(path))}
    for register in registers():
        if register.pages:
            found |= _of_register(register.slug, read)
    found |= _of_tree(read)
    found |= {"competition": _fullest(rows, read)} if (rows := _listed(read, "competitions")[:SAMPLES]) else {}
    found |= {
        "search found": "/search/?q=示例",
        "search one kind": "/search/?q=示例&kind=bases",
        "search nothing": "/search/?q=没有这个名字",
        "news one subject": "/news/?subject=rating",
        "news nothing": "/news/?year=1949",
        "404": "/no/such/page/",
    }
    return found


def plain_routes(patterns: list | None = None, prefix: str = "") -> Iterator[str]:
    """Yield the address of every view of ours that takes no argument."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if route.startswith(CLOSED) or "<" in route or "^" in route:
            continue
        if isinstance(pattern, URLResolver):
            yield from plain_routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and route:
            yield f"/{route}"


def _is_page(answer: Answer) -> bool:
    return answer.status == 200 and answer.kind.startswith("text/html")


def _of_register(slug: str, read: Read) -> dict[str, str]:
    here = f"/{slug}/"
    found = {
        slug: here,
        f"{slug} table": f"{here}?view=table",
        f"{slug} nothing": f"{here}?q=没有这个名字",
        f"{slug} filtered": f"{here}?q=示例&page=2",
    }
    rows = [path for path in _listed(read, slug) if path.startswith(here)][:SAMPLES]
    if slug == "bases" and rows:
        codes = ",".join(path.strip("/").rpartition("/")[2] for path in rows[:3])
        found["bases near"] = f"{here}?near=320500"
        found["bases compared"] = f"{here}compare/?codes={codes},none&add=示例"
        found["bases kept"] = f"{here}favourites/?codes={codes},none"
    return found | ({f"{slug} row": _fullest(rows, read)} if rows else {})


def _of_tree(read: Read) -> dict[str, str]:
    """Return the sections, and of the pages below each the one with the most on it."""
    below: dict[str, list[str]] = {}
    for path in _listed(read, "pages"):
        parent = path.rstrip("/").rpartition("/")[0]
        below.setdefault(parent, []).append(path)
    found = {path.strip("/"): path for path in below.pop("", []) if path != "/"}
    for parent, paths in below.items():
        name = f"{parent.strip('/')} page"
        found[name] = _fullest(paths, read)
        pictured = max(paths, key=lambda path: read(path).text.count("<img"))
        if pictured != found[name]:
            found[f"{name} with pictures"] = pictured
    return found


def _listed(read: Read, section: str) -> list[str]:
    """Return the paths that a section of the sitemap names."""
    return re.findall(r"<loc>https?://[^/<]+(/[^<]*)</loc>", read(f"/sitemap-{section}.xml").text)


def _fullest(paths: list[str], read: Read) -> str:
    return max(paths, key=lambda path: len(read(path).text))


def complete() -> None:
    """Add to the demo what it has none of, so that each template has a page: an attachment, a base without picture."""
    from django.core.files.base import ContentFile
    from wagtail.documents import get_document_model
    from wagtail.images import get_image_model

    from content.pages.models import ArticlePage
    from content.registers.bases import Base

    article = ArticlePage.objects.live().order_by("-date", "-pk").first()
    picture = get_image_model().objects.order_by("pk").first()
    file = get_document_model().objects.create(title="示例附件", file=ContentFile("示例".encode(), name="shili.txt"))
    image = {"image": picture.pk, "alt_text": "示例插画", "decorative": False}
    shown = {"type": "image", "value": {"image": image, "caption": "示例", "credit": "示例"}}
    attached = {"type": "document", "value": {"document": file.pk, "title": ""}}
    data = [*article.body.raw_data, shown, shown, attached]
    article.body = article._meta.get_field("body").to_python([dict(block) for block in data])
    article.save_revision().publish()
    for base in Base.objects.order_by("pinyin", "pk")[:3]:
        base.pictures.all().delete()


def for_staff() -> dict[str, str]:
    """Return name → HTML of what only staff may see. Needs Django and a database with a site."""
    from django.test import RequestFactory

    from content.core.models import User
    from content.pages.styleguide import styleguide_view

    request = RequestFactory().get("/styleguide/", headers={"host": "localhost"})
    request.user = User(is_staff=True)
    return {"style guide": styleguide_view(request).content.decode()}


def on_demand() -> dict[str, str]:
    """Return name → HTML of the pages that an error brings. Needs Django and a database with a site."""
    from django.template.loader import render_to_string
    from django.test import RequestFactory
    from django.views.defaults import server_error
    from wagtail.models import Site

    from cms.ops.maintenance import Sign

    site = Site.objects.get(is_default_site=True)
    request = RequestFactory().get("/no/such/page/", headers={"host": "localhost"})
    page = {"page": site.root_page, "message": ""}
    return {
        "500": server_error(request).content.decode(),
        "503": render_to_string(
            "503.html", {"sign": Sign("2026-11-22T16:30:00+00:00", "正在升级名录，请稍候。")}, request
        ),
        "400": render_to_string("400.html"),
        "403 form": render_to_string("403_csrf.html"),
        "403": render_to_string("403.html", {}, request),
        "failed PDF": render_to_string("pdf/failed.html", page, request),
    }
