"""What the dashboard shows, read for one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Count, Max, When
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.log_actions import registry as log_registry
from wagtail.models import Page, PageLogEntry
from wagtail.permissions import policy_registry

from content.core.jurisdiction import ANY, rows_for
from content.core.models import RegisterLogEntry, User
from content.core.register import Register, registers
from exports.imports.models import ImportJob

State = ImportJob.State

RECENT = timedelta(days=30)


@dataclass(frozen=True)
class Tile:
    """A register with the number of rows in the person's charge and what the other rooms offer for it."""

    register: Register
    count: int
    url: str
    buttons: list[Any]


def register_tiles(request: Any) -> list[Tile]:
    user = request.user
    visible = [r for r in registers() if policy_registry.get_by_type(r.model).user_has_any_permission(user, ANY)]
    return [
        Tile(
            register=register,
            count=rows_for(user, register.model).count(),
            url=reverse(register.model.snippet_viewset.get_url_name("list")),  # type: ignore[attr-defined]
            buttons=[
                button
                for hook in hooks.get_hooks("register_register_buttons")
                for button in hook(register, request)
                if button.show
            ],
        )
        for register in visible
    ]


def drafts_of(user: User, *, limit: int = 6) -> list[Page]:
    """Return the pages that the person changed last and nobody has published since, newest first."""
    drafts = Page.objects.filter(has_unpublished_changes=True, latest_revision__user=user)
    return list(drafts.select_related("content_type").order_by("-latest_revision_created_at")[:limit])


def imports_of(user: User, *, limit: int = 5) -> list[ImportJob]:
    """Return the person's last imports, those that wait to be confirmed or matched first."""
    waiting = Case(When(state__in=(State.PREVIEWED, State.NEEDS_ANSWER, State.NEEDS_MAPPING), then=0), default=1)
    jobs = ImportJob.objects.filter(user=user).defer("mapping", "undo_report")
    return list(jobs.order_by(waiting, "-pk")[:limit])


@dataclass(frozen=True)
class Activity:
    """What someone did in one go; `count` things of one kind, `label` names one of them."""

    when: datetime
    who: str
    action: str
    kind: str
    label: str
    count: int


def recent_activity(user: User, *, limit: int = 8) -> list[Activity]:
    """Return what happened within the person's reach in the last 30 days; an import of 900 rows is one line."""
    found = []
    for model, thing in ((PageLogEntry, "page_id"), (RegisterLogEntry, "object_id")):
        entries = model.objects.viewable_by_user(user).filter(timestamp__gte=timezone.now() - RECENT)
        found += list(
            entries.order_by()
            .values("uuid", "action", "user_id", "content_type_id")
            .annotate(when=Max("timestamp"), count=Count(thing, distinct=True), title=Max("label"))
            .order_by("-when")[:limit]
        )
    found = sorted(found, key=lambda entry: entry["when"], reverse=True)[:limit]
    names = {u.pk: u.get_full_name() or u.username for u in User.objects.filter(pk__in={e["user_id"] for e in found})}
    return [
        Activity(
            when=entry["when"],
            who=names.get(entry["user_id"], ""),
            action=str(log_registry.get_action_label(entry["action"])),
            kind=_kind(entry["content_type_id"]),
            label=entry["title"],
            count=entry["count"],
        )
        for entry in found
        if log_registry.action_exists(entry["action"])
    ]


def _kind(content_type_id: int | None) -> str:
    model = ContentType.objects.get_for_id(content_type_id).model_class() if content_type_id else None
    return str(model._meta.verbose_name) if model else ""
