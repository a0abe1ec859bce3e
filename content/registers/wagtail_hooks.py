"""Brings every register, and the divisions they hang on, into the back office."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from content.core.faces.bulk import DeleteRows
from content.core.faces.division import DivisionViewSet
from content.core.faces.viewset import build_viewset
from content.core.register import registers


class RegistersGroup(SnippetViewSetGroup):
    menu_label = _("Registers")
    menu_icon = "list-ul"
    menu_name = "registers"
    menu_order = 150
    items = (*(build_viewset(register) for register in registers()), DivisionViewSet)


register_snippet(RegistersGroup)


# After Wagtail's own, which it replaces for our models.
hooks.register("register_bulk_action", DeleteRows, order=100)


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Any]:
    """Offer the permissions that hold for all registers on the form of a group."""
    codenames = ["view_personal_data", "import_registers", "export_registers"]
    return Permission.objects.filter(content_type__app_label="core", codename__in=codenames)
