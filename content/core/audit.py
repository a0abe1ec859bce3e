"""The log of register rows: as Wagtail's, with the division that each row had when something was done to it.

Wagtail shows whoever may change *some* row of a model the log of *all* its rows, by name. Entries that know their
division can be narrowed like the rows, also after the row itself is gone.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models.audit_log import BaseLogEntry, BaseLogEntryManager, LogEntryQuerySet

from . import divisions
from .jurisdiction import codes_of


class RegisterLogEntryQuerySet(LogEntryQuerySet):
    def latest_by_uuid_and_action(self) -> models.QuerySet[Any]:
        """Of what was done to one row in one go, the last entry.

        Wagtail's takes one entry for all rows of a go: the history of a row would hide that it was imported with others.
        """
        same = {name: models.OuterRef(name) for name in ("uuid", "action", "content_type", "object_id")}
        latest = self.model._default_manager.filter(**same).order_by("-timestamp", "-id").values("id")[:1]
        return self.filter(models.Q(uuid__isnull=True) | models.Q(id=latest))


class RegisterLogEntryManager(BaseLogEntryManager):
    def get_queryset(self) -> RegisterLogEntryQuerySet:
        return RegisterLogEntryQuerySet(self.model, using=self._db)

    def log_action(self, instance: Any, action: str, **kwargs: Any) -> Any:
        # Which fields a person changed in the form (faces/editing.py), so that the history can say whose each value is.
        if action == "wagtail.edit" and (fields := getattr(instance, "changed_fields", None)):
            kwargs["data"] = {**(kwargs.get("data") or {}), "fields": list(fields)}
        return super().log_action(
            instance, action, object_id=str(instance.pk), division_code=instance.division_id, **kwargs
        )

    def viewable_by_user(self, user: Any) -> models.QuerySet[Any]:
        entries = super().viewable_by_user(user)
        codes = codes_of(user)
        return entries if codes is None else entries.filter(divisions.codes_within(codes, field="division_code"))

    def for_instance(self, instance: Any) -> models.QuerySet[Any]:
        content_type = ContentType.objects.get_for_model(instance, for_concrete_model=False)
        return self.filter(content_type=content_type, object_id=str(instance.pk))


class RegisterLogEntry(BaseLogEntry):
    object_id = models.CharField(max_length=255, db_index=True)
    division_code = models.CharField(max_length=9, db_index=True)

    objects = RegisterLogEntryManager()

    class Meta(BaseLogEntry.Meta):
        ordering = ["-timestamp", "-id"]
        verbose_name = _("register log entry")
        verbose_name_plural = _("register log entries")

    def __str__(self) -> str:
        return f"{self.action} {self.label}"
