"""Labour competitions 劳动竞赛: an index and its numbered bulletins."""

from __future__ import annotations

from datetime import date as Date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelsearch import index
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    PageChooserPanel,
)
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import Orderable

from content.pages import register_rows
from content.pages.blocks import BodyBlock
from content.pages.choosers import COMPETITION_CHOOSER
from content.pages.forms import BulletinForm
from content.pages.listing import listing
from content.pages.panels import tabs
from content.pages.progress import progress
from content.pages.register_rows import Table

from .base import XinghuiPage
from .news import ArticlePage

# Columns of the competition register that a bulletin sets as a table.
FACTS = ("name", "project", "investment", "units", "workers", "status")


class CompetitionIndexPage(XinghuiPage):
    introduction = models.TextField(_("introduction of the section"), blank=True)

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.BulletinPage"]
    max_count = 1
    template = "pages/competition_index.html"
    api_fields = [*XinghuiPage.api_fields, APIField("introduction", writable=True)]
    edit_handler = tabs([FieldPanel("introduction")])

    def bulletins(self) -> QuerySet[BulletinPage]:
        """Return the bulletins that the public may read, without their bodies."""
        return BulletinPage.objects.child_of(self).live().public().defer_streamfields()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        found = listing(self.bulletins(), request=request, date_field="issue_date")
        first = found.page_obj.number == 1 and not found.is_filtered
        competitions = progress() if first else []
        return super().get_context(request, *args, **kwargs) | {"listing": found, "competitions": competitions}

    class Meta:
        verbose_name = _("competitions section")
        verbose_name_plural = _("competitions sections")


def default_series() -> str:
    """Return the masthead name that a new bulletin begins with."""
    return "劳动竞赛简报"


class BulletinPage(XinghuiPage):
    """One numbered issue. The title is the issue's headline, `series` the name in the masthead."""

    series = models.CharField(_("name in the masthead"), max_length=60, default=default_series)
    year = models.PositiveSmallIntegerField(_("year of the issue"), editable=False, default=0)
    issue_number = models.PositiveIntegerField(
        _("issue number"),
        null=True,
        validators=[MinValueValidator(1)],
        help_text=_("Counted anew every year: 第N期."),
    )
    total_number = models.PositiveIntegerField(
        _("number in all"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Counted since the first issue: 总第N期."),
    )
    issue_date = models.DateField(_("date of the issue"), default=timezone.localdate)
    compiled_by = models.CharField(_("compiled by"), max_length=120, blank=True)
    editor_note = models.TextField(_("editor's note"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body of the bulletin"), blank=True)
    report_to = models.CharField(_("reported to (superiors)"), max_length=500, blank=True)
    send_to = models.CharField(_("sent to (peers)"), max_length=500, blank=True)
    distribute_to = models.CharField(_("distributed to (subordinates)"), max_length=500, blank=True)
    copies = models.PositiveIntegerField(_("copies printed"), null=True, blank=True)

    parent_page_types = ["pages.CompetitionIndexPage"]
    subpage_types: list[str] = []
    template = "pages/bulletin.html"
    exclude_fields_in_copy = ["issue_number", "total_number"]
    search_fields = [
        *(field for field in XinghuiPage.search_fields if field.field_name != "date"),
        index.SearchField("series"),
        index.SearchField("editor_note"),
        index.SearchField("body"),
        index.FilterField("issue_date"),
        index.FilterField("issue_number"),
    ]
    api_fields = [
        *(field for field in XinghuiPage.api_fields if field.name != "date"),
        *(
            APIField(name, writable=True)
            for name in (
                "series",
                "issue_number",
                "total_number",
                "issue_date",
                "compiled_by",
                "editor_note",
                "competitions",
                "articles",
                "body",
                "report_to",
                "send_to",
                "distribute_to",
                "copies",
            )
        ),
    ]
    edit_handler = tabs(
        [
            MultiFieldPanel(
                [
                    FieldPanel("series"),
                    FieldRowPanel([FieldPanel("issue_number"), FieldPanel("total_number")]),
                    FieldRowPanel([FieldPanel("issue_date"), FieldPanel("compiled_by")]),
                ],
                heading=_("Masthead"),
            ),
            FieldPanel("editor_note"),
            FieldPanel("body"),
        ],
        ObjectList(
            [
                MultipleChooserPanel(
                    "competitions",
                    "competition",
                    heading=_("Competitions reported on"),
                    label=_("Competition of the issue"),
                    help_text=_("Their facts are set as a table, as the register has them."),
                ),
                MultipleChooserPanel(
                    "articles",
                    "article",
                    heading=_("Articles collected"),
                    label=_("Article of the issue"),
                    help_text=_("Their full text goes into the PDF; the page lists them."),
                ),
            ],
            heading=_("Competitions and articles"),
        ),
        ObjectList(
            [FieldPanel("report_to"), FieldPanel("send_to"), FieldPanel("distribute_to"), FieldPanel("copies")],
            heading=_("Recipients"),
        ),
        form=BulletinForm,
    )

    class Meta:
        verbose_name = _("competition bulletin")
        verbose_name_plural = _("competition bulletins")
        constraints = [
            models.UniqueConstraint(fields=["series", "year", "issue_number"], name="bulletin_issue_number_in_year")
        ]

    @property
    def date(self) -> Date:  # type: ignore[override]
        return self.issue_date

    @property
    def summary(self) -> str:
        return self.search_description or self.editor_note[:120]

    def facts(self) -> Table | None:
        """Return the facts of the issue's competitions, in its order, as the register has them; None without any."""
        chosen = [link.competition_id for link in self.competitions.all()]
        return register_rows.chosen("competitions", chosen, columns=FACTS) if chosen else None

    def collected(self) -> list[Any]:
        """Return the collected articles that the public may read, in the issue's order."""
        chosen = [link.article_id for link in self.articles.all()]
        live = ArticlePage.objects.live().public().defer_streamfields().in_bulk(chosen)
        return [live[pk] for pk in chosen if pk in live]

    def clean(self) -> None:
        super().clean()
        if not (self.issue_date and self.issue_number):
            return
        same = BulletinPage.objects.filter(series=self.series, year=self.issue_date.year).exclude(pk=self.pk)
        if taken := same.filter(issue_number=self.issue_number).first():
            free = (same.aggregate(last=models.Max("issue_number"))["last"] or 0) + 1
            message = _("Issue %(number)s of %(year)s is “%(title)s” already: take %(free)s.")
            params = {"number": self.issue_number, "year": self.issue_date.year, "title": taken.title, "free": free}
            raise ValidationError({"issue_number": ValidationError(message, code="duplicate", params=params)})

    def save(self, *args: Any, **kwargs: Any) -> Any:
        self.year = self.issue_date.year
        return super().save(*args, **kwargs)


class BulletinCompetition(Orderable):
    page = ParentalKey(BulletinPage, on_delete=models.CASCADE, related_name="competitions")
    competition = models.ForeignKey(
        "registers.Competition", models.CASCADE, related_name="+", verbose_name=_("competition of the bulletin")
    )

    panels = [FieldPanel("competition", widget=COMPETITION_CHOOSER.widget_class)]
    api_fields = [APIField("competition", writable=True)]

    class Meta(Orderable.Meta):
        verbose_name = _("competition of a bulletin")
        verbose_name_plural = _("competitions of a bulletin")


class BulletinArticle(Orderable):
    page = ParentalKey(BulletinPage, on_delete=models.CASCADE, related_name="articles")
    article = models.ForeignKey(
        "pages.ArticlePage", models.CASCADE, related_name="+", verbose_name=_("article of the bulletin")
    )

    panels = [PageChooserPanel("article", "pages.ArticlePage")]
    api_fields = [APIField("article", writable=True)]

    class Meta(Orderable.Meta):
        verbose_name = _("article of a bulletin")
        verbose_name_plural = _("articles of a bulletin")
