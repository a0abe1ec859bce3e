"""Makes the demo's pages with the page models and publishes each from a revision, as staff do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Site

from content.core.models import User
from content.pages.models import (
    ArticlePage,
    BulletinArticle,
    BulletinCompetition,
    BulletinPage,
    CompetitionIndexPage,
    HomeHeadline,
    HomePage,
    InitiativeAppeal,
    InitiativeIndexPage,
    InitiativeIssuer,
    InitiativePage,
    InitiativeResponse,
    NewsIndexPage,
    SiteSettings,
)
from content.registers.competitions import Competition

from . import stories

SOURCE = "星汇演示稿"
HEADLINES = (
    "liao-xiu-yang-ji-di-lian-meng-su-zhou-cheng-li",
    "shi-liu-xiang-jing-sai-guang-zhou-tui-jin",
    "cheng-du-xing-ji-ping-ding-wu-nian",
    "ken-li-yun-lv-tuan",
    "chan-ye-gong-ren-dui-wu-jian-she-gai-ge-chang-yi",
)
DETAILS = {
    "host_organisation": "示例·星汇工会联合会",
    "run_by": "示例·星汇工会联合会宣传部",
    "address": "示例市工会路1号",
    "phone": "0512-00001235",
    "icp_number": "示例ICP备00000000号-1",
    "police_number": "示例公网安备 00000000000000号",
    "site_code": "0000000000",
}


@dataclass(frozen=True)
class Staff:
    """Who writes the pages and who publishes them: one person may not do both."""

    editor: User
    issuer: User


def ensure_pages(*, home: HomePage, pictures: dict[str, Any], staff: Staff) -> int:
    """Make and publish the pages that are missing; return how many. Pages that are there are not touched."""
    new = sum(_ensure_article(slug, text, pictures, staff) for slug, text in stories.articles().items())
    new += _ensure_initiative(staff)
    new += _ensure_bulletin(pictures, staff)
    if not home.headlines.exists():
        _set_headlines(home, staff)
    return new


def ensure_details(*, pictures: dict[str, Any]) -> bool:
    """Fill in the site's details when nobody has yet; return whether they were filled in."""
    site = Site.objects.get(is_default_site=True)
    details = SiteSettings.for_site(site)
    if details.host_organisation:
        return False
    for name, value in DETAILS.items():
        setattr(details, name, value)
    details.share_image = pictures["lake-at-dawn"]
    details.save()
    return True


def _ensure_article(slug: str, text: dict[str, Any], pictures: dict[str, Any], staff: Staff) -> bool:
    def make() -> ArticlePage:
        article = ArticlePage(
            title=text["title"],
            subject=text["subject"],
            date=text["date"],
            source=SOURCE,
            author=text["author"],
            lead=text["lead"],
            cover=pictures[text["cover"]],
            cover_alt=text["cover_alt"],
            search_description=text["lead"],
            **{name: text[name] for name in ("event_on", "event_until", "event_place") if name in text},
        )
        article.body = _stream(article, text, pictures)
        return article

    return _ensure(NewsIndexPage, slug, text["date"], make, staff)


def _ensure_initiative(staff: Staff) -> bool:
    text = stories.page("initiative")

    def make() -> InitiativePage:
        names = ("title", "search_description", "source", "issue_date", "salutation")
        initiative = InitiativePage(
            **{name: text[name] for name in names}, preamble=text["preamble"].strip(), closing=text["closing"].strip()
        )
        initiative.appeals = [InitiativeAppeal(sort_order=n, **appeal) for n, appeal in enumerate(text["appeals"])]
        initiative.issuers = [
            InitiativeIssuer(
                sort_order=n,
                name=name,
                countersign=InitiativeIssuer.Countersign.SIGNED,
                signed_on=text["issue_date"],
            )
            for n, name in enumerate(text["issuers"])
        ]
        initiative.responses = [InitiativeResponse(sort_order=n, **one) for n, one in enumerate(text["responses"])]
        return initiative

    return _ensure(InitiativeIndexPage, text["slug"], text["issue_date"], make, staff)


def _ensure_bulletin(pictures: dict[str, Any], staff: Staff) -> bool:
    text = stories.page("bulletin")

    def make() -> BulletinPage:
        names = ("title", "search_description", "issue_number", "total_number", "issue_date", "compiled_by")
        recipients = ("report_to", "send_to", "distribute_to", "copies")
        bulletin = BulletinPage(
            **{name: text[name] for name in names + recipients}, editor_note=text["editor_note"].strip()
        )
        bulletin.body = _stream(bulletin, text, pictures)
        bulletin.competitions = [
            BulletinCompetition(sort_order=n, competition=competition)
            for n, competition in enumerate(Competition.objects.order_by("code"))
        ]
        bulletin.articles = [
            BulletinArticle(sort_order=n, article=article)
            for n, slug in enumerate(text["articles"])
            if (article := ArticlePage.objects.filter(slug=slug).first())
        ]
        return bulletin

    return _ensure(CompetitionIndexPage, text["slug"], text["issue_date"], make, staff)


def _stream(page: Any, text: dict[str, Any], pictures: dict[str, Any]) -> Any:
    return page._meta.get_field("body").to_python(stories.body(text["body"], pictures=pictures))


@transaction.atomic
def _ensure(section: type[Page], slug: str, on: date, make: Callable[[], Any], staff: Staff) -> bool:
    """Make and publish the page below its section, unless a page of that address is there or the section is gone."""
    parent = section.objects.first()
    if parent is None or parent.get_children().filter(slug=slug).exists():
        return False
    page = make()
    page.slug, page.owner, page.live = slug, staff.editor, False
    page.first_published_at = timezone.make_aware(datetime.combine(on, time(9)))
    parent.add_child(instance=page)
    page.save_revision(user=staff.editor, log_action=True).publish(user=staff.issuer)
    return True


def _set_headlines(home: HomePage, staff: Staff) -> None:
    pages = {page.slug: page for page in Page.objects.filter(slug__in=HEADLINES)}
    home.headlines = [HomeHeadline(sort_order=n, page=pages[slug]) for n, slug in enumerate(HEADLINES) if slug in pages]
    home.save_revision(user=staff.editor, log_action=True).publish(user=staff.issuer)
