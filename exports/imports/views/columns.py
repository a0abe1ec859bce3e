"""The screen on which a person says which column of the file is which column of the register."""

from __future__ import annotations

from contextlib import suppress
from pathlib import PurePath
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from content.core.register import Column
from exports.imports import header_rows, profiles, queueing, services
from exports.imports.columns import lacking_columns, own_columns, shown_columns, twice
from exports.imports.layout import NO_HEADER
from exports.imports.matching import KEEP, is_noise, missing
from exports.imports.models import ImportJob, ImportProfile
from exports.imports.problems import ImportRefused

from .base import JobScreen

CHANGEABLE = (ImportJob.State.NEEDS_MAPPING, ImportJob.State.PREVIEWED)


class ColumnsView(JobScreen):
    """Say which column of the file is which column of the register, and remember it for the next file."""

    template_name = "imports/columns.html"
    chosen: dict[int, str] | None = None
    constants: dict[str, str] | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        register = self.job.register
        columns = shown_columns(self.job, self.chosen)
        lacking = lacking_columns(self.job, columns, self.constants)
        keys = [column.value for column in columns if column.value not in ("", KEEP)]
        keys += [own.key for own in lacking if own.value]
        importable = [column for column in register if column.importable]
        return super().get_context_data(
            keep=KEEP,
            required=[self._option(column) for column in importable if register.is_required(column)],
            optional=[self._option(column) for column in importable if not register.is_required(column)],
            columns=columns,
            still_open=[column for column in columns if column.open],
            missing=missing(register, keys),
            lacking=lacking,
            constants=any(own.value or own.required for own in lacking),
            header=header_rows.shown(self.job) if self.job.state in CHANGEABLE else None,
            sheets=self.job.mapping.get("sheets", []),
            read="、".join(part["name"] for part in self.job.sheets),
            profile=self.job.profile,
            profiles=[found for found in self.usable if found.pk != self.job.profile_id],
            name=self.request.POST.get("name") or (self.job.profile.name if self.job.profile else self._proposed()),
            remember=self.chosen is None or bool(self.request.POST.get("remember")),
            may_write=self.may_write(),
            **kwargs,
        )

    def _option(self, column: Column) -> dict[str, Any]:
        return {"key": column.key, "label": self.job.register.label(column)}

    def _proposed(self) -> str:
        return PurePath(self.job.original_name).stem[:60]

    @cached_property
    def usable(self) -> list[ImportProfile]:
        return profiles.usable(self.job.register, self.job.scope)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if not self.may_write():
                raise ImportRefused("forbidden", _("You may not import into this register. Ask an administrator."))
            if "without" in request.POST:
                profiles.put_away(self.job)
                queueing.check(self.job, chosen={}, constants={})
                return redirect("imports:columns", self.job.pk)
            if "header" in request.POST:
                return self._choose_header(request)
            if "use" in request.POST:
                return self._use(request.POST.get("profile", ""))
            return self._match(request)
        except ImportRefused as refusal:
            return self.refused(refusal)

    def _choose_header(self, request: HttpRequest) -> HttpResponse:
        """Take other rows as the header: those ticked, none at all, or again what the program finds."""
        how = request.POST["header"]
        rows = [int(text) for text in request.POST.getlist("header-row") if text.isdecimal()]
        if how == "rows" and not rows:
            raise ImportRefused("header_rows", _("Tick the row that holds the names of the columns."))
        wanted = {"rows": rows, "none": list(NO_HEADER)}.get(how, [])
        services.answer(self.job, {header_rows.ANSWER: {self.job.sheet: wanted}})
        queueing.check(self.job)
        if self.job.queued or self.job.state == ImportJob.State.NEEDS_ANSWER:
            return self.home()
        messages.success(request, self._header_in_words())
        return redirect("imports:columns", self.job.pk)

    def _header_in_words(self) -> str:
        rows = "、".join(str(row) for row in self.job.header_rows if row)
        if not rows:
            return _("The table is read without a header: say below what each column is.")
        return _("The header is row %(rows)s. See below how its columns are matched.") % {"rows": rows}

    def _use(self, number: str) -> HttpResponse:
        profile = next((found for found in self.usable if str(found.pk) == number), None)
        if profile is None:
            messages.error(self.request, _("Choose a saved mapping first."))
            return redirect("imports:columns", self.job.pk)
        profiles.put_on(self.job, profile)
        queueing.check(self.job)
        return self.home()

    def _match(self, request: HttpRequest) -> HttpResponse:
        self.chosen = self._choices(request)
        self.constants = {
            name.removeprefix("constant-"): str(text).strip()
            for name, text in request.POST.items()
            if name.startswith("constant-") and str(text).strip()
        }
        if self._wrong():
            messages.error(request, _("Nothing was changed yet. Mend what is marked below, then try again."))
            return self.get(request)
        chosen = {f"#{index + 1}": key for index, key in self.chosen.items()}
        queueing.check(self.job, chosen=chosen, constants=self.constants)
        if self.job.state not in (ImportJob.State.NEEDS_MAPPING, ImportJob.State.FAILED):
            self._remember(request)
        return self.home()

    def _choices(self, request: HttpRequest) -> dict[int, str]:
        """Return the choice for each column; those left out that hold something are kept, when a person ticked that."""
        rest = KEEP if "keep-rest" in request.POST else ""
        return {
            column.index: request.POST.get(f"column-{column.index}", "")
            or (rest if column.samples and not is_noise(column.header) else "")
            for column in own_columns(self.job)
        }

    def _wrong(self) -> bool:
        columns = shown_columns(self.job, self.chosen)
        lacking = lacking_columns(self.job, columns, self.constants)
        return bool(twice(columns)) or any(own.error for own in lacking)

    def _remember(self, request: HttpRequest) -> None:
        if not request.POST.get("remember"):
            return
        with suppress(ImportRefused):  # without a name there is nothing to remember
            profile = profiles.remember(self.job, name=request.POST.get("name", ""), user=request.user)
            message = _("Saved as “%(name)s”. A table without a header is matched like this when you choose it.")
            if any(profile.headers):
                message = _("Saved as “%(name)s”: the next table with the same headers is matched like this.")
            messages.success(request, message % {"name": profile.name})
