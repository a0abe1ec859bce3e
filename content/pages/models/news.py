"""News: an index and its articles."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.api import APIField
from wagtail.fields import StreamField

from content.pages.blocks import BodyBlock
from content.pages.listing import listing
from content.pages.panels import tabs
from content.pages.pictures import pictures

from .base import XinghuiPage


class Subject(models.TextChoices):
    """The seven works of the federation that the site reports on; each is a channel with its own feed."""

    RATING = "rating", _("star rating of unions")
    INITIATIVE = "initiative", _("initiatives and workforce reform")
    COMPETITION = "competition", _("labour competition news")
    MUTUAL_AID = "mutual-aid", _("serious-illness mutual aid")
    RECUPERATION = "recuperation", _("recuperation and bases")
    SECURITY = "security", _("national-security education")
    LAWYERS = "lawyers", _("cloud lawyers")


class NewsIndexPage(XinghuiPage):
    introduction = models.TextField(_("introduction of the section"), blank=True)

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.ArticlePage"]
    max_count = 1
    template = "pages/news_index.html"
    api_fields = [*XinghuiPage.api_fields, APIField("introduction", writable=True)]
    edit_handler = tabs([FieldPanel("introduction")])

    def articles(self) -> QuerySet[ArticlePage]:
        """Return the articles that the public may read, without their bodies."""
        return ArticlePage.objects.child_of(self).live().public().defer_streamfields()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        articles = self.articles().prefetch_related(pictures("cover", "entry"))
        found = listing(articles, request=request, date_field="date", subjects=tuple(Subject.values))
        return super().get_context(request, *args, **kwargs) | {"listing": found, "subjects": Subject.choices}

    class Meta:
        verbose_name = _("news section")
        verbose_name_plural = _("news sections")


class ArticlePage(XinghuiPage):
    subject = models.CharField(
        _("article subject"),
        max_length=20,
        choices=Subject,
        help_text=_("The channel in which readers find the article, and the feed that carries it."),
    )
    lead = models.TextField(
        _("lead"), blank=True, max_length=300, help_text=_("What happened, in one or two sentences. Shown in lists.")
    )
    author = models.CharField(_("author of the text"), max_length=60, blank=True)
    cover = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cover picture"),
    )
    cover_alt = models.CharField(
        _("alternative text of the cover"),
        max_length=200,
        blank=True,
        help_text=_("What the picture shows, for those who cannot see it."),
    )
    event_on = models.DateField(
        _("day of the event"),
        null=True,
        blank=True,
        help_text=_("Of a promotion event 推介活动: it then stands among the events of the alliance."),
    )
    event_until = models.DateField(_("last day of the event"), null=True, blank=True)
    event_place = models.CharField(_("place of the event"), max_length=120, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body of the page"), blank=True)

    parent_page_types = ["pages.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "pages/article.html"
    search_fields = [
        *XinghuiPage.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
        index.FilterField("subject"),
    ]
    api_fields = [
        *XinghuiPage.api_fields,
        APIField("subject", writable=True),
        APIField("lead", writable=True),
        APIField("author", writable=True),
        APIField("cover", writable=True),
        APIField("cover_alt", writable=True),
        APIField("event_on", writable=True),
        APIField("event_until", writable=True),
        APIField("event_place", writable=True),
        APIField("body", writable=True),
    ]
    edit_handler = tabs(
        [
            FieldPanel("subject"),
            FieldPanel("lead"),
            MultiFieldPanel([FieldPanel("cover"), FieldPanel("cover_alt")], heading=_("Cover")),
            FieldPanel("body"),
        ],
        ObjectList([FieldPanel("date"), FieldPanel("source"), FieldPanel("author")], heading=_("Date and source")),
        ObjectList(
            [FieldRowPanel([FieldPanel("event_on"), FieldPanel("event_until")]), FieldPanel("event_place")],
            heading=_("Promotion event"),
        ),
    )

    class Meta:
        verbose_name = _("news article")
        verbose_name_plural = _("news articles")

    @property
    def event_is_ahead(self) -> bool:
        last = self.event_until or self.event_on
        return last is not None and last >= timezone.localdate()

    def clean(self) -> None:
        super().clean()
        if self.event_until and (self.event_on is None or self.event_until < self.event_on):
            message = _("The event ends before it begins. Correct one of the two days.")
            raise ValidationError({"event_until": ValidationError(message, code="dates_reversed")})

    def neighbours(self) -> dict[str, ArticlePage | None]:
        """Return the articles before and after this one, as the section lists them."""
        others = ArticlePage.objects.sibling_of(self, inclusive=False).live().public().defer_streamfields()
        older = Q(date__lt=self.date) | Q(date=self.date, pk__lt=self.pk)
        newer = Q(date__gt=self.date) | Q(date=self.date, pk__gt=self.pk)
        return {
            "older": others.filter(older).order_by("-date", "-pk").first(),
            "newer": others.filter(newer).order_by("date", "pk").first(),
        }

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        # an article that is being written has no place among the others yet
        return super().get_context(request, *args, **kwargs) | (self.neighbours() if self.pk else {})

    @property
    def summary(self) -> str:
        return self.lead or self.search_description

    @property
    def column_name(self) -> str:
        return self.get_subject_display() or super().column_name

    def picture(self) -> Any:
        return self.share_image or self.cover
