"""Whether the file or the register knows better, for imports that let only newer facts in (`conflict: newer`).

A record is of the date in the column that its register declares (`Register.dated_by`), else of its last change here. A
row of the file is of the date in that column, if it has one; else of the day that a person gave for the whole file
(policy `as_of`), else of the moment the workbook was saved, else of its upload. Facts of one age are let in.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from content.core.among import among

from .cells import problem
from .drafts import Draft
from .models import ImportJob

Moment = date | datetime
_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>([^<]{10,40})</dcterms:modified>")
_PROPERTIES = 65_536  # bytes; those of a workbook take one


class Newer:
    """Tells, for a chunk of drafts, which records are newer than what the file says of them."""

    def __init__(self, job: ImportJob) -> None:
        self.model = job.register.model
        self.dated_by = job.register.dated_by
        self.of_file = file_moment(job)
        self.changed_at: dict[int, datetime] = {}

    def load(self, drafts: Iterable[Draft]) -> None:
        pks = [draft.existing["id"] for draft in drafts if draft.existing]
        rows = self.model._default_manager.filter(pk__in=among(pks)).order_by()
        self.changed_at = dict(rows.values_list("pk", "updated_at")) if pks else {}

    def hold_back(self, draft: Draft) -> bool:
        """Tell whether the record is newer than the row, and say so in its problems."""
        if draft.existing is None:
            return False
        known: Moment | None = draft.existing.get(self.dated_by) or self.changed_at.get(draft.existing["id"])
        said: Moment = draft.given.get(self.dated_by) or self.of_file
        if known is None or not _is_before(said, known):
            return False
        message = _("The record is of %(known)s, the file of %(said)s: the newer record stays as it is.")
        texts = {"known": _shown(known), "said": _shown(said)}
        draft.problems = [
            problem(field="", column="", value=None, code="older", message=message % texts, severity="hint")
        ]
        return True


def file_moment(job: ImportJob) -> Moment:
    """Return of when the file is, unless its rows say so themselves."""
    given = parse_date(job.policy.get("as_of") or "")
    return given or _saved_at(job) or job.created_at


def _saved_at(job: ImportJob) -> datetime | None:
    if job.kind not in ("xlsx", "xlsm"):
        return None
    try:
        with job.file.open("rb") as file, zipfile.ZipFile(file) as archive, archive.open("docProps/core.xml") as part:
            found = _MODIFIED.search(part.read(_PROPERTIES))
        moment = parse_datetime(found[1].decode("ascii")) if found else None
    except (OSError, KeyError, ValueError, zipfile.BadZipFile):
        return None
    if moment is None:
        return None
    moment = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    return min(moment, job.created_at)  # a clock that runs ahead makes nothing newer


def _is_before(one: Moment, other: Moment) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one < other
    return _day(one) < _day(other)


def _day(moment: Moment) -> date:
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment


def _shown(moment: Moment) -> str:
    return date_format(timezone.localtime(moment), "Y-m-d H:i") if isinstance(moment, datetime) else moment.isoformat()
