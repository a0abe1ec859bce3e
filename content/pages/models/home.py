"""The home page."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelsearch import index
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.api import APIField
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page

from content.core.register import get_register
from content.pages import register_rows
from content.pages.blocks import FigureBlock, ShortcutBlock
from content.pages.panels import tabs
from content.pages.pictures import pictures

from .base import XinghuiPage
from .competitions import BulletinPage
from .initiatives import InitiativePage
from .news import ArticlePage, Subject

LATEST = 8


class HomePage(XinghuiPage):
    introduction = models.TextField(_("welcome"), blank=True, max_length=300)
    shortcuts = StreamField(
        StreamBlock([("shortcut", ShortcutBlock())], max_num=8, required=False),
        verbose_name=_("shortcuts"),
        blank=True,
        help_text=_("What visitors come for most, four to eight of them."),
    )
    figures = StreamField(
        StreamBlock([("figure", FigureBlock())], max_num=8, required=False),
        verbose_name=_("figures of the home page"),
        blank=True,
        help_text=_("Counted from the registers when empty."),
    )

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "pages.NewsIndexPage",
        "pages.InitiativeIndexPage",
        "pages.CompetitionIndexPage",
        "pages.StandardPage",
    ]
    max_count = 1
    template = "pages/home.html"
    search_fields = [*XinghuiPage.search_fields, index.SearchField("introduction")]
    api_fields = [
        *XinghuiPage.api_fields,
        APIField("introduction", writable=True),
        APIField("shortcuts", writable=True),
        APIField("figures", writable=True),
    ]
    edit_handler = tabs(
        [
            FieldPanel("introduction"),
            InlinePanel(
                "headlines",
                heading=_("Headlines"),
                label=_("Headline"),
                max_num=5,
                help_text=_("The pages set on top, in this order. The latest articles when there is none."),
            ),
            FieldPanel("shortcuts"),
            FieldPanel("figures"),
        ]
    )

    def chosen_headlines(self) -> list[Any]:
        """Return the pages that staff set on top, those that are public."""
        chosen = [headline.page_id for headline in self.headlines.all()]
        live = {page.pk: page for page in Page.objects.filter(pk__in=chosen).live().public().specific()}
        return [live[pk] for pk in chosen if pk in live]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        articles = ArticlePage.objects.live().public().defer_streamfields().order_by("-date", "-pk")
        latest = list(articles.prefetch_related(pictures("cover", "entry", "hero"))[: LATEST + 1])
        headlines = self.chosen_headlines() or latest[:1]
        on_top = {page.pk for page in headlines}
        return super().get_context(request, *args, **kwargs) | {
            "headlines": headlines,
            "latest": [article for article in latest if article.pk not in on_top][:LATEST],
            "subjects": Subject.choices,
            "bases": get_register("bases"),
            "bulletins": BulletinPage.objects.live().public().defer_streamfields().order_by("-issue_date", "-pk")[:3],
            "initiatives": InitiativePage.objects.live()
            .public()
            .prefetch_related("issuers")
            .order_by("-issue_date", "-pk")[:3],
            "counts": None if self.figures else register_rows.counts(),
        }

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class HomeHeadline(Orderable):
    home = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="headlines")
    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="+", verbose_name=_("headline page"))

    panels = [
        PageChooserPanel("page", ["pages.ArticlePage", "pages.InitiativePage", "pages.BulletinPage"]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("headline")
        verbose_name_plural = _("headlines")
