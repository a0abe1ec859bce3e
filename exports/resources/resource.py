"""`build_resource(register)`: an ordinary django-import-export resource with the register's headers, cleaners and key.

It has the same semantics as our own import and export, row by row and without their speed, for whoever knows
django-import-export already: subclass it, or hand another back in the declaration as `faces={"resource": …}`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from import_export import fields, resources, widgets

from content.core import cleaning
from content.core.chinese import name_key
from content.core.cleaning import Unclean
from content.core.locks import register_lock
from content.core.models import Division
from content.core.numbering import CodeNumbers
from content.core.register import Column, Register

from .columns import FileColumn, cell_of, file_columns


class CellWidget(widgets.Widget):
    """Cleans a cell with the column's cleaner."""

    def __init__(self, register: Register, column: Column) -> None:
        super().__init__()
        self.cleaner = register.cleaner(column) or cleaning.line

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        try:
            return self.cleaner(value).value
        except Unclean as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal


class DivisionWidget(CellWidget):
    def __init__(self, register: Register, column: Column) -> None:
        super().__init__(register, column)
        self.cleaner = cleaning.division

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        code = super().clean(value, row, **kwargs)
        return Division.objects.get(pk=code) if code else None


class ReferenceWidget(widgets.Widget):
    """Finds a row of another register by the column's lookups, best first."""

    def __init__(self, register: Register, column: Column) -> None:
        super().__init__()
        self.rows = register.model_field(column).related_model._default_manager  # type: ignore[union-attr]
        self.lookups = column.lookups

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = cleaning.line(value).value
        if text is None:
            return None
        for lookup in self.lookups:
            found = list(self.rows.filter(**{lookup: text})[:2])
            if len(found) == 1:
                return found[0]
            if found:
                raise ValidationError(
                    _("Several rows are called “%(value)s”. Write the code instead.") % {"value": text},
                    code="ambiguous",
                )
        raise ValidationError(
            _("“%(value)s” is not in the register it refers to. Import that first, or correct the name.")
            % {"value": text},
            code="reference_missing",
        )


class CellField(fields.Field):
    """A field whose cell is written by the register's columns and which may set two attributes (a range)."""

    def __init__(self, register: Register, file_column: FileColumn) -> None:
        column = file_column.column
        model_field = register.model_field(column)
        default: Any = fields.NOT_PROVIDED
        if model_field.has_default():
            default = model_field.get_default
        elif isinstance(model_field, models.CharField | models.TextField) and not model_field.null:
            default = ""
        widget = CellWidget
        if model_field.is_relation:
            widget = DivisionWidget if model_field.related_model is Division else ReferenceWidget
        super().__init__(
            attribute=column.field,
            column_name=file_column.header,
            widget=widget(register, column),
            default=default,
            saves_null_values=not column.name,  # the second name of a reference does not empty what the first one found
        )
        self.file_column = file_column

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        upper = self.file_column.column.upper
        if not upper:
            super().save(instance, row, is_m2m, **kwargs)
            return
        low, high = self.clean(row, **kwargs) or (None, None)
        setattr(instance, self.attribute, low)
        setattr(instance, upper, high)

    def export(self, instance: Any, **kwargs: Any) -> Any:
        cell = cell_of(self.file_column, instance)
        return ("是" if cell else "否") if isinstance(cell, bool) else cell


class RegisterResource(resources.ModelResource):
    """What the resources of all registers share: rows are found by key, then by the alternates; codes are given."""

    register: Register

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """A file without our key is fine: its rows are found by the alternates, or are new."""
        for name in self.get_import_id_fields():
            header = self.fields[name].column_name
            if header not in dataset.headers:
                dataset.append_col([""] * len(dataset), header=header)

    def get_instance(self, instance_loader: Any, row: Any) -> Any:
        values = {
            field.attribute: field.clean(row)
            for field in self.fields.values()
            if field.column_name in row and field.attribute in self._identifying
        }
        if "name_key" in self._identifying and values.get(self.register.title_field):
            values["name_key"] = name_key(values[self.register.title_field])
        for names in (self.register.key, *self.register.alternates):
            if all(values.get(name) not in (None, "") for name in names):
                found = self.get_queryset().filter(**{name: values[name] for name in names}).first()
                if found:
                    return found
        return None

    @property
    def _identifying(self) -> set[str]:
        names = {name for key in (self.register.key, *self.register.alternates) for name in key}
        return names | {self.register.title_field}

    def import_field(self, field: Any, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        """An empty cell under our own code or key keeps what the row found has."""
        try:
            identifies = field.attribute in ("code", *self.register.key) and field.column_name in row
            if identifies and getattr(instance, field.attribute, None) and field.clean(row) in (None, ""):
                return
            super().import_field(field, instance, row, is_m2m, **kwargs)
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Derive first what a row may leave to us, as a rating's division, and give a new row its code."""
        if not import_validation_errors:
            instance.prepare()
        if self.register.code_prefix and not instance.code and instance.division_id:
            with register_lock(self.register.slug):
                instance.code = CodeNumbers(self.register).next(instance.division_id)
        super().validate_instance(instance, import_validation_errors, validate_unique)


@lru_cache
def _built(model: type[Any], personal: bool) -> type[RegisterResource]:
    register: Register = model.register
    columns = [c for c in file_columns(register, personal=personal) if c.column.importable]
    key = {column.column.field: column.key for column in reversed(columns) if column.column.field in register.key}
    meta = type(
        "Meta",
        (),
        {
            "model": model,
            "fields": [column.key for column in columns],
            "import_id_fields": [key[field] for field in register.key],
            "skip_unchanged": True,
            "report_skipped": True,
            "clean_model_instances": True,
            "use_transactions": True,
        },
    )
    declared: dict[str, Any] = {column.key: CellField(register, column) for column in columns}
    return type(f"{model.__name__}Resource", (RegisterResource,), {"register": register, "Meta": meta, **declared})


def build_resource(register: Register, *, personal: bool = False) -> type[Any]:
    """Return the register's resource class: its own of `faces["resource"]`, else the derived one.

    personal: with the columns that hold personal data.
    """
    return register.faces.get("resource") or _built(register.model, personal)
