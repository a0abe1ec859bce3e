from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BulletinsConfig(AppConfig):
    name = "exports.bulletins"
    label = "bulletins"
    verbose_name = _("Bulletins")

    def ready(self) -> None:
        from wagtail.signals import page_published

        from .tasks import set_when_published

        page_published.connect(set_when_published, dispatch_uid="bulletins")
