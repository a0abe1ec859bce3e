"""The second person's buttons, and those of whoever waits for one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from exports.imports import approval, queueing, services
from exports.imports.models import ImportJob
from exports.imports.problems import ImportRefused

from .base import JobScreen


class ApprovalView(JobScreen):
    """`do` says what: approve, return (with a comment), withdraw, or whether a second person is wanted at all."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wanted, comment = request.POST.get("do", ""), request.POST.get("comment", "")
        try:
            if wanted == "approve":
                approval.approve(self.job, user=request.user, comment=comment)
                queueing.commit(self.job, user=request.user)
                if self.job.state == ImportJob.State.COMMITTED:
                    messages.success(request, _("Approved and written."))
                elif self.job.error:
                    messages.warning(request, self.job.error)
            elif wanted == "return":
                approval.send_back(self.job, user=request.user, comment=comment)
                messages.success(request, _("Returned to the sender with your comment. Nothing was written."))
            elif wanted == "withdraw":
                approval.withdraw(self.job, user=request.user)
                messages.success(request, _("Taken back. You can change the rows again."))
            else:
                services.set_policy(self.job, policy={"approval": wanted})
        except ImportRefused as refusal:
            return self.refused(refusal)
        return self.home()
