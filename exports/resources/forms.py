"""The form of the back-office export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from content.core.file_formats import FILE_FORMATS
from content.core.register import Register

from .columns import allowed_columns
from .services import EDIT

SHORTEST_REASON = 4


class ExportForm(forms.Form):
    """Asks for the format, the columns in their order and, where a column holds personal data, why.

    A post that names no column and did not show them (`choose`) gets all without personal data.
    """

    format = forms.ChoiceField(label=_("File format"), widget=forms.RadioSelect)
    choose = forms.BooleanField(required=False, widget=forms.HiddenInput, initial=True)
    columns = forms.MultipleChoiceField(label=_("Columns of the file"), required=False)
    reason = forms.CharField(
        label=_("Reason for exporting personal data"),
        max_length=200,
        required=False,
        help_text=_(
            "For example: calling the chairs for the yearly review. Your name, the columns and the reason are logged."
        ),
    )

    def __init__(
        self,
        *args: Any,
        register: Register,
        may_see_personal: bool,
        may_import: bool = False,
        chosen: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.register, self.may_see_personal = register, may_see_personal
        self.allowed = allowed_columns(register, personal=may_see_personal)
        self.usual = [column.key for column in self.allowed if not column.personal]
        self.personal = {column.key for column in self.allowed if column.personal}
        self.chosen = [key for key in chosen if key in {column.key for column in self.allowed}]
        formats: list[Any] = [(name, format.label) for name, format in FILE_FORMATS.items()]
        if may_import:
            formats.insert(1, (EDIT, _("Excel to edit and import again: drop-downs, locked codes (.xlsx)")))
        self.fields["format"].choices = formats  # type: ignore[attr-defined]
        self.fields["columns"].choices = [(c.key, str(register.label(c))) for c in self.allowed]  # type: ignore[attr-defined]
        if not self.personal:
            del self.fields["reason"]

    def boxes(self) -> list[dict[str, Any]]:
        """Return the columns to tick, those of the person's last choice first and in its order."""
        ticked = self.data.getlist("columns") if self.is_bound else self.chosen or self.usual  # type: ignore[attr-defined]
        order = {key: at for at, key in enumerate(ticked)}
        columns = sorted(self.allowed, key=lambda column: order.get(column.key, len(order)))
        return [
            {
                "key": column.key,
                "label": self.register.label(column),
                "personal": column.personal,
                "listed": column.listed,
                "ticked": column.key in order,
            }
            for column in columns
        ]

    def clean_columns(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["columns"]
        if not chosen and self.cleaned_data.get("choose"):
            raise forms.ValidationError(_("Tick at least one column."))
        return chosen or self.usual

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        printed = cleaned.get("format") in FILE_FORMATS and FILE_FORMATS[cleaned["format"]].printed
        if printed and cleaned.get("columns") == self.usual:  # a page holds what the list shows, not thirty columns
            cleaned["columns"] = []
        cleaned["personal"] = bool(self.personal.intersection(cleaned.get("columns", ())))
        reason = (cleaned.get("reason") or "").strip()
        if cleaned["personal"] and len(reason) < SHORTEST_REASON:
            self.add_error("reason", _("Say in a few words what the personal data is needed for."))
        cleaned["reason"] = reason if cleaned["personal"] else ""
        return cleaned
