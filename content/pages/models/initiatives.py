"""Initiatives 倡议书: appeals that one or several bodies sign together."""

from __future__ import annotations

import re
from datetime import date as Date
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelsearch import index
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList
from wagtail.api import APIField
from wagtail.models import Orderable

from content.pages.forms import InitiativeForm
from content.pages.listing import listing
from content.pages.panels import tabs

from .base import XinghuiPage


class InitiativeIndexPage(XinghuiPage):
    introduction = models.TextField(_("introduction of the section"), blank=True)

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.InitiativePage"]
    max_count = 1
    template = "pages/initiative_index.html"
    api_fields = [*XinghuiPage.api_fields, APIField("introduction", writable=True)]
    edit_handler = tabs([FieldPanel("introduction")])

    def initiatives(self) -> QuerySet[InitiativePage]:
        """Return the initiatives that the public may read, with their issuers."""
        return InitiativePage.objects.child_of(self).live().public().prefetch_related("issuers")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        found = listing(self.initiatives(), request=request, date_field="issue_date")
        return super().get_context(request, *args, **kwargs) | {"listing": found}

    class Meta:
        verbose_name = _("initiatives section")
        verbose_name_plural = _("initiatives sections")


class InitiativePage(XinghuiPage):
    salutation = models.CharField(
        _("salutation"), max_length=120, blank=True, help_text=_("Whom it addresses; the colon is set by the layout.")
    )
    preamble = models.TextField(_("preamble"), blank=True, help_text=_("An empty line begins a new paragraph."))
    closing = models.TextField(_("closing"), blank=True, help_text=_("An empty line begins a new paragraph."))
    issue_date = models.DateField(_("issue date"), default=timezone.localdate)

    parent_page_types = ["pages.InitiativeIndexPage"]
    subpage_types: list[str] = []
    template = "pages/initiative.html"
    search_fields = [
        *(field for field in XinghuiPage.search_fields if field.field_name != "date"),
        index.SearchField("salutation"),
        index.SearchField("preamble"),
        index.SearchField("closing"),
        index.FilterField("issue_date"),
        index.RelatedFields("appeals", [index.SearchField("heading"), index.SearchField("text")]),
        index.RelatedFields("issuers", [index.SearchField("name")]),
    ]
    api_fields = [
        *(field for field in XinghuiPage.api_fields if field.name != "date"),
        APIField("issue_date", writable=True),
        APIField("salutation", writable=True),
        APIField("preamble", writable=True),
        APIField("appeals", writable=True),
        APIField("closing", writable=True),
        APIField("issuers", writable=True),
        APIField("responses", writable=True),
    ]
    edit_handler = tabs(
        [
            FieldPanel("salutation"),
            FieldPanel("preamble"),
            InlinePanel("appeals", heading=_("Appeals"), label=_("Appeal"), min_num=0),
            FieldPanel("closing"),
        ],
        ObjectList(
            [
                InlinePanel("issuers", heading=_("Issuers, in order"), label=_("Issuer")),
                FieldPanel("issue_date"),
                FieldPanel("source"),
            ],
            heading=_("Signature"),
        ),
        ObjectList(
            [InlinePanel("responses", heading=_("Organisations that respond"), label=_("Responding organisation"))],
            heading=_("Responses"),
        ),
        form=InitiativeForm,
    )

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")

    @property
    def date(self) -> Date:  # type: ignore[override]
        return self.issue_date

    @property
    def summary(self) -> str:
        return self.search_description or self.preamble[:120]


class InitiativeAppeal(Orderable):
    page = ParentalKey(InitiativePage, on_delete=models.CASCADE, related_name="appeals")
    heading = models.CharField(_("appeal heading"), max_length=120)
    text = models.TextField(_("appeal text"))

    panels = [FieldPanel("heading"), FieldPanel("text")]
    api_fields = [APIField("heading", writable=True), APIField("text", writable=True)]

    class Meta(Orderable.Meta):
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")

    def __str__(self) -> str:
        return self.heading


class InitiativeIssuer(Orderable):
    class Countersign(models.TextChoices):
        NOT_NEEDED = "", _("no countersigning needed")
        PENDING = "pending", _("waiting for countersigning")
        SIGNED = "signed", _("countersigned")

    page = ParentalKey(InitiativePage, on_delete=models.CASCADE, related_name="issuers")
    name = models.CharField(
        _("issuer name"), max_length=200, help_text=_("One body with two names is written with a slash: 甲/乙.")
    )
    countersign = models.CharField(_("countersigning"), max_length=10, choices=Countersign, blank=True, default="")
    signed_on = models.DateField(_("countersigned on"), null=True, blank=True)

    panels = [FieldPanel("name"), FieldPanel("countersign"), FieldPanel("signed_on")]
    api_fields = [APIField("name", writable=True)]

    class Meta(Orderable.Meta):
        verbose_name = _("issuer")
        verbose_name_plural = _("issuers")

    def __str__(self) -> str:
        return self.name

    @property
    def names(self) -> list[str]:
        """Return the one or two names of the body: `甲/乙` → [甲, 乙]."""
        return [part.strip() for part in re.split(r"[/／]", self.name) if part.strip()]


class InitiativeResponse(Orderable):
    page = ParentalKey(InitiativePage, on_delete=models.CASCADE, related_name="responses")
    name = models.CharField(_("name of the organisation"), max_length=200)
    responded_on = models.DateField(_("responded on"), null=True, blank=True)
    statement = models.CharField(_("what it has undertaken"), max_length=300, blank=True)

    panels = [FieldPanel("name"), FieldPanel("responded_on"), FieldPanel("statement")]
    api_fields = [
        APIField("name", writable=True),
        APIField("responded_on", writable=True),
        APIField("statement", writable=True),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("responding organisation")
        verbose_name_plural = _("responding organisations")

    def __str__(self) -> str:
        return self.name
