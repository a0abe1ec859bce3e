"""The form of a register row: fields in sections, cells cleaned as in an import, divisions in charge only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import CharField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList

from content.core import divisions
from content.core.cleaning import Unclean
from content.core.jurisdiction import PERSONAL_DATA, codes_of, covers, may
from content.core.models import RegisterRow
from content.core.numbering import CodeNumbers
from content.core.register import Column, Register
from content.core.row_pictures import LEAD, MOST

from .sections import Section, sections


def build_edit_handler(register: Register) -> ObjectList:
    """Return the panels of a register's form, one a section."""
    panels = [MultiFieldPanel(_panels(register, section), heading=section.title) for section in sections(register)]
    if register.pictures:
        pictures = InlinePanel(
            register.pictures,
            heading=gettext_lazy("Pictures in order"),
            label=gettext_lazy("Picture in the row"),
            help_text=gettext_lazy("The first one is the lead picture: lists show it, and what is shared or printed."),
            max_num=MOST,
        )
        panels.insert(-1, pictures)
    return ObjectList(panels, base_form_class=RegisterForm)


def _panels(register: Register, section: Section) -> list[Any]:
    panels = [panel for column in section.columns for panel in _fields(register, column)]
    if section.key == "status":
        panels.append(FieldPanel("pinyin"))
    if section.key in {"contacts", "figures"}:
        return [FieldRowPanel(panels[start : start + 2]) for start in range(0, len(panels), 2)]
    return panels


def _fields(register: Register, column: Column) -> list[FieldPanel]:
    if register.pictures and column.field == LEAD:
        return []
    options: dict[str, Any] = {"permission": PERSONAL_DATA} if column.personal else {}
    if column.field == "code" and register.code_prefix:
        options["help_text"] = gettext_lazy("Leave it empty and a number is given.")
    return [FieldPanel(name, **options) for name in (column.field, column.upper) if name]


class PartsField(forms.MultipleChoiceField):
    """Boxes to tick for a text that is a list of some values: 春、秋."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        return [part for part in value.split("、") if part] if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        return "、".join(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class RegisterForm(WagtailAdminModelForm):
    """Checks what the model cannot know: who is saving."""

    instance: RegisterRow

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        register = self.instance.register
        own = codes_of(self.for_user) or []
        if not self.instance.division_id and len(own) == 1 and "division" in self.fields:
            self.initial.setdefault("division", own[0])
        for column in register:
            # What the register derives when it is missing (a code, the division of a rating) may be left empty.
            if column.field in self.fields and column.required is False and column is register.by_key.get(column.field):
                self.fields[column.field].required = False
            if column.field in self.fields and column.parts:
                self.fields[column.field] = PartsField(
                    label=self.fields[column.field].label,
                    choices=[(part, part) for part in column.parts],
                    required=self.fields[column.field].required,
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for column in self.instance.register:
            if column.field in cleaned:
                self._tidy(column, cleaned)
                self._keep_in_scope(column, cleaned)
        if "code" in self.fields and not cleaned.get("code") and "code" not in self.errors:
            division = cleaned.get("division")
            if division and self.instance.register.code_prefix:
                cleaned["code"] = CodeNumbers(self.instance.register).next(division.pk)
        return cleaned

    def _tidy(self, column: Column, cleaned: dict[str, Any]) -> None:
        """Clean a typed text as an imported cell is cleaned, so that both ways give the same row."""
        field = self.instance.register.model_field(column)
        if not column.clean or not cleaned[column.field] or not isinstance(field, CharField) or field.choices:
            return
        try:
            cleaned[column.field] = column.clean(cleaned[column.field]).value or cleaned[column.field]
        except Unclean as error:
            self.add_error(column.field, str(error.message))

    def _keep_in_scope(self, column: Column, cleaned: dict[str, Any]) -> None:
        """Refuse a reference to a row that lies outside, unless the row already refers to it."""
        value = cleaned[column.field]
        if not isinstance(value, RegisterRow) or column.field not in self.changed_data:
            return
        if not may(self.for_user, value):
            self.add_error(column.field, _("This row lies outside the divisions in your charge. Choose another one."))

    def _post_clean(self) -> None:
        super()._post_clean()
        division = self.instance.division_id
        if division and not covers(self.for_user, division):
            names = divisions.full_names()
            own = "、".join(names.get(code, code) for code in codes_of(self.for_user) or []) or _("none")
            message = _(
                "“%(division)s” lies outside the divisions in your charge (%(own)s), so the row was not saved. "
                "Choose a division inside them, or ask a colleague in charge of the other one."
            ) % {"division": names.get(division, division), "own": own}
            self.add_error("division" if "division" in self.fields else None, message)
        elif not division and not self.errors:
            self.add_error("division", _("Choose the division that the row belongs to."))
        elif not self.errors:
            self._refuse_second_row_of_the_name()

    def _refuse_second_row_of_the_name(self) -> None:
        """The key of the name is no field of the form, so Django leaves its constraint to the database."""
        try:
            self.instance.validate_constraints()
        except ValidationError:
            message = _("“%(name)s” is already in the register of %(division)s. Change that row instead, or the name.")
            names = divisions.full_names()
            division = names.get(self.instance.division_id, self.instance.division_id)
            self.add_error(None, message % {"name": self.instance, "division": division})

    def add_error(self, field: str | None, error: Any) -> None:
        """Show at the top what concerns a field that the person may not see."""
        if isinstance(error, ValidationError) and hasattr(error, "error_dict"):
            for name, errors in error.error_dict.items():
                known = name in self.fields or name == NON_FIELD_ERRORS
                super().add_error(name if known and name != NON_FIELD_ERRORS else None, errors)
            return
        super().add_error(field if field in self.fields else None, error)
