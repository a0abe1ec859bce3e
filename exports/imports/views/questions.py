"""Ask about a file what only a person knows: its password, its sheets, its hidden rows and columns."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from wagtail.admin import messages

from exports.imports import questions, queueing, services
from exports.imports.models import ImportJob
from exports.imports.problems import ImportRefused

from .base import JobScreen

State = ImportJob.State
CHANGEABLE = (State.NEEDS_ANSWER, State.NEEDS_MAPPING, State.PREVIEWED)


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class QuestionsView(JobScreen):
    """One screen for all questions that are open; and for changing one's mind before the rows are written."""

    template_name = "imports/questions.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.job.state not in CHANGEABLE or self.job.queued or not self.may_write():
            return (
                redirect("imports:job", self.job.pk) if self.job.state != State.NEEDS_ANSWER else super().get(request)
            )
        return super().get(request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        job = self.job
        locked = not job.sheets and job.state == State.NEEDS_ANSWER
        asking = job.state == State.NEEDS_ANSWER
        chosen = job.answers.get(questions.SHEETS) or (
            questions.likeliest(job) if asking else [part["name"] for part in job.sheets]
        )
        asked = [] if locked else self._asked()
        offered = questions.candidates(job) if asking else job.mapping.get("sheets", [])
        sheets = [sheet | {"chosen": chosen == "all" or sheet["name"] in chosen} for sheet in offered]
        concerned = questions.concerned(job)
        return super().get_context_data(
            locked=locked,
            wrong=locked and job.error_code == "password_wrong",
            asked=asked,
            sheets=sheets,
            like=next((sheet["like"] for sheet in sheets if sheet["chosen"]), 0),
            alike=len({sheet["like"] for sheet in sheets}) < len(sheets),
            hidden_rows=sum(sheet["hidden_rows"] for sheet in concerned),
            filtered=any(sheet["filtered"] for sheet in concerned),
            hidden_columns=[
                f"{sheet['name']}!{letter}" if len(concerned) > 1 else letter
                for sheet in concerned
                for letter in sheet["hidden_columns"]
            ],
            answers=job.answers,
            may_write=self.may_write(),
            **kwargs,
        )

    @method_decorator(sensitive_variables("password"))
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may_write():
            return self.home()
        try:
            if "password" in request.POST:
                password = request.POST["password"]
                if not password:
                    raise ImportRefused("password", _("Type the password first."))
                services.unlock(self.job, password=password)
            else:
                services.answer(self.job, self._answers())
        except ImportRefused as refusal:
            if refusal.code != "password_wrong":  # that one stands beside the field
                messages.error(request, str(refusal.message))
            return redirect(reverse("imports:questions", args=[self.job.pk]))
        with suppress(ImportRefused):  # the job's page says why, and what to do
            queueing.check(self.job)
        return self.home()

    def _asked(self) -> list[str]:
        return questions.possible(self.job) if self.job.state == State.NEEDS_ANSWER else questions.offered(self.job)

    def _answers(self) -> dict[str, Any]:
        """Return what was answered. Raises ImportRefused when a question that was asked has no answer."""
        data, asked = self.request.POST, self._asked()
        answers: dict[str, Any] = {}
        if questions.SHEETS in asked:
            answers[questions.SHEETS] = data.getlist("sheet")
            if not answers[questions.SHEETS]:
                raise ImportRefused("unanswered", _("Choose at least one sheet."))
        for kind in (questions.ROWS, questions.COLUMNS):
            if kind in data:
                answers[kind] = data[kind] == "yes"
            elif kind in asked:
                raise ImportRefused("unanswered", _("Say whether the hidden rows and columns are to be imported."))
        return answers
