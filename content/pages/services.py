"""Verbs of the pages."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from . import starter
from .models import HomePage


@transaction.atomic
def create_site_tree() -> HomePage:
    """Give a fresh instance its home page, sections and standing pages, and return the home page.

    What is there already stays as it is, so it may run on every start.
    """
    Locale.objects.get_or_create(language_code="zh-hans")
    root = Page.get_first_root_node()
    home = HomePage.objects.first() or _create(starter.HOME, parent=root)
    _point_site_at(home)
    _remove_welcome_page(root)
    taken = set(home.get_children().values_list("slug", flat=True))
    for start in starter.SECTIONS:
        if start.slug not in taken and not _is_single_and_there(start):
            _create(start, parent=home)
    return HomePage.objects.get(pk=home.pk)


def _create(start: starter.Start, *, parent: Any) -> Any:
    page = apps.get_model("pages", start.model)(title=start.title, slug=start.slug, **start.fields)
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def _is_single_and_there(start: starter.Start) -> bool:
    model = apps.get_model("pages", start.model)
    return model.max_count == 1 and model._default_manager.exists()


def _point_site_at(home: HomePage) -> None:
    """Serve the home page under BASE_URL. A site that staff have given an address or a root of their own is left alone."""
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    if site.hostname == "localhost":
        address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        site.hostname = address.hostname or site.hostname
        site.port = address.port or (443 if address.scheme == "https" else 80)
    if not (site.pk and issubclass(site.root_page.specific_class or Page, HomePage)):
        site.root_page = home
    site.site_name = site.site_name or settings.WAGTAIL_SITE_NAME
    site.save()


def _remove_welcome_page(root: Page) -> None:
    """Delete the page that Wagtail's own migration made, unless someone built below it."""
    for page in root.get_children().filter(content_type__model="page", slug="home", numchild=0):
        if not Site.objects.filter(root_page=page).exists():
            page.delete()
