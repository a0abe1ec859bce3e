"""Imports that a second person approves: the whole job waits, checked and frozen, until someone else writes or returns it.

Wanted by the job's policy (`approval: second_person`), or required by the setting IMPORT_APPROVAL for a register or for a
role in it. Why the job waits and not each row as a draft: docs/adr/0008-import-approval-and-drafts.md.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from . import states
from .models import ImportEdit, ImportJob
from .permissions import importable_registers, may_import, may_see
from .problems import ImportRefused

State = ImportJob.State
SUBMITTED, APPROVED, RETURNED, WITHDRAWN = "submitted", "approved", "returned", "withdrawn"
SHOWN = 50


def is_required(slug: str, user: Any) -> bool:
    """Tell whether the setting asks for a second person: entries are `register`, `register:role`, `*` or `*:role`."""
    for entry in settings.IMPORT_APPROVAL:
        register, _colon, role = entry.partition(":")
        if register in (slug, "*") and (not role or (user and role in _roles(user))):
            return True
    return False


def is_needed(job: ImportJob, *, user: Any) -> bool:
    """Tell whether this person's import is written by another one. The system itself needs nobody."""
    if job.policy.get("approval") == "second_person":
        return True
    acting = user or job.user
    return acting is not None and is_required(job.register_slug, acting)


def holds_back(job: ImportJob, *, user: Any) -> bool:
    """Submit the import instead of writing it, where it needs a second person. Returns whether it is held back."""
    if job.state == State.SUBMITTED:
        return not (job.reviews and job.reviews[-1]["verdict"] == APPROVED)
    if job.state != State.PREVIEWED or not is_needed(job, user=user):
        return False
    submit(job, user=user or job.user)
    return True


def submit(job: ImportJob, *, user: Any, comment: str = "") -> None:
    """Hand a previewed import to a second person. Its rows can then no longer be edited."""
    moved = states.rest(
        job,
        to=State.SUBMITTED,
        frm=(State.PREVIEWED,),
        submitted_by=user,
        submitted_at=timezone.now(),
        reviews=[*job.reviews, _said(user, SUBMITTED, comment)],
        error="",
        error_code="",
    )
    if not moved:
        raise states.wrong_state(job)


def approve(job: ImportJob, *, user: Any, comment: str = "") -> None:
    """Note a second person's consent; then `queueing.commit` writes. Raises ImportRefused for whoever had a hand in it."""
    _check(job, user)
    _note(job, _said(user, APPROVED, comment))


def send_back(job: ImportJob, *, user: Any, comment: str) -> None:
    """Return a submitted import to the preview with a word why."""
    _check(job, user)
    if not comment.strip():
        raise ImportRefused("comment_missing", _("Say what is to be changed, so that the sender knows what to do."))
    _move_back(job, _said(user, RETURNED, comment))


def withdraw(job: ImportJob, *, user: Any) -> None:
    """Take an import back that waits for a second person."""
    if not may_withdraw(user, job):
        raise _forbidden()
    _move_back(job, _said(user, WITHDRAWN, ""))


def may_approve(user: Any, job: ImportJob) -> bool:
    """Whoever may import into the register and see the job, but neither uploaded nor submitted it nor changed a cell."""
    return (
        may_import(user, job.register)
        and may_see(user, job)
        and user.pk not in (job.user_id, job.submitted_by_id)
        and not ImportEdit.objects.filter(job=job, user=user).exists()
    )


def may_withdraw(user: Any, job: ImportJob) -> bool:
    return user.pk in (job.user_id, job.submitted_by_id) and may_import(user, job.register)


def waiting_for(user: Any) -> list[ImportJob]:
    """Return the imports that wait for this person's approval, longest first."""
    slugs = [register.slug for register in importable_registers(user)]
    if not slugs:
        return []
    jobs = ImportJob.objects.filter(state=State.SUBMITTED, register_slug__in=slugs).exclude(user=user)
    jobs = jobs.exclude(submitted_by=user).exclude(edits__user=user).select_related("user", "submitted_by")
    found = jobs.defer("mapping", "findings", "undo_report").order_by("submitted_at")[:SHOWN]
    return [job for job in found if may_see(user, job)]


def last_word(job: ImportJob) -> dict[str, Any] | None:
    """Return what was said last about a job that came back from a second person."""
    found: dict[str, Any] | None = job.reviews[-1] if job.reviews else None
    return found if found and found["verdict"] == RETURNED else None


def _check(job: ImportJob, user: Any) -> None:
    if job.state != State.SUBMITTED:
        raise states.wrong_state(job)
    if not may_approve(user, job):
        raise ImportRefused(
            "own_import",
            _("You had a hand in this import, or may not import here. Another person must approve it."),
        )


def _note(job: ImportJob, said: dict[str, Any]) -> None:
    still = ImportJob.objects.filter(pk=job.pk, state=State.SUBMITTED, submitted_at=job.submitted_at)
    if not still.update(reviews=[*job.reviews, said]):
        job.refresh_from_db()
        raise states.wrong_state(job)
    job.refresh_from_db()


def _move_back(job: ImportJob, said: dict[str, Any]) -> None:
    if not states.rest(job, to=State.PREVIEWED, frm=(State.SUBMITTED,), reviews=[*job.reviews, said]):
        raise states.wrong_state(job)


def _said(user: Any, verdict: str, comment: str) -> dict[str, Any]:
    name = (user.get_full_name() or user.get_username()) if user else _("the system")
    return {
        "verdict": verdict,
        "user": user.pk if user else None,
        "name": name,
        "at": timezone.now().isoformat(),
        "comment": comment.strip()[:1000],
    }


def _roles(user: Any) -> set[str]:
    if not hasattr(user, "_role_names"):
        user._role_names = set(user.groups.values_list("name", flat=True))
    roles: set[str] = user._role_names
    return roles


def _forbidden() -> ImportRefused:
    return ImportRefused("forbidden", _("You may not import into this register. Ask an administrator."))
