"""Who may see and change which register row: the one policy that every door asks.

Superusers see all. Anyone else needs the model's permission (through groups) *and* a division in charge that
contains the row's: city ⊃ district ⊃ street, by code prefix. No division, no rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from . import divisions


def codes_of(user: Any) -> list[str] | None:
    """Return the codes of the user's divisions; None means all (a superuser). Read once a request."""
    if not user.is_active or user.is_anonymous:
        return []
    if user.is_superuser:
        return None
    if not hasattr(user, "_division_codes"):
        user._division_codes = list(user.divisions.values_list("code", flat=True))
    return user._division_codes


def covers(user: Any, division_code: str | None) -> bool:
    """Tell whether rows of a division are the user's concern."""
    codes = codes_of(user)
    return codes is None or bool(division_code and any(divisions.contains(code, division_code) for code in codes))


def scope(user: Any, queryset: QuerySet[Any], *, field: str = "division") -> QuerySet[Any]:
    """Narrow a queryset of register rows to the user's divisions."""
    codes = codes_of(user)
    return queryset if codes is None else queryset.filter(divisions.within(codes, field=field))


class JurisdictionPolicy(ModelPermissionPolicy):
    """Model permissions, narrowed to the user's divisions for every single row."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Model) -> bool:
        return self.user_has_any_permission(user, actions) and covers(user, instance.division_id)  # type: ignore[attr-defined]

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        if not self.user_has_any_permission(user, actions):
            return self.model._default_manager.none()
        return scope(user, self.model._default_manager.all())

    def users_with_any_permission_for_instance(self, actions: Iterable[str], instance: Model) -> QuerySet[Any]:
        code = instance.division_id  # type: ignore[attr-defined]
        above = [code[:n].ljust(6, "0") for n in (2, 4, 6)] + [code]
        return self.users_with_any_permission(actions).filter(Q(is_superuser=True) | Q(divisions__in=above)).distinct()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        return get_user_model().objects.filter(pk__in=super().users_with_any_permission(actions).values("pk"))
