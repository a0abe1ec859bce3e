from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "content.core"
    label = "core"
    verbose_name = _("Foundation")

    def ready(self) -> None:
        """Say who may do what with a register row, and where it is logged, before anything asks."""
        from django.db.models.signals import post_delete, post_save
        from wagtail.images import get_image_model
        from wagtail.log_actions import registry as log_registry
        from wagtail.permissions import register_permission_policy

        from .jurisdiction import JurisdictionPolicy
        from .models import Division, RegisterLogEntry, RegisterRow
        from .pictures import draw_when_saved
        from .register import registers
        from .row_pictures import keep_lead

        register_permission_policy(Division, JurisdictionPolicy(Division, code_field="code"))
        for register in registers():
            register_permission_policy(register.model, JurisdictionPolicy(register.model))
            if register.pictures:
                pictures = register.model._meta.get_field(register.pictures).related_model
                for signal in (post_save, post_delete):
                    signal.connect(keep_lead, sender=pictures, dispatch_uid="keep_lead")
        log_registry.register_model(RegisterRow, RegisterLogEntry)
        post_save.connect(draw_when_saved, sender=get_image_model(), dispatch_uid="draw_when_saved")
