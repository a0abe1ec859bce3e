from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    name = "cms.delivery"
    label = "delivery"
    verbose_name = _("Delivery to readers")

    def ready(self) -> None:
        from content.core import freshness

        from .versions import to_remember_by
        from .watching import watch

        watch()
        freshness.provide(to_remember_by)
