"""Standing pages: about, accessibility statement, privacy."""

from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.api import APIField
from wagtail.fields import StreamField

from content.pages.blocks import BodyBlock
from content.pages.panels import tabs

from .base import XinghuiPage


class StandardPage(XinghuiPage):
    body = StreamField(BodyBlock(), verbose_name=_("body of the page"), blank=True)

    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    template = "pages/standard.html"
    search_fields = [*XinghuiPage.search_fields, index.SearchField("body")]
    api_fields = [*XinghuiPage.api_fields, APIField("body", writable=True)]
    edit_handler = tabs(
        [FieldPanel("body")],
        ObjectList([FieldPanel("date"), FieldPanel("source")], heading=_("Date and source")),
    )

    class Meta:
        verbose_name = _("standing page")
        verbose_name_plural = _("standing pages")
