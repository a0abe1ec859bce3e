"""The form of a source."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.core.jurisdiction import codes_of
from content.core.register import registers
from exports.imports import profiles
from exports.imports.permissions import importable_registers, may_import
from exports.imports.policies import POLICIES
from exports.imports.problems import ImportRefused

from . import doubts
from .bucket import is_configured
from .fetching import check
from .folder import folder_of
from .models import ImportSource
from .permissions import kinds_for

Kind = ImportSource.Kind
POLICY = {
    "on_error": (_("Rows with errors"), {"stop": _("write nothing until all are correct"), "skip": _("leave them out, write the others")}),
    "conflict": (_("Records already there"), {"overwrite": _("take the file's values"), "newer": _("take the file's values where they are newer"), "empty": _("fill only what is empty"), "keep": _("leave them as they are")}),
    "approval": (_("A second person"), {"none": _("nobody need approve"), "second_person": _("somebody else must approve")}),
    "missing": (_("Records that the file lacks"), {"ignore": _("leave them alone"), "report": _("list them")}),
    "blank": (_("Empty cells"), {"keep": _("keep the present value"), "clear": _("clear the present value")}),
}  # fmt: skip


def _policy() -> dict[str, tuple[Any, list[tuple[str, Any]]]]:
    """Return what the pipeline lets be chosen, with words."""
    return {
        name: (label, [(choice, word) for choice, word in words.items() if choice in POLICIES[name]])
        for name, (label, words) in POLICY.items()
        if name in POLICIES
    }


class SourceForm(forms.ModelForm):
    """What a person without all divisions may not choose is not offered: folders, the bucket, other people."""

    class Meta:
        model = ImportSource
        fields = (
            "name", "kind", "register_slug", "place", "user", "profile", "write", "every", "at", "weekday", "day",
            "pause_after", "active",
        )  # fmt: skip
        widgets = {"at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        mine = registers() if person.is_superuser else importable_registers(person)
        given = self.instance.pk is not None and self.instance.kind not in kinds_for(person)
        allowed = [self.instance.kind] if given else kinds_for(person)
        self._choices("kind", [choice for choice in Kind.choices if choice[0] in allowed])
        for name in ("kind", "place"):  # set up by a superuser: its rhythm and policy may be changed, not its place
            self.fields[name].disabled = given
        self._choices("register_slug", [(register.slug, str(register.verbose_name_plural)) for register in mine])
        if person.is_superuser:
            self.fields["user"].queryset = get_user_model().objects.filter(is_active=True).order_by("username")  # type: ignore[attr-defined]
            self.fields["user"].label_from_instance = _person  # type: ignore[attr-defined]
            self.fields["user"].required = not self._is_inbox()
            self.initial.setdefault("user", person.pk if self.instance.pk is None else None)
        else:
            del self.fields["user"]
        saved = {profile.pk for register in mine for profile in profiles.usable(register, codes_of(person))}
        profile = self.fields["profile"]
        profile.queryset = profile.queryset.filter(pk__in=saved)  # type: ignore[attr-defined]
        profile.label_from_instance = _mapping  # type: ignore[attr-defined]
        profile.empty_label = _("match by the headers")  # type: ignore[attr-defined]
        self.fields["place"].required = False
        for name, (label, words) in _policy().items():
            self.fields[f"policy_{name}"] = forms.ChoiceField(
                label=label,
                required=False,
                choices=[("", _("as the saved mapping says, else the usual")), *words],
                initial=self.instance.policy.get(name, ""),
            )

        for name, (label, choices) in doubts.CHOICES.items():
            self.fields[f"doubt_{name}"] = forms.ChoiceField(
                label=label, required=False, choices=choices, initial=self.instance.answers.get(name, "")
            )

    def _choices(self, name: str, choices: list[Any]) -> None:
        self.fields[name] = forms.ChoiceField(
            label=self.fields[name].label, choices=choices, help_text=self.fields[name].help_text
        )

    def _is_inbox(self) -> bool:
        return self.instance.pk is not None and self.instance.user_id is None

    def policy_fields(self) -> list[Any]:
        return [self[f"policy_{name}"] for name in _policy()]

    def doubt_fields(self) -> list[Any]:
        return [self[f"doubt_{name}"] for name in doubts.CHOICES]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind, place = cleaned.get("kind"), (cleaned.get("place") or "").strip()
        if kind == Kind.FOLDER or kind == Kind.S3:
            place = place.strip("/") if kind == Kind.FOLDER else place.lstrip("/")
        cleaned["place"] = place
        try:
            self._check_place(kind, place)
        except ImportRefused as refusal:
            self.add_error("place", str(refusal.message))
        if kind != Kind.FOLDER and cleaned.get("every") == ImportSource.Every.ARRIVAL:
            self.add_error("every", _("Only a folder is looked into all the time. Choose every hour or more seldom."))
        slug, profile = cleaned.get("register_slug"), cleaned.get("profile")
        if profile and profile.register_slug != slug:
            self.add_error("profile", _("This mapping is of another register."))
        self._check_person(cleaned)
        return cleaned

    def _check_person(self, cleaned: dict[str, Any]) -> None:
        acting = cleaned.get("user") if self.person.is_superuser else self.person
        known = {register.slug: register for register in registers()}
        register = known.get(cleaned.get("register_slug", ""))
        if acting and register and not may_import(acting, register):
            where = "user" if "user" in self.fields else None
            self.add_error(where, _("This person may not import into the register. Choose another one."))

    def _check_place(self, kind: str | None, place: str) -> None:
        others = ImportSource.objects.filter(kind=kind).exclude(pk=self.instance.pk).values_list("place", flat=True)
        if kind == Kind.URL:
            check(place)
        elif kind == Kind.FOLDER:
            folder_of(place)
            if place in others:
                raise ImportRefused("folder_refused", _("Another source watches this folder already."))
        elif kind == Kind.S3:
            if not is_configured():
                message = _("No S3 bucket is set up. Ask the administrator of the server to set IMPORT_S3_BUCKET.")
                raise ImportRefused("s3_missing", message)
            if any(place.startswith(other) or other.startswith(place) for other in others):
                raise ImportRefused("s3_refused", _("Another source takes files of this prefix already."))

    def save(self, commit: bool = True) -> ImportSource:
        source: ImportSource = super().save(commit=False)
        if not self.person.is_superuser:
            source.user = self.person
        source.policy = {
            name: self.cleaned_data[f"policy_{name}"] for name in _policy() if self.cleaned_data[f"policy_{name}"]
        }
        source.answers = {
            name: self.cleaned_data[f"doubt_{name}"] for name in doubts.CHOICES if self.cleaned_data[f"doubt_{name}"]
        }
        if "place" in self.changed_data or "kind" in self.changed_data:
            source.seen = {}
        if source.active:
            source.failures, source.last_error = 0, ""
        arrival = source.every == ImportSource.Every.ARRIVAL
        source.next_run = None if arrival else source.following(timezone.now())
        source.save()
        return source


def _person(user: Any) -> str:
    where = (
        _("all divisions") if user.is_superuser else "、".join(str(division) for division in user.divisions.all()[:3])
    )
    return f"{user.get_full_name() or user.get_username()}（{where or '—'}）"


def _mapping(profile: Any) -> str:
    return f"{profile.register.verbose_name_plural}：{profile.name}"
