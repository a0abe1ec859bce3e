"""The home page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelsearch import index
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.api import APIField
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField
from wagtail.models import Orderable

from content.pages.blocks import FigureBlock, ShortcutBlock
from content.pages.panels import tabs

from .base import XinghuiPage


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
