"""One import from upload to undo."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import quote

import cn2an
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from content.core.jurisdiction import may_see_personal_data
from exports.imports import approval, fixing, pending, questions, queueing, services, states, survival, written
from exports.imports.findings import warning_kinds
from exports.imports.joblist import may_download
from exports.imports.kinds import name_of
from exports.imports.models import WRITES, ImportJob, ImportRow
from exports.imports.policies import POLICIES
from exports.imports.problems import ImportRefused
from exports.imports.progress import is_working, progress_of, rows_to_write
from exports.imports.selectors import WARNING, preview_page
from exports.imports.steps import choices, hindrance, next_step
from exports.imports.undo import remaining

from .base import JobScreen

State, Action = ImportJob.State, ImportRow.Action
WRITTEN = "written"  # the tab of all that was written


class JobView(JobScreen):
    """The page of an import: progress, preview or result, whichever the state calls for."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.job.state == State.NEEDS_MAPPING:
            return redirect("imports:columns", self.job.pk)
        if self.job.state == State.NEEDS_ANSWER and not self.job.queued:
            return redirect("imports:questions", self.job.pk)
        survival.pick_up(self.job)
        return super().get(request)

    def get_template_names(self) -> list[str]:
        if self.working():
            return ["imports/progress.html"]
        if self.job.state == State.PREVIEWED:
            return ["imports/preview.html"]
        if self.job.state == State.SUBMITTED:
            return ["imports/approval.html"]
        return ["imports/result.html"]

    def working(self) -> bool:
        return is_working(self.job)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept = may_download(self.request.user, self.job)
        context = super().get_context_data(may_write=self.may_write(), may_download=kept, **kwargs)
        if self.working():
            return context | {"progress": progress_of(self.job)}
        if not self.job.counts:
            return context
        action, code = self.request.GET.get("show", ""), self.request.GET.get("code", "")
        if self.job.state in (State.COMMITTED, State.UNDONE) and action in ("", WRITTEN, *WRITES):
            return context | self._written(action)
        findings = self.job.findings
        kinds = [kind | {"name": name_of(kind["code"])} for kind in findings.get("kinds", [])]
        if code not in {kind["code"] for kind in kinds}:
            code = ""
        if action not in (*Action.values, WARNING):
            order = [
                Action.NEW,
                Action.CHANGED,
                Action.UNCHANGED,
                Action.ERROR,
                Action.RETIRED,
                Action.MISSING,
                Action.SKIPPED,
            ]
            if self.job.state == State.PREVIEWED:  # what needs a person comes first
                order.sort(key=lambda kind: (kind != Action.ERROR, kind != Action.CHANGED))
            action = next((kind for kind in order if self.job.counts.get(kind)), Action.NEW)
        preview = preview_page(
            self.job,
            action=action,
            code=code,
            page=self.request.GET.get("p"),
            personal=may_see_personal_data(self.request.user),
        )
        return context | {
            "tabs": tabs(self.job),
            "action": "" if code else action,
            "code": code,
            "kinds": kinds,
            "groups": _groups(findings, code, action),
            "suggested": next((kind for kind in kinds if kind["code"] == code and kind["suggestions"]), None),
            "fixing": self.job.state == State.PREVIEWED and self.may_write(),
            "columns": preview.columns,
            "page": preview.page,
            "rows": preview.rows,
            "hindrance": hindrance(self.job),
            "next": next_step(self.job, may_write=self.may_write()),
            "choices": choices(self.job.register, self.job.policy),
            "back": quote(self.request.GET.urlencode(), safe=""),
            "questions": questions.offered(self.job),
            "target_url": self._target_url(),
            **self._approval(),
        }

    def _approval(self) -> dict[str, Any]:
        """Who else must look at it, and what was said."""
        user, job = self.request.user, self.job
        return {
            "reviews": [said | {"at": datetime.fromisoformat(said["at"])} for said in job.reviews],
            "pending_drafts": sum(k["rows"] for k in job.findings.get("kinds", []) if k["code"] == pending.CODE),
            "approval_required": approval.is_required(job.register_slug, user),
            "approval_needed": approval.is_needed(job, user=user),
            "returned": approval.last_word(job) if job.state == State.PREVIEWED else None,
            "may_approve": job.state == State.SUBMITTED and approval.may_approve(user, job),
            "may_withdraw": job.state == State.SUBMITTED and approval.may_withdraw(user, job),
        }

    def _written(self, action: str) -> dict[str, Any]:
        """What was written, with ticks for undoing some of it."""
        asked = {"q": self.request.GET.get("q", ""), "state": self.request.GET.get("state", "")}
        try:
            rows = written.filtered(self.job, action=action, **asked)
        except ImportRefused as refusal:
            messages.warning(self.request, str(refusal.message))
            rows = written.filtered(self.job, action=action)
        page, columns, shown = written.written_page(
            self.job, rows, page=self.request.GET.get("p"), personal=may_see_personal_data(self.request.user)
        )
        left = remaining(self.job)
        return {
            "tabs": tabs(self.job),
            "action": action or WRITTEN,
            "asked": asked,
            "page": page,
            "columns": columns,
            "written": shown,
            "remaining": left,
            "until": written.undo_until(self.job),
            "undoable": bool(left) and written.can_be_undone(self.job) and self.may_write(),
            "target_url": self._target_url(),
            "list_url": self._list_url(),
        }

    def _target_url(self) -> str:
        viewset = getattr(self.job.register.model, "snippet_viewset", None)
        return viewset.get_url_name("inspect") if viewset and self.job.committed_at else ""

    def _list_url(self) -> str:
        viewset = getattr(self.job.register.model, "snippet_viewset", None)
        return reverse(viewset.get_url_name("list")) if viewset else ""


class PolicyView(JobScreen):
    """Change how errors, conflicts and blanks are treated; what depends on it is checked again."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        policy = {name: request.POST[name] for name in POLICIES if name in request.POST}
        if not policy.get("as_of") and "as_of" not in self.job.policy:
            policy.pop("as_of", None)
        try:
            if services.set_policy(self.job, policy=policy):
                queueing.recheck(self.job)
        except ImportRefused as refusal:
            return self.refused(refusal)
        return self.home()


class CommitView(JobScreen):
    """Ask in words, then write."""

    template_name = "imports/confirm_commit.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        retired = self.job.counts.get(Action.RETIRED, 0)
        return super().get_context_data(
            hindrance=hindrance(self.job),
            approval_needed=approval.is_needed(self.job, user=self.request.user),
            unseen=[kind | {"name": name_of(kind["code"])} for kind in warning_kinds(self.job)],
            retired=retired,
            retired_in_words=cn2an.an2cn(retired),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        job, retired = self.job, self.job.counts.get(Action.RETIRED, 0)
        try:
            if retired and job.state == State.PREVIEWED:
                if request.POST.get("retire", "").strip() != str(retired):
                    messages.error(request, _("The number of records to retire does not fit. Type it once more."))
                    return self.get(request)
                services.confirm_retiring(job, count=retired)
            if warning_kinds(job) and job.state == State.PREVIEWED:
                if "seen" not in request.POST:
                    messages.warning(request, _("Look at the warnings first, then write."))
                    return self.get(request)
                fixing.accept_warnings(job, user=request.user)
            queueing.commit(self.job, user=request.user)
        except ImportRefused as refusal:
            return self.refused(refusal)
        if self.job.state == State.COMMITTED:
            messages.success(request, _("The import is written."))
        elif self.job.state == State.SUBMITTED:
            messages.success(request, _("Submitted. It is written when a second person approves it."))
        elif self.job.error:
            messages.warning(request, self.job.error)
        return self.home()


class CancelView(JobScreen):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.job.queued in ("commit", "undo"):
            if queueing.withdraw(self.job):
                messages.success(request, _("Taken out of the queue. Nothing was written or undone."))
            else:
                messages.warning(request, _("It was too late: the work had begun."))
        elif services.cancel(self.job):
            messages.success(request, _("The import was given up. Nothing was written."))
        else:
            messages.warning(request, str(states.wrong_state(self.job).message))
        return self.home()


class StatusView(JobScreen):
    """What the progress page asks again and again."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        job = self.job
        shown = progress_of(job)
        return JsonResponse(
            {
                "working": is_working(job),
                "percent": shown.percent,
                "rows": shown.done,
                "total": shown.total,
                "words": shown.words,
                "measured": shown.measured,
                "stop": shown.stop,
                "why_not": shown.why_not,
            }
        )


def tabs(job: ImportJob) -> list[tuple[str, Any, int]]:
    """Return the kinds of rows with their counts: value, label, count."""
    shown: list[tuple[str, Any, int]] = [
        (kind.value, kind.label, job.counts.get(kind.value, 0))
        for kind in Action
        if kind not in (Action.MISSING, Action.RETIRED) or job.counts.get(kind.value)
    ]
    if job.committed_at:
        return [(WRITTEN, _("rows written"), rows_to_write(job)), *(kind for kind in shown if kind[2])]
    shown.insert(4, (WARNING, _("rows to look at"), job.findings.get("warnings", 0)))
    return shown


def _groups(findings: dict[str, Any], code: str, action: str) -> list[dict[str, Any]]:
    """Return the fixes of many cells that fit what is shown: of a kind of problem, of errors, or of warnings."""
    groups = findings.get("groups", [])
    if code:
        return [group for group in groups if group["code"] == code]
    if action not in (Action.ERROR, WARNING):
        return []
    return [g for g in groups if (g["severity"] == "error") == (action == Action.ERROR) and g["count"] > 1]
