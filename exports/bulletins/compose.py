"""Composes the HTML of a page's PDF. PDFs are Chinese documents whatever language the staff member's screen has."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from wagtail.models import Page

from content.pages.models import BulletinPage, InitiativePage, SiteSettings

from . import chinese_lines, printed

PRINTABLE = (BulletinPage, InitiativePage)
SERIES_WIDTH = 425.0  # points across which the red name may spread, 150 mm
SERIES_LARGEST = 54.0


def is_printable(page: Page) -> bool:
    """Tell whether a specific page has a PDF."""
    return isinstance(page, PRINTABLE)


def compose(page: Any) -> str:
    """Return the whole HTML document, style sheet included, of a bulletin or an initiative. TypeError for others."""
    if isinstance(page, BulletinPage):
        return _render("pdf/bulletin.html", bulletin(page))
    if isinstance(page, InitiativePage):
        return _render("pdf/initiative.html", initiative(page))
    raise TypeError(f"{type(page).__name__} has no PDF")


def _render(template: str, context: dict[str, Any]) -> str:
    with translation.override("zh-hans"):
        return render_to_string(template, context | {"generator": settings.WAGTAIL_SITE_NAME})


def issue_number(page: BulletinPage) -> str:
    """Return 第3期（总第12期）, as far as the issue has numbers."""
    text = f"第{page.issue_number}期" if page.issue_number else ""
    return text + (f"（总第{page.total_number}期）" if page.total_number else "")


def bulletin(page: BulletinPage) -> dict[str, Any]:
    """Collect what an issue prints: only published competitions, and articles that everyone may read."""
    with translation.override("zh-hans"):
        competitions = [link.competition for link in page.competitions.all() if link.competition_id]
        public = set(_public_competitions(competitions))
        facts = printed.competition_tables([competition for competition in competitions if competition.pk in public])
        pieces = [printed.Piece("p0", page.title, printed.blocks(page.body)), *_articles(page)]
    size = min(SERIES_LARGEST, SERIES_WIDTH / (1.15 * max(chinese_lines.width(page.series), 1)))
    return {
        "page": page,
        "number": issue_number(page),
        "series_size": f"{size:.1f}",
        "pieces": pieces,
        "facts": facts,
        "contents": pieces if len(pieces) > 1 else [],
        "note": _paragraphs(page.editor_note),
        "recipients": [
            (word, text.strip().rstrip("。"))
            for word, text in (("报", page.report_to), ("送", page.send_to), ("发", page.distribute_to))
            if text.strip()
        ],
        "date": page.issue_date,
        "author": _compiled_by(page),
    }


def _compiled_by(page: BulletinPage) -> str:
    """Return who compiled the issue: as written, else the host organisation of the site, as the web page says."""
    site = page.get_site()
    return page.compiled_by or (SiteSettings.for_site(site).host_organisation if site else "")


def _public_competitions(competitions: list[Any]) -> list[int]:
    from content.registers.competitions import COMPETITIONS

    keys = [competition.pk for competition in competitions]
    return list(COMPETITIONS.public_rows().filter(pk__in=keys).values_list("pk", flat=True))


def _articles(page: BulletinPage) -> list[printed.Piece]:
    articles = [link.article for link in page.articles.all() if link.article_id]
    return [
        printed.Piece(f"p{number}", article.title, printed.blocks(article.body), article.author or article.source)
        for number, article in enumerate(articles, start=1)
        if article.live and not article.get_view_restrictions().exists()
    ]


def initiative(page: InitiativePage) -> dict[str, Any]:
    """Collect what an initiative prints: the appeals in order, every issuer with all names, the date."""
    return {
        "page": page,
        "title_lines": chinese_lines.title_lines(page.title),
        "salutation": page.salutation.strip().rstrip("：:"),
        "preamble": _paragraphs(page.preamble),
        "appeals": [
            (appeal.heading.strip().rstrip("。；："), _paragraphs(appeal.text)) for appeal in page.appeals.all()
        ],
        "closing": _paragraphs(page.closing),
        "issuers": [issuer.names for issuer in page.issuers.all()],
        "date": page.issue_date,
        "author": "、".join(name for issuer in page.issuers.all() for name in issuer.names),
    }


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
