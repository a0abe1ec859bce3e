"""A list of register rows inside a page: always the published rows and public columns of the moment."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, IntegerBlock, ListBlock, StructBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from content.core.models import Division
from content.core.register import Column, Register, get_register, registers
from content.pages import register_rows

from .figures import DATA

Choices = list[tuple[Any, Any]]


def register_choices() -> Choices:
    return [(register.slug, register.verbose_name_plural) for register in registers()]


def column_choices() -> Choices:
    """Return the public columns, grouped by register: value `bases.name`."""
    return [
        (
            register.verbose_name_plural,
            [(f"{register.slug}.{c.key}", register.label(c)) for c in register.public_columns],
        )
        for register in registers()
    ]


def filter_choices() -> Choices:
    """Return every choice of the public columns that have choices: value `bases.kind=homestay`."""
    return [(register.verbose_name_plural, choices) for register in registers() if (choices := _filters(register))]


def _filters(register: Register) -> Choices:
    return [
        (f"{register.slug}.{column.key}={value}", format_lazy("{}：{}", register.label(column), label))
        for column in register.public_columns
        for value, label in _choices(register, column)
    ]


def _choices(register: Register, column: Column) -> Choices:
    return list(getattr(register.model_field(column), "choices", None) or [])


class RegisterListBlock(StructBlock):
    register = ChoiceBlock(label=_("Register to list"), choices=register_choices)
    title = CharBlock(label=_("Title of the list"), required=False, max_length=80)
    division = CharBlock(
        label=_("Only this division"),
        required=False,
        max_length=60,
        help_text=_("A division code or full name, as 320500 or 江苏省苏州市; everything below it is listed too."),
    )
    filters = ListBlock(
        ChoiceBlock(label=_("List condition"), choices=filter_choices),
        label=_("Only rows that are"),
        default=[],
        required=False,
    )
    columns = ListBlock(
        ChoiceBlock(label=_("List column"), choices=column_choices),
        label=_("Columns shown"),
        default=[],
        required=False,
        help_text=_("The usual columns of the register when none is chosen."),
    )
    limit = IntegerBlock(label=_("Rows at most"), default=20, min_value=1, max_value=200)

    class Meta:
        label = _("Register list block")
        icon = "list-ul"
        group = DATA
        template = "pages/blocks/register_list.html"
        preview_value = {"register": "bases", "filters": [], "columns": [], "limit": 5}
        description = _("Rows of a register, always as they are published at the moment of reading.")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        errors: dict[str, ValidationError] = {}
        slug = cleaned.get("register")
        if cleaned.get("division"):
            division = register_rows.find_division(cleaned["division"])
            if division:
                cleaned["division"] = division.code
            else:
                errors["division"] = ValidationError(_unknown_division(cleaned["division"]))
        for name in ("filters", "columns"):
            foreign = [item for item in cleaned[name] if item and not item.startswith(f"{slug}.")]
            if slug and foreign and not self.is_deferred_validation:
                errors[name] = ValidationError(
                    _("Some of these belong to another register than “%(register)s”: remove them."),
                    params={"register": get_register(slug).verbose_name_plural},
                )
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        return super().get_context(value, parent_context=parent_context) | {"table": register_rows.table(value)}


def _unknown_division(text: str) -> str:
    near = Division.objects.filter(name__startswith=text.strip()[:2])[:3] if text.strip() else []
    if names := "、".join(division.full_name for division in near):
        return _("No division is called “%(text)s”. Perhaps: %(names)s.") % {"text": text, "names": names}
    return _("No division is called “%(text)s”. Write its code or its full name.") % {"text": text}
