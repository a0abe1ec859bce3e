"""What a person should do next with a checked import, in one sentence; and the choices of how it is imported, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from content.core.register import Register

from . import absent
from .models import ImportJob, ImportRow
from .progress import rows_to_write

Action = ImportRow.Action


@dataclass(frozen=True)
class NextStep:
    """words: one sentence or two. tone: whether it can be written, should be looked at first, or cannot be.

    leave_out: how many rows with errors could be left out, so that the others can be written. look: the tab to look at.
    """

    words: str
    tone: Literal["go", "look", "stop"] = "stop"
    leave_out: int = 0
    look: str = ""

    @property
    def can_write(self) -> bool:
        return self.tone != "stop"


def next_step(job: ImportJob, *, may_write: bool) -> NextStep:
    if not may_write:
        return NextStep(_("You may look at this import, but not write it."))
    errors, warnings = job.counts.get(Action.ERROR, 0), job.findings.get("warnings", 0)
    if reason := hindrance(job):
        stops = errors and job.policy["on_error"] == "stop"
        return NextStep(reason, leave_out=errors if stops and rows_to_write(job) else 0)
    words = [_("Ready to write: %(new)s rows to add, %(changed)s to change.")
             % {"new": job.counts.get(Action.NEW, 0), "changed": job.counts.get(Action.CHANGED, 0)}]  # fmt: skip
    if retired := job.counts.get(Action.RETIRED, 0):
        words.append(_("%(count)s records are retired.") % {"count": retired})
    if errors:
        words.append(_("%(error)s rows with errors are left out.") % {"error": errors})
    if warnings:
        words.append(_("%(count)s rows have warnings: look at them first.") % {"count": warnings})
    return NextStep("".join(words), tone="look" if warnings else "go", look="warning" if warnings else "")


def hindrance(job: ImportJob) -> str:
    """Return why the import cannot be written now; the empty string when it can."""
    if job.policy["on_error"] == "stop" and (errors := job.counts.get(Action.ERROR)):
        if rows_to_write(job):
            words = _("%(count)s rows have errors. Correct them below, or choose to leave those rows out.")
        else:
            words = _(
                "%(count)s rows have errors. Correct them below, or download them, correct and upload them again."
            )
        return words % {"count": errors}
    if reason := absent.hindrance(job):
        return reason
    if not rows_to_write(job):
        return _("There is nothing to write: no row is new or changed.")
    return ""


@dataclass(frozen=True)
class Choice:
    """One policy: its name and label, its options as (value, label), and which of them holds."""

    name: str
    label: str
    options: list[tuple[str, str]]
    value: str

    @property
    def words(self) -> str:
        return dict(self.options).get(self.value, "")


_CHOICES = (
    ("on_error", gettext_noop("Rows with errors"), (
        ("stop", gettext_noop("write nothing until all are correct")),
        ("skip", gettext_noop("leave them out, write the others")))),
    ("conflict", gettext_noop("Records already there"), (
        ("overwrite", gettext_noop("take the file's values")),
        ("empty", gettext_noop("fill only what is empty")),
        ("newer", gettext_noop("take the file's values where they are newer")),
        ("keep", gettext_noop("leave them as they are")))),
    ("blank", gettext_noop("Empty cells"), (
        ("keep", gettext_noop("keep the present value")),
        ("clear", gettext_noop("clear the present value")))),
    ("missing", gettext_noop("Records that the file lacks"), (
        ("ignore", gettext_noop("leave them alone")),
        ("report", gettext_noop("list them")),
        ("retire", gettext_noop("retire them")))),
)  # fmt: skip


def choices(register: Register, policy: Mapping[str, Any]) -> list[Choice]:
    """Return how a job treats errors, conflicts, blanks and missing records, as a person may choose."""
    found = []
    for name, label, options in _CHOICES:
        offered = [(value, _(words)) for value, words in options if value != "retire" or register.retired]
        value = policy.get(name, options[0][0])
        found.append(Choice(name, _(label), offered, value))
    return found
