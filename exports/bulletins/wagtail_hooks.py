"""The button 生成 PDF on pages that print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from .compose import PRINTABLE


def _buttons(page: Any, user: Any, priority: int) -> Iterator[Button]:
    """Yield the button that opens the PDF of the latest draft in a new tab, for those who may see the draft."""
    permissions = page.permissions_for_user(user)
    if issubclass(page.specific_class or object, PRINTABLE) and (permissions.can_edit() or permissions.can_publish()):
        yield Button(
            _("Make PDF"),
            f"{reverse('bulletin-pdf', args=[page.pk])}?draft=1",
            icon_name="doc-full",
            attrs={"target": "_blank", "rel": "noopener"},
            priority=priority,
        )


@hooks.register("register_page_header_buttons")
def header_button(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    return _buttons(page, user, priority=5)


@hooks.register("register_page_listing_more_buttons")
def listing_button(page: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    return _buttons(page, user, priority=7)
