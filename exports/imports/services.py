"""The verbs of an import. Back office, commands, worker and demo call these and nothing below."""

from __future__ import annotations

import hashlib
import logging
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.core.files import File
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from content.core.jurisdiction import codes_of
from content.core.register import Register
from exports.files import FileRefused, Workbook, open_protected

from . import absent, approval, opening, profiles, questions, states
from .absent import refuse_register, refuse_retiring
from .aftermath import refresh
from .commit import refuse_errors, write
from .edits import overlay
from .findings import summarise
from .inspection import inspect_workbook, obstacle
from .models import ImportJob, ImportProfile, default_policy
from .parts import count_rows, hidden_rows, read_rows
from .permissions import may_import, may_see
from .policies import check_policy
from .problems import ImportRefused, Stale
from .ranges import Ranges
from .staging import Stopped, stage_rows
from .undo import take_back

__all__ = ["answer", "cancel", "commit", "create_job", "prepare", "set_policy", "stage", "undo", "unlock"]

State = ImportJob.State
RESTING = (State.UPLOADED, State.INSPECTING, State.NEEDS_ANSWER, State.NEEDS_MAPPING, State.VALIDATING, State.PREVIEWED)
log = logging.getLogger(__name__)


def create_job(
    *,
    register: Register,
    file: IO[bytes],
    name: str,
    user: Any = None,
    policy: Mapping[str, str] | None = None,
    answers: Mapping[str, Any] | None = None,
    profile: ImportProfile | None = None,
) -> ImportJob:
    """Keep an uploaded file privately and return its job. Raises ImportRefused when the user may not import.

    No user is the system itself (a command on the server), which may import everywhere.
    answers: what is said about the file beforehand, and whether there is somebody to ask (questions.py).
    profile: the saved mapping to use; without one, that of the same organisation and headers is used.
    """
    if user is not None and not may_import(user, register):
        raise ImportRefused("forbidden", _("You may not import into this register. Ask an administrator."))
    check_policy(policy or {})
    if (policy or {}).get("missing") == "retire":
        refuse_register(register)
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    file.seek(0)
    job = ImportJob(
        register_slug=register.slug,
        user=user,
        scope=None if user is None else codes_of(user),
        original_name=Path(name).name[:255],
        sha256=digest,
        profile=profile,
        answers=dict(answers or {}),
        policy=default_policy() | (profile.policy if profile else {}) | dict(policy or {}),
    )
    job.file.save(job.original_name, File(file), save=False)
    job.save()
    return job


def prepare(
    job: ImportJob,
    *,
    chosen: Mapping[str, str] | None = None,
    constants: Mapping[str, str] | None = None,
) -> Workbook | None:
    """Inspect the file: ends in `needs_answer`, `needs_mapping`, or ready to be staged (`inspecting`, at rest).

    chosen: as `matching.match` takes it; None leaves the matching to a saved mapping and to the headers.
    Returns what was read, so that `stage` need not read it again. Raises ImportRefused for a file that cannot be
    read; the job is then `failed` and says why.
    """
    if not states.claim(job, to=State.INSPECTING, frm=RESTING):
        return None
    with _failing(job):
        try:
            workbook = opening.read(job)
        except ImportRefused as refusal:
            if refusal.code != questions.PASSWORD or not job.answers.get(questions.ASK):
                raise
            states.rest(job, to=State.NEEDS_ANSWER, error_code=refusal.code, error=str(refusal.message))
            return None
        inspect_workbook(job, workbook, chosen=chosen, constants=constants)
        _save(job, "answers", "sheet", "header_rows", "sheets", "kind", "encoding", "mapping")
        _save(job, "notes", "profile", "policy")
        if question := questions.still_open(job):
            states.rest(job, to=State.NEEDS_ANSWER, error_code=question.code, error=str(question.message))
        elif hindrance := obstacle(job):
            states.rest(job, to=State.NEEDS_MAPPING, error_code=hindrance.code, error=str(hindrance.message))
        else:
            states.rest(job, to=State.INSPECTING, rows_total=count_rows(job, workbook))
        return workbook
    return None


def answer(job: ImportJob, answers: Mapping[str, Any]) -> None:
    """Note what a person said about the file; the file is then inspected anew. Raises ImportRefused for what cannot be."""
    taken = questions.checked(job, answers)
    if any(taken.get(kind, job.answers.get(kind)) != job.answers.get(kind) for kind in questions.OF_HEADERS):
        profiles.put_away(job)  # another sheet, or other rows of it, may have other headers
    said = job.answers | taken
    if not states.rest(job, to=State.UPLOADED, frm=RESTING, answers=said, error="", error_code=""):
        raise states.wrong_state(job)


@sensitive_variables("password")
def unlock(job: ImportJob, *, password: str) -> None:
    """Open a protected file. Raises ImportRefused (`password_wrong`): nothing is lost then, another one may be tried.

    The password is used once, in the reader's process, and kept nowhere: not in the database, a queue, a log or a file.
    What is kept is the opened workbook: it takes the place of the private file, as if it had been sent without a
    password, so that the worker can read it whenever it must, even after a restart; it is deleted with the import.
    `sha256` stays that of the file as it was sent, so that the same file is recognised when it comes again.
    """
    if not states.claim(job, to=State.INSPECTING, frm=(State.UPLOADED, State.NEEDS_ANSWER)):
        raise states.wrong_state(job)
    with tempfile.TemporaryDirectory(prefix="xinghui-import-") as folder:
        path, opened = Path(folder) / "file", Path(folder) / "opened"
        try:
            opening.fetch(job, path)
            if open_protected(path, opened, password=password):
                protected = job.file.name
                with opened.open("rb") as file:
                    job.file.save(job.original_name, File(file), save=False)
                _save(job, "file")
                job.file.storage.delete(str(protected))
        except FileRefused as error:
            wrong = error.code.startswith("password") and job.answers.get(questions.ASK)
            state = State.NEEDS_ANSWER if wrong else State.FAILED
            states.rest(job, to=state, error_code=error.code, error=error.message)
            raise ImportRefused(error.code, error.message) from error
    states.rest(job, to=State.UPLOADED)


def stage(job: ImportJob, *, workbook: Workbook | None = None) -> None:
    """Check every row; ends in `previewed`. Safe to repeat: an earlier attempt's rows are wiped."""
    if job.state == State.UPLOADED:
        workbook = prepare(job)
    if job.state in (State.NEEDS_ANSWER, State.NEEDS_MAPPING) or not states.claim(
        job, to=State.VALIDATING, frm=RESTING
    ):
        return
    with _failing(job):
        try:
            workbook = workbook or opening.read(job)
            stage_rows(job, overlay(job, read_rows(job, workbook)), hidden=hidden_rows(job, workbook))
        except Stopped:
            return
        job.findings = summarise(job)
        _save(job, "fields", "counts", "findings", "rows_done")
        states.rest(job, to=State.PREVIEWED, staged_at=timezone.now())


def commit(job: ImportJob, *, user: Any = None) -> bool:
    """Write a checked import. Returns False when it was not: the register changed meanwhile, so that the rows were
    checked again; or a second person must approve it first, and it was submitted.

    Raises ImportRefused when errors or permissions stand against it, Busy while another import writes.
    """
    may_commit(job, user=user)
    if approval.holds_back(job, user=user):
        return False
    try:
        write(job, user=user)
    except Stale:
        stage(job)
        if job.state == State.PREVIEWED:
            message = _(
                "The register was changed after the check. All rows were checked again: look and confirm once more."
            )
            ImportJob.objects.filter(pk=job.pk).update(error_code="stale", error=message)
            job.refresh_from_db()
        return False
    renew(job)
    return job.state == State.COMMITTED


def may_commit(job: ImportJob, *, user: Any) -> None:
    """Raise ImportRefused when permissions or rows with errors stand against writing the import."""
    _allow(user, job)
    refuse_errors(job)
    refuse_retiring(job)
    if job.policy.get("warnings") == "stop" and (count := job.findings.get("warnings")):
        message = _("%(count)s rows have warnings that nobody has looked at. Look at them, accept them, then write.")
        raise ImportRefused("warnings_unseen", message % {"count": count})


def undo(job: ImportJob, *, user: Any = None, rows: Ranges | None = None) -> dict[str, Any]:
    """Undo a written import, or some rows of it. Returns the report of this run: restored, deleted (counts), and left
    (rows that changed since or are in use: left alone).
    """
    may_undo(job, user=user)
    report = take_back(job, user=user, rows=rows)
    renew(job)
    return report


def may_undo(job: ImportJob, *, user: Any) -> None:
    """Raise ImportRefused when the person may not undo the import."""
    _allow(user, job)


def renew(job: ImportJob) -> None:
    """Bring search, references, pages and answers up to date with what was written or undone, unless someone does already.

    What is written stays written when this fails: the sweep (survival.py) has it done again.
    """
    if not states.claim_refresh(job):
        return
    try:
        refresh(job)
    except Exception:
        log.exception("import %s is written, but what derives from it could not be refreshed", job.pk)
    finally:
        states.release(job)


def _allow(user: Any, job: ImportJob) -> None:
    if user is not None and not (may_import(user, job.register) and may_see(user, job)):
        raise ImportRefused("forbidden", _("You may not import into this register. Ask an administrator."))


def set_policy(job: ImportJob, *, policy: Mapping[str, str]) -> bool:
    """Change how the job treats errors, conflicts and blanks. Returns whether its rows must be checked again."""
    check_policy(policy)
    if job.state != State.PREVIEWED:
        return False
    if policy.get("missing") == "retire":
        refuse_register(job.register)
    before = dict(job.policy)
    job.policy = before | dict(policy)
    _save(job, "policy")
    if before.get("missing") != job.policy.get("missing"):
        absent.renew(job)
        _save(job, "counts")
    dated = job.policy["conflict"] == "newer" and before.get("as_of") != job.policy.get("as_of")
    return dated or any(before.get(key) != job.policy.get(key) for key in ("conflict", "blank", "drafts"))


def confirm_retiring(job: ImportJob, *, count: int) -> None:
    """Note how many records a person says are to be retired; only when there are as many are they."""
    job.answers = job.answers | {"retire": count}
    _save(job, "answers")


def cancel(job: ImportJob) -> bool:
    """Give an import up before it is written; its rows are forgotten, the file stays until it expires."""
    moved = states.rest(job, to=State.CANCELLED, frm=RESTING)
    if moved:
        job.rows.all().delete()
        job.found.all().delete()
    return moved


def _save(job: ImportJob, *names: str) -> None:
    ImportJob.objects.filter(pk=job.pk).update(**{name: getattr(job, name) for name in names})


@contextmanager
def _failing(job: ImportJob) -> Iterator[None]:
    """Whatever goes wrong is kept on the job in words; what nobody foresaw is also logged and raised."""
    try:
        yield
    except ImportRefused as error:
        states.rest(job, to=State.FAILED, error_code=error.code, error=str(error.message))
        raise
    except Exception:
        log.exception("import %s failed", job.pk)
        message = gettext_lazy("The import failed unexpectedly. Tell the system's administrator its number.")
        states.rest(job, to=State.FAILED, error_code="internal", error=str(message))
        raise
