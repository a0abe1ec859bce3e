"""The list of saved mappings: rename, change how they treat errors, delete."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from content.core import divisions
from exports.imports import profiles
from exports.imports.models import ImportProfile
from exports.imports.policies import POLICIES
from exports.imports.problems import ImportRefused

from .base import Screen


class ProfilesView(Screen):
    """Which mappings are saved, whose they are, and when they were used."""

    template_name = "imports/profiles.html"

    def get_page_title(self) -> str:
        return _("Saved mappings")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        saved = [
            {"profile": profile, "register": profile.register.verbose_name, "organisation": organisation(profile)}
            for profile in profiles.manageable(self.request.user)
        ]
        return super().get_context_data(saved=saved, **kwargs)


class ProfileScreen(Screen):
    """A page about one mapping. Someone else's is not found, so that its existence is not told."""

    @cached_property
    def profile(self) -> ImportProfile:
        number = self.kwargs["profile"]
        found = next((saved for saved in profiles.manageable(self.request.user) if saved.pk == number), None)
        if found is None:
            raise Http404
        return found

    def get_page_title(self) -> str:
        return self.profile.name

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        items = super().get_breadcrumbs_items()
        return [*items[:-1], {"url": reverse("imports:profiles"), "label": _("Saved mappings")}, items[-1]]


class ProfileView(ProfileScreen):
    """Look at a mapping; give it another name or policy."""

    template_name = "imports/profile.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            profile=self.profile,
            register=self.profile.register,
            organisation=organisation(self.profile),
            matched=profiles.in_words(self.profile),
            constants=profiles.constants_in_words(self.profile),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        policy = {name: request.POST[name] for name, allowed in POLICIES.items() if request.POST.get(name) in allowed}
        try:
            profiles.rename(self.profile, name=request.POST.get("name", ""), policy=policy)
        except ImportRefused as refusal:
            messages.error(request, str(refusal.message))
            return self.get(request)
        messages.success(request, _("“%(name)s” was saved.") % {"name": self.profile.name})
        return redirect("imports:profiles")


class ProfileDeleteView(ProfileScreen):
    """Ask in words, then delete. Imports that used the mapping stay as they are."""

    template_name = "imports/profile_delete.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(profile=self.profile, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = self.profile.name
        self.profile.delete()
        messages.success(request, _("“%(name)s” was deleted.") % {"name": name})
        return redirect("imports:profiles")


def organisation(profile: ImportProfile) -> str:
    """Return the names of the divisions of whoever saved a mapping."""
    names = divisions.full_names()
    return _("everywhere") if profile.scope is None else "、".join(names.get(code, code) for code in profile.scope)
