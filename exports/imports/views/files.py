"""What leaves the import centre as a file: the list of imports, what somebody sent, and what became of its rows."""

from __future__ import annotations

import tempfile
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.log_actions import log

from content.core.jurisdiction import may_see_personal_data
from exports.files import FORMATS, write_table
from exports.imports.joblist import JobFilter, may_download, table
from exports.imports.kinds import name_of
from exports.imports.missing_file import write_missing
from exports.imports.models import ImportRow
from exports.imports.selectors import WARNING, visible_jobs
from exports.imports.sent_back import ALL, write_back

from .base import JobScreen, Screen

Action = ImportRow.Action
DOWNLOADED = "imports.download"


class JobListFileView(Screen):
    """The list of imports with the same address parameters as the page."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        format = self.kwargs["format"]
        if format not in FORMATS:
            raise Http404
        jobs = visible_jobs(request.user)
        jobs = JobFilter(request.GET, user=request.user, jobs=jobs).narrow(jobs)
        headers, rows = table(jobs)
        file = tempfile.TemporaryFile(prefix="xinghui-jobs-")  # noqa: SIM115 - goes with the response
        write_table(file, format, headers, rows, title=_("Imports"), text=["SHA-256"])
        file.seek(0)
        name = f"{_('Imports')}-{timezone.localdate():%Y%m%d}.{format}"
        response = FileResponse(file, as_attachment=True, filename=name, content_type=FORMATS[format])
        response["Cache-Control"] = "private, no-store"
        return response


class SentFileView(JobScreen):
    """The very file that was sent. Whoever takes another person's file is logged."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        job = self.job
        if not job.file:
            messages.warning(request, _("The file has been deleted: its time is over."))
            return redirect("imports:job", job.pk)
        if not may_download(request.user, job):
            raise PermissionDenied
        try:
            file = job.file.open("rb")
        except OSError:
            messages.error(request, _("The file is not in the storage any more. Ask the administrator of the server."))
            return redirect("imports:job", job.pk)
        if job.user_id != request.user.pk:
            log(instance=job, action=DOWNLOADED, user=request.user, title=job.original_name, data={"import": job.pk})
        response: HttpResponse | FileResponse = FileResponse(
            file, as_attachment=True, filename=job.original_name, content_type="application/octet-stream"
        )
        response["Cache-Control"] = "private, no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response


class RowsView(JobScreen):
    """The rows of one tab, or of one kind of problem (`?code=`), in the sender's layout: to correct, to send on, to keep."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        action, code = self.kwargs["action"], self.request.GET.get("code", "")
        labels: dict[str, Any] = {ALL: _("all rows"), **dict(Action.choices), WARNING: _("rows to look at")}
        if action not in labels or action in (Action.MISSING, Action.RETIRED) or not self.job.counts:
            raise Http404
        name = self.job.original_name.rsplit(".", 1)[0]
        if code:
            name = f"{name}-{name_of(code)}"
        elif action == Action.ERROR:
            name = _("%(file)s rows to correct") % {"file": name}
        else:
            name = f"{name}-{labels[action]}"
        personal = may_see_personal_data(request.user)
        file = write_back(self.job, action=action, code=code, personal=personal)
        return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx")


class MissingView(JobScreen):
    """The records that the file lacks, as a list to look into."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        name = _("%(file)s records not in the file") % {"file": self.job.original_name.rsplit(".", 1)[0]}
        file = write_missing(self.job, personal=may_see_personal_data(request.user))
        return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx")
