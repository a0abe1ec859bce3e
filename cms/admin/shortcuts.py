"""The big buttons of the dashboard: what a person does most, and may do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from content.core.jurisdiction import may_export
from content.core.register import registers
from content.pages.models import (
    ArticlePage,
    BulletinPage,
    CompetitionIndexPage,
    InitiativeIndexPage,
    InitiativePage,
    NewsIndexPage,
)
from exports.imports.permissions import may_import


@dataclass(frozen=True)
class Shortcut:
    title: str | Promise
    hint: str | Promise
    icon: str
    url: str


_WRITING: tuple[tuple[type[Page], type[Page], str | Promise, str | Promise, str], ...] = (
    (ArticlePage, NewsIndexPage, _("Write news"), _("A news article with pictures"), "doc-full"),
    (InitiativePage, InitiativeIndexPage, _("Publish an initiative"), _("Appeals, issuers, date"), "mail"),
    (
        BulletinPage,
        CompetitionIndexPage,
        _("Compile a bulletin"),
        _("A numbered competition bulletin, as PDF"),
        "list-ol",
    ),
)


def shortcuts_for(user: Any) -> list[Shortcut]:
    """Return what the person may start from here, writing first."""
    return [*writing_shortcuts(user), *_files(user)]


def writing_shortcuts(user: Any) -> list[Shortcut]:
    return list(_writing(user))


def _writing(user: Any) -> Iterator[Shortcut]:
    for model, index_model, title, hint, icon in _WRITING:
        index = index_model.objects.live().first()
        if index and index.permissions_for_user(user).can_add_subpage() and model.can_create_at(index):
            label = model._meta
            url = reverse("wagtailadmin_pages:add", args=(label.app_label, label.model_name, index.pk))
            yield Shortcut(title, hint, icon, url)


def _files(user: Any) -> Iterator[Shortcut]:
    """To the import centre; exports start from a register, so that button leads to the registers below."""
    if any(may_import(user, register) for register in registers()):
        yield Shortcut(
            _("Import a register"),
            _("From an Excel or CSV file, checked before it is written"),
            "upload",
            reverse("imports:index"),
        )
    if any(may_export(user, register) for register in registers()):
        yield Shortcut(
            _("Export a register"), _("To Excel, CSV or PDF, with the filters you choose"), "download", "#registers"
        )
