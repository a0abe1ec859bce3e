from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccessConfig(AppConfig):
    default = True
    name = "cms.access"
    label = "access"
    verbose_name = _("Access")


class UsersAppConfig(WagtailUsersAppConfig):
    """wagtail.users with the divisions in charge on its forms."""
