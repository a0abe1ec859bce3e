"""What every page of the site has."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.api import APIField
from wagtail.models import Page

from content.core import chinese


class XinghuiPage(Page):
    """A page with a date, a source and a slug in pinyin."""

    slug: str
    date = models.DateField(
        _("publication date"),
        default=timezone.localdate,
        help_text=_(
            "Shown to readers and decides the order of lists. To publish later, set a time under “Publishing”."
        ),
    )
    source = models.CharField(
        _("source of the text"), max_length=120, blank=True, help_text=_("Who published it first. Empty: this site.")
    )
    share_image = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture for sharing"),
    )

    search_fields = [
        *Page.search_fields,
        index.SearchField("search_description"),
        index.SearchField("source"),
        index.FilterField("date"),
    ]
    api_fields = [
        APIField("date", writable=True),
        APIField("source", writable=True),
    ]

    class Meta:
        abstract = True

    def base_slug(self, title: str) -> str:
        """Return the pinyin of a title as a slug; a title without letters gives the name of the page type."""
        return chinese.slug(title) or self._meta.model_name or "page"

    def free_slug(self, title: str, *, parent: Page | None) -> str:
        """Return the title's slug, numbered when a sibling below `parent` has it."""
        base = candidate = self.base_slug(title)
        number = 1
        while not Page._slug_is_available(candidate, parent, self):
            number += 1
            candidate = f"{base}-{number}"
        return candidate

    def _set_core_field_defaults(self) -> None:
        """Wagtail makes slugs here; its own would be empty for a Chinese title."""
        parent_is_known = bool(self.path or getattr(self, "_cached_parent_obj", None))
        if not self.slug and self.title and parent_is_known:
            self.slug = self.free_slug(self.title, parent=self.get_parent())
        super()._set_core_field_defaults()

    @property
    def summary(self) -> str:
        """Return what a list or a search engine shows below the title. Page types with a lead prefer that."""
        return self.search_description

    @property
    def column_name(self) -> str:
        """Return the section a reader is in (ColumnName of the metas that government sites carry)."""
        parent = self.get_parent()
        return parent.title if parent and parent.depth > 1 else settings.WAGTAIL_SITE_NAME

    def get_sitemap_urls(self, request: Any = None) -> list[dict[str, Any]]:
        """Name the page under the address that was asked: an instance may answer to several."""
        found = super().get_sitemap_urls(request)
        return (
            [entry | {"location": request.build_absolute_uri(self.get_url(request))} for entry in found]
            if request
            else found
        )

    def picture(self) -> Any:
        """Return the picture for sharing, or None."""
        return self.share_image
