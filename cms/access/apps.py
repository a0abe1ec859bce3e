from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


def make_roles(using: str = "default", **kwargs: Any) -> None:
    """Give a migrated database its roles and its workflow. A plan that stops half-way leaves them for later."""
    from django.db import connections

    from .names import name_in_chinese
    from .roles import ensure_roles
    from .workflow import ensure_workflow

    tables = set(connections[using].introspection.table_names())
    if (
        using == "default"
        and {"wagtailcore_workflowpage", "auth_group", "wagtailcore_groupcollectionpermission"} <= tables
    ):
        ensure_roles()
        ensure_workflow()
        name_in_chinese()


class AccessConfig(AppConfig):
    default = True
    name = "cms.access"
    label = "access"
    verbose_name = _("Access")

    def ready(self) -> None:
        # Every app with models writes its permissions in its own turn; after the last one, all are there.
        last = [config for config in apps.get_app_configs() if config.models_module][-1]
        post_migrate.connect(make_roles, sender=last)


class UsersAppConfig(WagtailUsersAppConfig):
    """wagtail.users with the divisions in charge on its forms."""

    user_viewset = "cms.access.views.UserViewSet"
