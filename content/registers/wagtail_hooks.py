"""Brings every register, and the divisions they hang on, into the back office."""

from functools import partial
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.search import SearchArea
from wagtail.permissions import policy_registry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from content.core.faces.bulk import DeleteRows
from content.core.faces.division import DivisionViewSet
from content.core.faces.viewset import build_viewset
from content.core.jurisdiction import ANY
from content.core.register import Register, registers


class RegistersGroup(SnippetViewSetGroup):
    menu_label = _("Registers")
    menu_icon = "list-ul"
    menu_name = "registers"
    menu_order = 150
    items = (*(build_viewset(register) for register in registers()), DivisionViewSet)


register_snippet(RegistersGroup)


# After Wagtail's own, which it replaces for our models.
hooks.register("register_bulk_action", DeleteRows, order=100)


class RegisterSearchArea(SearchArea):
    """A register beside pages and pictures when a person searches from the menu."""

    def __init__(self, register: Register) -> None:
        self.model = register.model
        address = reverse(register.model.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]
        super().__init__(
            register.verbose_name_plural,
            address,
            name=register.slug,
            icon_name=register.icon,
            order=300 + register.order,
        )

    def is_shown(self, request: Any) -> bool:
        return policy_registry.get_by_type(self.model).user_has_any_permission(request.user, ANY)


for _register in registers():
    hooks.register("register_admin_search_area", partial(RegisterSearchArea, _register))


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Any]:
    """Offer the permissions that hold for all registers on the form of a group."""
    codenames = ["view_personal_data", "import_registers", "export_registers"]
    return Permission.objects.filter(content_type__app_label="core", codename__in=codenames)
