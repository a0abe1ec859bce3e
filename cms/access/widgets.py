"""Choosing several divisions: those chosen as a list with a button each to take them away, more from the chooser."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from wagtail.admin.staticfiles import versioned_static

from content.core.divisions import full_names
from content.core.models import Division


class DivisionsInput(forms.SelectMultiple):
    template_name = "access/divisions_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        chosen = [str(getattr(code, "pk", code)) for code in value or []]
        chooser = Division.snippet_viewset.chooser_viewset.get_url_name("choose")
        return {
            "widget": {
                "name": name,
                "attrs": attrs or {},
                "chosen": [(code, full_names().get(code, code)) for code in chosen],
                "chooser_url": reverse(chooser),
            }
        }

    @property
    def media(self) -> forms.Media:
        return forms.Media(
            js=[
                versioned_static("wagtailadmin/js/modal-workflow.js"),
                versioned_static("wagtailadmin/js/chooser-modal.js"),
                versioned_static("access/js/divisions-input.js"),
            ]
        )
