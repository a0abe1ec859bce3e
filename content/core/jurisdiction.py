"""Who may see and change which register row: the one policy that every door asks.

Superusers see all. Anyone else needs the model's permission (through groups) *and* a division in charge that
contains the row's: city ⊃ district ⊃ street, by code prefix. No division, no rows.

Three permissions go beyond Django's four of every model; they hold for all registers alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry

from . import divisions

if TYPE_CHECKING:
    from .register import Register

PERSONAL_DATA = "core.view_personal_data"
IMPORT = "core.import_registers"
EXPORT = "core.export_registers"

ANY = frozenset({"add", "change", "delete", "view"})


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


def rows_for(user: Any, model: type[Model], actions: Iterable[str] = ANY) -> QuerySet[Any]:
    """Return the rows of a model on which the user may do one of `actions`, as the registered policy says."""
    return policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, set(actions))


def may(user: Any, instance: Model, actions: Iterable[str] = ANY) -> bool:
    """Tell whether the user may do one of `actions` on this row, as the registered policy says."""
    return policy_registry.get(instance).user_has_any_permission_for_instance(user, set(actions), instance)


def may_see_personal_data(user: Any) -> bool:
    return user.is_active and user.has_perm(PERSONAL_DATA)


def may_import(user: Any, register: Register) -> bool:
    """Importing writes new rows and changes old ones, so it takes both permissions and its own."""
    policy = policy_registry.get_by_type(register.model)
    return user.has_perm(IMPORT) and all(policy.user_has_permission(user, action) for action in ("add", "change"))


def may_export(user: Any, register: Register) -> bool:
    return user.has_perm(EXPORT) and policy_registry.get_by_type(register.model).user_has_any_permission(user, ANY)


class JurisdictionPolicy(ModelPermissionPolicy):
    """Model permissions, narrowed to the user's divisions for every single row.

    `code_field` names the column that holds a row's division code.
    """

    def __init__(self, model: type[Model], *, code_field: str = "division_id") -> None:
        super().__init__(model)
        self.code_field = code_field

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Model) -> bool:
        return self.user_has_any_permission(user, actions) and covers(user, getattr(instance, self.code_field))

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        rows = self.model._default_manager.all()
        if not self.user_has_any_permission(user, actions):
            return rows.none()
        codes = codes_of(user)
        return rows if codes is None else rows.filter(divisions.codes_within(codes, field=self.code_field))

    def users_with_any_permission_for_instance(self, actions: Iterable[str], instance: Model) -> QuerySet[Any]:
        code = getattr(instance, self.code_field)
        above = [code[:n].ljust(6, "0") for n in (2, 4, 6)] + [code]
        return self.users_with_any_permission(actions).filter(Q(is_superuser=True) | Q(divisions__in=above)).distinct()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        return get_user_model().objects.filter(pk__in=super().users_with_any_permission(actions).values("pk"))
