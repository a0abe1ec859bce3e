"""Atom: all articles, or those of one channel (`?channel=competition`)."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from wagtail.models import Site

from .models import ArticlePage, SiteSettings, Subject

LENGTH = 30


class ArticleFeed(Feed):
    """Made anew for every request, which it keeps."""

    feed_type = Atom1Feed
    request: HttpRequest

    def get_object(self, request: HttpRequest) -> dict[str, Any]:
        channel = request.GET.get("channel", "")
        if channel and channel not in Subject.values:
            raise Http404(_("No channel is called “%(channel)s”.") % {"channel": channel})
        self.request = request
        site = Site.find_for_request(request)
        return {"channel": channel, "site": site, "settings": SiteSettings.for_request(request)}

    def title(self, obj: dict[str, Any]) -> str:
        name = obj["site"].site_name if obj["site"] else ""
        return f"{name} · {Subject(obj['channel']).label}" if obj["channel"] else name

    def subtitle(self, obj: dict[str, Any]) -> str:
        return _("The latest articles")

    def link(self, obj: dict[str, Any]) -> str:
        return "/news/" + (f"?subject={obj['channel']}" if obj["channel"] else "")

    def feed_url(self, obj: dict[str, Any]) -> str:
        return self.request.get_full_path()

    def author_name(self, obj: dict[str, Any]) -> str:
        return obj["settings"].host_organisation or (obj["site"].site_name if obj["site"] else "")

    def items(self, obj: dict[str, Any]) -> Any:
        articles = ArticlePage.objects.live().public().defer_streamfields()
        if obj["channel"]:
            articles = articles.filter(subject=obj["channel"])
        return articles.order_by("-date", "-pk")[:LENGTH]

    def item_title(self, item: ArticlePage) -> str:
        return item.title

    def item_description(self, item: ArticlePage) -> str:
        return item.summary

    def item_link(self, item: ArticlePage) -> str:
        return item.get_url(self.request)

    def item_guid(self, item: ArticlePage) -> str:
        """An id that outlives a change of address."""
        return f"urn:uuid:{item.translation_key}"

    def item_pubdate(self, item: ArticlePage) -> datetime:
        return timezone.make_aware(datetime.combine(item.date, time.min))

    def item_updateddate(self, item: ArticlePage) -> datetime:
        return item.last_published_at or self.item_pubdate(item)

    def item_author_name(self, item: ArticlePage) -> str | None:
        return item.author or item.source or None

    def item_categories(self, item: ArticlePage) -> tuple[str, ...]:
        return (item.get_subject_display(),)
