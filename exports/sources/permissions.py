"""Who keeps sources. Folders and the bucket hold files of all, so only superusers point a source at them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from exports.imports.permissions import importable_registers

from .models import ImportSource


def may_keep_sources(user: Any) -> bool:
    return bool(user.is_superuser or importable_registers(user))


def kinds_for(user: Any) -> list[str]:
    kinds = list(ImportSource.Kind.values)
    return kinds if user.is_superuser else [ImportSource.Kind.URL]


def own_sources(user: Any) -> QuerySet[ImportSource]:
    """Return the sources that a person sees and changes: all, or those that act with the person's own permissions."""
    sources = ImportSource.objects.select_related("user", "profile")
    return sources if user.is_superuser else sources.filter(user=user)
