"""The roles that an instance starts with, as groups. Superusers (超级管理员) need none.

Made once; what people change in them afterwards stays. The names are data, kept in the database, hence Chinese.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from content.core.register import registers

EDITOR = "宣传员"
REVIEWER = "审核员"
ISSUER = "签发员"
REGISTRAR = "名录管理员"

MEDIA = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")


@dataclass(frozen=True)
class Role:
    """pages: what the role may do in the whole page tree. media: with pictures and documents."""

    name: str
    pages: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    registers: bool = False


ROLES = (
    Role(EDITOR, pages=("add_page", "change_page"), media=MEDIA),
    Role(REVIEWER, pages=("add_page", "change_page", "publish_page", "lock_page"), media=MEDIA),
    Role(ISSUER, pages=("change_page", "publish_page", "lock_page", "unlock_page"), media=MEDIA),
    Role(REGISTRAR, media=("add_image", "choose_image"), registers=True),
)


@transaction.atomic
def ensure_roles() -> list[str]:
    """Make the roles that are missing, and give new registers to the role that keeps them. Return what was made."""
    made = [role.name for role in ROLES if not Group.objects.filter(name=role.name).exists()]
    for role in ROLES:
        if role.name in made:
            _make(role)
    for group in Group.objects.filter(name=REGISTRAR):
        group.permissions.add(*_of_new_registers(group))
    if made:
        _remove_stock_groups()
    return made


def _make(role: Role) -> None:
    group = Group.objects.create(name=role.name)
    group.permissions.add(Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin"))
    root = Page.get_first_root_node()
    for codename in role.pages:
        permission = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=root, permission=permission)
    collection = Collection.get_first_root_node()
    for codename in role.media:
        permission = Permission.objects.get(
            codename=codename, content_type__app_label__in=["wagtailimages", "wagtaildocs"]
        )
        GroupCollectionPermission.objects.create(group=group, collection=collection, permission=permission)
    if role.registers:
        everything = ["view_personal_data", "import_registers", "export_registers"]
        divisions = ["add_division", "change_division", "view_division"]
        group.permissions.add(
            *Permission.objects.filter(content_type__app_label="core", codename__in=everything + divisions)
        )


def _of_new_registers(group: Group) -> list[Permission]:
    """Return the permissions of registers of which the group has none yet."""
    found: list[Permission] = []
    for register in registers():
        options = register.model._meta
        own = Permission.objects.filter(
            content_type__app_label=options.app_label, content_type__model=options.model_name
        )
        if not own.filter(group=group).exists():
            found.extend(own)
    return found


def _remove_stock_groups() -> None:
    """Take away Wagtail's English groups and workflow from a fresh instance, where nobody uses them."""
    for group in Group.objects.filter(name__in=["Editors", "Moderators"], user=None):
        group.delete()
    for workflow in apps.get_model("wagtailcore", "Workflow").objects.filter(name="Moderators approval"):
        if not workflow.workflow_states.exists():
            tasks = [step.task for step in workflow.workflow_tasks.all()]
            workflow.delete()
            for task in tasks:
                task.delete()
