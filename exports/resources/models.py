"""What a person chose last for a file, and the large files that the worker makes."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from content.core.register import Register, get_register


def private_storage() -> Any:
    return storages["private"]


def file_path(job: ExportJob, name: str) -> str:
    return f"exports/{uuid.uuid4().hex}"


class ExportChoice(models.Model):
    """The columns, in order, and the format that a person took last from a register."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    register_slug = models.CharField(max_length=60)
    columns = models.JSONField(default=list)
    format = models.CharField(max_length=10)

    class Meta:
        verbose_name = _("choice for an export")
        verbose_name_plural = _("choices for an export")
        constraints = [models.UniqueConstraint(fields=["user", "register_slug"], name="one_choice_a_person")]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.user_id} {self.register_slug}"


class ExportJob(models.Model):
    """A file too large to wait for: made by the worker, kept for some hours for the person who asked."""

    class State(models.TextChoices):
        WAITING = "waiting", _("export waiting")
        RUNNING = "running", _("export being written")
        DONE = "done", _("export ready")
        FAILED = "failed", _("export failed")
        EXPIRED = "expired", _("export expired")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    register_slug = models.CharField(max_length=60)
    format = models.CharField(max_length=10)
    columns = models.JSONField(default=list)
    # The address parameters of the listing; the worker shows the same rows as the listing would.
    filters = models.TextField(blank=True)
    personal = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    file = models.FileField(storage=private_storage, upload_to=file_path)
    file_name = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)
    # A worker that was killed moves this no more.
    beat_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("export job")
        verbose_name_plural = _("export jobs")
        ordering = ["-pk"]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.register_slug} #{self.pk}"

    @property
    def register(self) -> Register:
        return get_register(self.register_slug)

    @property
    def percent(self) -> int:
        return min(99, 100 * self.rows_done // self.rows_total) if self.rows_total else 0
