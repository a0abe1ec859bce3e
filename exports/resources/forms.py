"""The form of the back-office export."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

CHOICES = [
    ("xlsx", _("Excel workbook (.xlsx)")),
    ("csv", _("CSV, opens in Excel and WPS (.csv)")),
    ("json", _("JSON, for programs (.json)")),
    ("pdf", _("PDF list, for printing (.pdf)")),
]


class ExportForm(forms.Form):
    """Asks for the format and, of those who may see personal data, whether to include it and why."""

    format = forms.ChoiceField(label=_("File format"), choices=CHOICES, initial="xlsx", widget=forms.RadioSelect)
    personal = forms.BooleanField(
        label=_("Include personal data"),
        required=False,
        help_text=_("Names and phones of persons in charge. This export is logged with your name and the reason."),
    )
    reason = forms.CharField(
        label=_("Reason for exporting personal data"),
        max_length=200,
        required=False,
        help_text=_("For example: calling the chairs for the yearly review."),
    )

    def __init__(self, *args: Any, may_see_personal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_see_personal:
            del self.fields["personal"], self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("personal") and len((cleaned.get("reason") or "").strip()) < 4:
            self.add_error("reason", _("Say in a few words what the personal data is needed for."))
        return cleaned
