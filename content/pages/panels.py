"""How the editing screens are laid out: the same tabs on every page type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)

from .forms import XinghuiPageForm

# Not Wagtail's TitleFieldPanel: it has the browser make the slug, which is empty for a Chinese title. The form makes it.
TITLE = FieldPanel("title", classname="title")

PROMOTE = [
    MultiFieldPanel(
        [
            FieldPanel("slug", help_text=_("Left empty, it is made in pinyin from the title.")),
            FieldPanel("seo_title"),
            FieldPanel("search_description", help_text=_("One or two sentences that search engines show.")),
            FieldPanel("share_image", help_text=_("Shown when the page is shared; the site's own when empty.")),
        ],
        heading=_("Address, search and sharing"),
    ),
    MultiFieldPanel([FieldPanel("show_in_menus")], heading=_("In the menus")),
]


def tabs(content: Sequence[Any], *more: ObjectList, form: type[XinghuiPageForm] = XinghuiPageForm) -> TabbedInterface:
    """Return the editing screen: content, what the type adds, sharing, publishing."""
    return TabbedInterface(
        [
            ObjectList([TITLE, *content], heading=_("Writing")),
            *more,
            ObjectList(PROMOTE, heading=_("Search and sharing")),
            ObjectList([PublishingPanel(), CommentPanel()], heading=_("Publishing times")),
        ],
        base_form_class=form,
    )
