"""One import: the job, and what it means to do with every row of the file."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from content.core.register import Register, get_register

from .numbered_through import NumberedThrough


def private_storage() -> Any:
    return storages["private"]


def file_path(job: ImportJob, name: str) -> str:
    """The sender's name is kept in `original_name` only: no upload chooses a path."""
    return f"imports/{uuid.uuid4().hex}"


# Records that the file lacks are kept as rows with numbers above those of any file (absent.py).
ABSENT_FROM = 2_000_000_000


def default_policy() -> dict[str, str]:
    """What holds where nobody chose (policies.POLICIES lists the choices); screens ask that warnings be looked at."""
    return {
        "on_error": "stop",
        "conflict": "overwrite",
        "blank": "keep",
        "approval": "none",
        "drafts": "rebase",
        "missing": "ignore",
        "warnings": "accept",
    }


class ImportProfile(models.Model):
    """How a kind of table is matched, remembered for the next one with the same headers (profiles.py)."""

    register_slug = models.CharField(_("register of the mapping"), max_length=60)
    name = models.CharField(_("mapping name"), max_length=120)
    # Tells tables with the same headers, in whatever order; see `profiles.fingerprint`.
    fingerprint = models.CharField(max_length=64)
    headers = models.JSONField(default=list)
    # Header in the file → key of the register's column; "" leaves it out, matching.KEEP puts it into the notes.
    mapping = models.JSONField(default=dict)
    constants = models.JSONField(default=dict)
    # The first sheet that was read, and the names of all; "all" when these were all visible ones with its header.
    sheet = models.CharField(max_length=255, blank=True)
    sheets = models.JSONField(default=list)
    header_rows = models.JSONField(default=list)
    policy = models.JSONField(default=default_policy)
    # The divisions in charge of whoever saved it: its organisation. Null is everywhere.
    scope = models.JSONField(null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("mapping saved by"),
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(_("mapping saved at"), auto_now=True)
    used_at = models.DateTimeField(_("mapping last used"), null=True, blank=True)
    uses = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("saved mapping")
        verbose_name_plural = _("saved mappings")
        ordering = ["register_slug", "name", "pk"]
        indexes = [models.Index(fields=["register_slug", "fingerprint"])]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.name

    @property
    def register(self) -> Register:
        return get_register(self.register_slug)


class ImportJob(NumberedThrough, models.Model):
    """A file on its way into a register. States change only through `states.move`."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("import uploaded")
        INSPECTING = "inspecting", _("import being inspected")
        NEEDS_ANSWER = "needs_answer", _("import waits for an answer")
        NEEDS_MAPPING = "needs_mapping", _("import needs its columns matched")
        VALIDATING = "validating", _("import being checked")
        PREVIEWED = "previewed", _("import waiting for confirmation")
        SUBMITTED = "submitted", _("import waiting for approval")
        COMMITTING = "committing", _("import being written")
        COMMITTED = "committed", _("import written")
        UNDOING = "undoing", _("import being undone")
        UNDONE = "undone", _("import undone")
        FAILED = "failed", _("import failed")
        CANCELLED = "cancelled", _("import cancelled")
        EXPIRED = "expired", _("import expired")

    register_slug = models.CharField(_("register of the import"), max_length=60)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("imported by"),
    )
    # The divisions in charge at upload; null is everywhere. A later move of the user does not widen an old job.
    scope = models.JSONField(null=True, blank=True)
    file = models.FileField(storage=private_storage, upload_to=file_path)
    original_name = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=20, blank=True)
    encoding = models.CharField(max_length=40, blank=True)
    # The first sheet that is read, and its header. `sheets`: all that are read, one below the other: name, offset, header_rows.
    sheet = models.CharField(max_length=255, blank=True)
    header_rows = models.JSONField(default=list)
    sheets = models.JSONField(default=list)
    # What a person said about the file: sheets (names), header_rows (sheet → numbers), hidden_rows, hidden_columns
    # (whether to import them).
    answers = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    # The saved mapping that was asked for, or that fitted by itself.
    profile = models.ForeignKey(ImportProfile, models.SET_NULL, null=True, blank=True, related_name="jobs")
    policy = models.JSONField(default=default_policy)
    fields = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    undo_report = models.JSONField(default=dict)
    # Which rows of the file are being undone, as ranges of numbers (ranges.py); null is all.
    undo_rows = models.JSONField(null=True)
    # What the check found, by kind (findings.py), and the kinds of warnings that a person lets stand: code → who, when.
    findings = models.JSONField(default=dict)
    accepted = models.JSONField(default=dict)
    state = models.CharField(_("import state"), max_length=14, choices=State, default=State.UPLOADED)
    error_code = models.CharField(max_length=40, blank=True)
    error = models.TextField(blank=True)
    rows_total = models.PositiveIntegerField(null=True)
    rows_done = models.PositiveIntegerField(default=0)
    # Whoever works on the job holds a lease; when it runs out (the worker was killed) another may take over.
    worker = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True)
    # What the job waits for in the queue of the worker: check, commit, undo, refresh, or nothing.
    queued = models.CharField(max_length=10, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    task_id = models.CharField(max_length=64, blank=True)
    # Who asked for what is queued or under way; another worker takes it over in the same name.
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    moved_at = models.DateTimeField(null=True)
    work_since = models.DateTimeField(null=True)
    # Who handed the import to a second person, who wrote it, and what was said on the way (approval.py).
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    reviews = models.JSONField(default=list)
    committed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    refreshed = models.BooleanField(default=True)
    created_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    staged_at = models.DateTimeField(null=True)
    committed_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import job")
        verbose_name_plural = _("import jobs")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["register_slug", "state"])]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.original_name} #{self.pk}"

    @property
    def register(self) -> Register:
        return get_register(self.register_slug)

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        """The state in words, also when only some of it holds or it waits for its turn."""
        if self.queued in ("commit", "undo"):
            return str(_("import waits for its turn"))
        if self.state == self.State.COMMITTED and self.counts.get("undone"):
            return str(_("import written, partly undone"))
        return str(self.State(self.state).label)

    @property
    def columns(self) -> list[dict[str, Any]]:
        """The file's columns as matched: index, header, key (of the register's column, or ""), how, samples."""
        return self.mapping.get("columns", [])


class ImportRow(models.Model):
    """One row of the file: what it says, what would become of it, and what was there before."""

    class Action(models.TextChoices):
        NEW = "new", _("rows to add")
        CHANGED = "changed", _("rows to change")
        UNCHANGED = "unchanged", _("rows unchanged")
        ERROR = "error", _("rows with errors")
        SKIPPED = "skipped", _("rows set aside")
        # Records of the register that the file lacks (absent.py); their numbers lie above those of any file.
        MISSING = "missing", _("records missing in the file")
        RETIRED = "retired", _("records to retire")

    job = models.ForeignKey(ImportJob, models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField()
    action = models.CharField(max_length=9, choices=Action)
    key = models.CharField(max_length=255, blank=True)
    raw = models.JSONField(default=list)
    # The row's values after and before, in the order of `job.fields`; encoded as JSON (values.py).
    data = models.JSONField(null=True)
    before = models.JSONField(null=True)
    problems = models.JSONField(default=list)
    target = models.BigIntegerField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import row")
        verbose_name_plural = _("import rows")
        ordering = ["pk"]
        indexes = [models.Index(fields=["job", "action", "number"])]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.number} {self.key}"


WRITES = (ImportRow.Action.NEW, ImportRow.Action.CHANGED, ImportRow.Action.RETIRED)
"""The actions by which a commit writes into the register, and which an undo takes back."""


class ImportEdit(models.Model):
    """A cell that a person changed in the preview. Kept for ever as it is: the latest one of a cell counts."""

    class Way(models.TextChoices):
        TYPED = "typed", _("typed in the preview")
        SUGGESTION = "suggestion", _("suggestion taken")
        REPLACED = "replaced", _("replaced in the whole column")
        WITHDRAWN = "withdrawn", _("given back to the sender's value")
        SAME = "same", _("taken as the same record")
        TAKEN = "taken", _("taken in though it was set aside")

    job = models.ForeignKey(ImportJob, models.CASCADE, related_name="edits", db_index=False)
    # The row as it stands in its sheet, so that a change stays with its cell whichever sheets are read (`ImportJob.number`).
    sheet = models.CharField(max_length=255, blank=True)
    number = models.PositiveIntegerField()
    column = models.PositiveIntegerField()
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    way = models.CharField(max_length=10, choices=Way)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("change to an import")
        verbose_name_plural = _("changes to an import")
        ordering = ["pk"]
        indexes = [models.Index(fields=["job", "number"])]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.number}/{self.column}: {self.old} → {self.new}"


class ImportFinding(models.Model):
    """One problem of one row that would be written, so that kinds are counted and their rows found by an index."""

    job = models.ForeignKey(ImportJob, models.CASCADE, related_name="found", db_index=False)
    number = models.PositiveIntegerField()
    severity = models.CharField(max_length=7)
    code = models.CharField(max_length=40)
    # The column of the file, when it has one; the value as it stands there, when the problem is about it.
    column = models.PositiveIntegerField(null=True)
    value = models.CharField(max_length=200, blank=True)
    suggestion = models.TextField(blank=True)

    class Meta:
        verbose_name = _("finding of an import")
        verbose_name_plural = _("findings of an import")
        indexes = [models.Index(fields=["job", "code", "number"]), models.Index(fields=["job", "number"])]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.number}: {self.code}"
