"""The list of imports: what may be asked of it, and what each line says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from content.core.jurisdiction import may_see_personal_data
from content.core.models import User
from content.core.register import registers

from . import states
from .models import ImportJob
from .report import counts_in_words
from .selectors import visible_jobs

State = ImportJob.State


class JobFilter(forms.Form):
    """What does not make sense narrows nothing."""

    q = forms.CharField(label=gettext_lazy("File name, number or hash"), required=False, max_length=100)
    register = forms.ChoiceField(label=gettext_lazy("Register of the imports"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State of the imports"), required=False)
    who = forms.ChoiceField(label=gettext_lazy("Imported by whom"), required=False)
    since = forms.DateField(
        label=gettext_lazy("uploaded since"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=gettext_lazy("uploaded until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, data: Any, *, user: Any, jobs: QuerySet[ImportJob]) -> None:
        super().__init__(data)
        people = User.objects.filter(pk__in=jobs.order_by().values("user").distinct()).order_by("username")
        known: list[tuple[str, list[tuple[Any, Any]]]] = [
            ("register", [("", _("all registers")), *((r.slug, r.verbose_name) for r in registers())]),
            ("state", [("", _("all states")), *State.choices]),
            ("who", [("", _("everybody")), *((str(p.pk), p.get_full_name() or p.username) for p in people)]),
        ]
        for name, choices in known:
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def narrows(self) -> bool:
        return any(self.cleaned_data.values())

    def narrow(self, jobs: QuerySet[ImportJob]) -> QuerySet[ImportJob]:
        asked = self.cleaned_data
        if asked.get("register"):
            jobs = jobs.filter(register_slug=asked["register"])
        if asked.get("state"):
            jobs = jobs.filter(state=asked["state"])
        if asked.get("who"):
            jobs = jobs.filter(user_id=asked["who"])
        if asked.get("since"):
            jobs = jobs.filter(created_at__gte=_midnight(asked["since"]))
        if asked.get("until"):
            jobs = jobs.filter(created_at__lt=_midnight(asked["until"] + timedelta(days=1)))
        for word in (asked.get("q") or "").split():
            found = Q(original_name__icontains=word) | Q(sha256__startswith=word.lower())
            if word.lstrip("#").isdigit() and len(word) < 10:
                found |= Q(pk=int(word.lstrip("#")))
            jobs = jobs.filter(found)
        return jobs


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


@dataclass
class Line:
    """One import as the list shows it. twin: another import of the very same file into the same register."""

    job: ImportJob
    register: Any
    result: str
    kept_until: datetime | None
    twin: int | None
    may_download: bool


def kept_until(job: ImportJob) -> datetime | None:
    """Return when the file, the rows and the chance of undoing are deleted; None when they are gone."""
    if not job.file:
        return None
    if job.committed_at:
        return job.committed_at + timedelta(days=settings.IMPORT_UNDO_DAYS)
    return job.created_at + timedelta(days=settings.IMPORT_KEEP_DAYS)


def may_download(user: Any, job: ImportJob) -> bool:
    """A file may hold personal data: it is for whoever sent it, and for those who may see such data of the job."""
    return bool(job.file) and (job.user_id == user.pk or may_see_personal_data(user))


def lines(jobs: Iterable[ImportJob], *, user: Any) -> list[Line]:
    """Return the lines of a page of jobs that the person may see; a fixed number of queries."""
    found = list(jobs)
    names = {register.slug: register.verbose_name for register in registers()}
    twins = _twins(found, user)
    return [
        Line(
            job=job,
            register=names.get(job.register_slug, job.register_slug),
            result=counts_in_words(job) if job.counts else job.error,
            kept_until=kept_until(job),
            twin=twins.get(job.pk),
            may_download=may_download(user, job),
        )
        for job in found
    ]


def _twins(jobs: list[ImportJob], user: Any) -> dict[int, int]:
    """Return job → the latest other import of the same file that the person may see."""
    same: dict[tuple[str, str], list[int]] = {}
    wanted = visible_jobs(user).filter(sha256__in={job.sha256 for job in jobs}).order_by("pk")
    for pk, slug, sha256 in wanted.values_list("pk", "register_slug", "sha256"):
        same.setdefault((slug, sha256), []).append(pk)
    found = {}
    for job in jobs:
        others = [pk for pk in same.get((job.register_slug, job.sha256), ()) if pk != job.pk]
        if others:
            found[job.pk] = max((pk for pk in others if pk < job.pk), default=others[-1])
    return found


HEADERS = (
    gettext_noop("No."), gettext_noop("file name"), gettext_noop("register of the import"), gettext_noop("import state"),
    gettext_noop("Result"), gettext_noop("imported by"), gettext_noop("uploaded at"), gettext_noop("file kept until"), "SHA-256",
)  # fmt: skip


def table(jobs: QuerySet[ImportJob]) -> tuple[list[str], Iterator[list[Any]]]:
    """Return the list as a table for a file: headers, and rows one by one."""
    return [_(header) for header in HEADERS], _rows(jobs)


def _rows(jobs: QuerySet[ImportJob]) -> Iterator[list[Any]]:
    names = {register.slug: str(register.verbose_name) for register in registers()}
    for job in jobs.iterator(chunk_size=500):
        until = kept_until(job)
        yield [
            job.pk,
            job.original_name,
            names.get(job.register_slug, job.register_slug),
            str(job.get_state_display()),
            counts_in_words(job) if job.counts else job.error,
            states.who(job),
            timezone.localtime(job.created_at).replace(tzinfo=None, microsecond=0),
            date_format(timezone.localtime(until), "Y-m-d") if until else _("deleted"),
            job.sha256,
        ]
