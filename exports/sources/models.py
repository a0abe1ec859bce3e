"""Where files come from by themselves: a watched folder, a prefix of the S3 bucket, an address; and what came of each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from content.core.register import Register, get_register
from exports.imports.models import ImportJob, ImportProfile

from . import schedule


class ImportSource(models.Model):
    """Recurring work. Times are of the server's zone (Asia/Shanghai)."""

    class Kind(models.TextChoices):
        FOLDER = "folder", _("watched folder")
        S3 = "s3", _("prefix of the S3 bucket")
        URL = "url", _("web address")

    class Every(models.TextChoices):
        ARRIVAL = "arrival", _("as soon as a file comes")
        HOUR = "hour", _("every hour")
        DAY = "day", _("every day")
        WEEK = "week", _("every week")
        MONTH = "month", _("every month")

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("on Monday")
        TUESDAY = 1, _("on Tuesday")
        WEDNESDAY = 2, _("on Wednesday")
        THURSDAY = 3, _("on Thursday")
        FRIDAY = 4, _("on Friday")
        SATURDAY = 5, _("on Saturday")
        SUNDAY = 6, _("on Sunday")

    name = models.CharField(_("source name"), max_length=80)
    kind = models.CharField(_("where the files come from"), max_length=6, choices=Kind)
    register_slug = models.CharField(_("into which register"), max_length=60)
    # A folder below the inbox, a prefix below the bucket's own, or an address.
    place = models.CharField(_("folder, prefix or address"), max_length=500)
    # Whose permissions and divisions bound it. Without anyone it is the server's own inbox.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("acts with the permissions of"),
    )
    profile = models.ForeignKey(
        ImportProfile, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("saved mapping")
    )
    policy = models.JSONField(default=dict)
    # What its files are answered with (doubts.py): "hidden" → import, leave, ask; "sheets" → all, ask.
    answers = models.JSONField(default=dict)
    write = models.BooleanField(
        _("write files without errors by themselves"),
        default=False,
        help_text=_("Otherwise the checked file waits in the import centre until a person confirms it."),
    )
    every = models.CharField(_("how often to look"), max_length=7, choices=Every, default=Every.DAY)
    at = models.TimeField(
        _("at what time"), default=dt.time(6, 0), help_text=_("Beijing time. Of “every hour”, only the minute counts.")
    )
    weekday = models.PositiveSmallIntegerField(_("on which weekday"), choices=Weekday, default=Weekday.MONDAY)
    day = models.PositiveSmallIntegerField(
        _("on which day of the month"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
        help_text=_("31 is the last day of shorter months too."),
    )
    pause_after = models.PositiveSmallIntegerField(
        _("pause after so many failures"), default=3, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    active = models.BooleanField(_("source is active"), default=True)
    failures = models.PositiveSmallIntegerField(default=0)
    # What the address said about its last file, so that an unchanged one is not even fetched.
    seen = models.JSONField(default=dict)
    next_run = models.DateTimeField(_("next look"), null=True, blank=True, db_index=True)
    last_run = models.DateTimeField(_("last look"), null=True, blank=True)
    last_error = models.TextField(blank=True)
    # Whoever runs the source holds a lease: at most one at a time, on whatever server.
    worker = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True)
    task_id = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("import source")
        verbose_name_plural = _("import sources")
        ordering = ["register_slug", "name", "pk"]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.name

    @property
    def register(self) -> Register:
        return get_register(self.register_slug)

    @property
    def paused(self) -> bool:
        """Whether it stopped by itself after too many failures."""
        return not self.active and self.failures >= self.pause_after

    def following(self, after: dt.datetime) -> dt.datetime:
        """Return the next time to look."""
        return schedule.following(self, after)

    def when(self) -> str:
        """Return the schedule in words."""
        return schedule.in_words(self)


class SourceRun(models.Model):
    """What came of one file, or of a look that failed. `mark` tells the file from others: its digest, or key and ETag."""

    class Outcome(models.TextChoices):
        STARTED = "started", _("run under way")
        WAITING = "waiting", _("run waits for a person")
        WRITTEN = "written", _("run written")
        UNCHANGED = "unchanged", _("run found the same file")
        FAILED = "failed", _("run failed")

    source = models.ForeignKey(ImportSource, models.CASCADE, related_name="runs")
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=9, choices=Outcome, default=Outcome.STARTED)
    file_name = models.CharField(max_length=255, blank=True)
    mark = models.CharField(max_length=1100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    message = models.TextField(blank=True)
    job = models.ForeignKey(ImportJob, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("run of an import source")
        verbose_name_plural = _("runs of import sources")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["source", "sha256"])]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.file_name} {self.get_outcome_display()}"

    @property
    def label(self) -> Any:
        return self.Outcome(self.outcome).label
