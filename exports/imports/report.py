"""What an import would do or did, for scripts and for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from .models import ImportJob, ImportRow

COUNTS = ("new", "changed", "unchanged", "error", "skipped")
SHOWN = 20


def errors(job: ImportJob) -> Iterator[dict[str, Any]]:
    """Yield every error of every row: sheet, row, column, value, code, message."""
    rows = job.rows.filter(action=ImportRow.Action.ERROR).order_by("number").values_list("number", "problems")
    for number, problems in rows.iterator():
        sheet, row = job.place(number)
        for problem in problems:
            if problem["severity"] == "error":
                yield {
                    "sheet": sheet,
                    "row": row,
                    "column": problem["column"],
                    "value": problem["value"],
                    "code": problem["code"],
                    "message": problem["message"],
                }


def as_json(job: ImportJob) -> dict[str, Any]:
    """Return the contract of `import_register --json`."""
    return {
        "job": job.pk,
        "register": job.register_slug,
        "counts": counts_of(job),
        "errors": list(errors(job)),
    }


def counts_of(job: ImportJob) -> dict[str, int]:
    """Return the counts of the contract; also of missing or retired records, where the policy asks for them."""
    asked = {"report": ("missing",), "retire": ("retired",)}.get(job.policy.get("missing", ""), ())
    return {name: job.counts.get(name, 0) for name in (*COUNTS, *asked)}


def refused(register: str, code: str, message: str, *, job: ImportJob | None = None) -> dict[str, Any]:
    """Return the same contract for a file that is not to be imported at all."""
    return {
        "job": job.pk if job else None,
        "register": register,
        "counts": dict.fromkeys(COUNTS, 0),
        "errors": [
            {
                "sheet": job.sheet if job else "",
                "row": None,
                "column": "",
                "value": "",
                "code": code,
                "message": message,
            }
        ],
    }


def counts_in_words(job: ImportJob) -> str:
    return _(
        "%(new)s to add, %(changed)s to change, %(unchanged)s unchanged, %(error)s with errors, %(skipped)s set aside"
    ) % {name: job.counts.get(name, 0) for name in COUNTS}


def as_text(job: ImportJob, *, written: bool) -> Iterator[str]:
    """Yield the report line by line."""
    yield _("Import %(number)s into “%(register)s” from %(file)s, sheet “%(sheet)s”") % {
        "number": job.pk,
        "register": job.register.verbose_name,
        "file": job.original_name,
        "sheet": job.sheet_names,
    }
    yield from job.notes
    yield counts_in_words(job)
    if missing := job.counts.get("missing"):
        yield _("%(count)s records of the register are not in the file.") % {"count": missing}
    if retired := job.counts.get("retired"):
        yield _("%(count)s records of the register are not in the file and are to be retired.") % {"count": retired}
    for shown, error in enumerate(errors(job)):
        if shown == SHOWN:
            yield _("… and more. --json lists them all.")
            break
        row = f"{error['sheet']}!{error['row']}" if len(job.sheets) > 1 else error["row"]
        yield _("Row %(row)s, %(column)s “%(value)s”: %(message)s") % (error | {"row": row})
    if job.state == ImportJob.State.SUBMITTED:
        yield _("Submitted. It is written when a second person approves it.")
    yield _("Written.") if written else _("Nothing was written.")
