"""A register row as a list: the fields an import writes, their empty values, and how they are kept as JSON.

Both databases parse dates and decimals from the same text, so what is staged goes into the register as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from operator import itemgetter
from typing import Any

from django.db import models

from content.core.register import Register

Encoder = Callable[[Any], Any]


def state_fields(model: type[models.Model]) -> set[str]:
    """Return the fields by which Wagtail knows drafts, revisions and locks of a row: they are nobody's data."""
    mixins = [base for base in model.__mro__ if base.__module__.startswith("wagtail.") and hasattr(base, "_meta")]
    return {field.name for base in mixins for field in base._meta.local_fields}


def row_fields(register: Register) -> list[str]:
    """Return the names of the fields that an import stages: all but the key and the automatic timestamps."""
    return [
        field.name
        for field in register.model._meta.concrete_fields
        if field.name not in state_fields(register.model)
        and not field.primary_key
        and not getattr(field, "auto_now", False)
        and not getattr(field, "auto_now_add", False)
    ]


class RowShape:
    """Turns rows (field name → value) into JSON lists and back, in the order of `names`."""

    def __init__(self, model: type[models.Model], names: Sequence[str]) -> None:
        self.model = model
        self.names = list(names)
        self.fields: list[models.Field[Any, Any]] = [model._meta.get_field(name) for name in names]  # type: ignore[misc]
        self.position = {name: at for at, name in enumerate(self.names)}
        self._pick = itemgetter(*self.names)
        self._encoders = [
            (at, encode) for at, field in enumerate(self.fields) if (encode := _encoder(field)) is not None
        ]
        self._decoders = [
            (at, decode) for at, field in enumerate(self.fields) if (decode := _decoder(field)) is not None
        ]

    def encode(self, values: Mapping[str, Any]) -> list[Any]:
        """Return the row as a JSON list."""
        row = list(self._pick(values))
        for at, encode in self._encoders:
            if row[at] is not None:
                row[at] = encode(row[at])
        return row

    def decode(self, row: Sequence[Any]) -> dict[str, Any]:
        """Return a JSON list as field name → Python value."""
        values = list(row)
        for at, decode in self._decoders:
            if values[at] is not None:
                values[at] = decode(values[at])
        return dict(zip(self.names, values, strict=True))

    def same(self, one: Sequence[Any], other: Sequence[Any]) -> bool:
        """Tell whether two rows agree in all that people see and edit."""
        return bool(self._edited(one) == self._edited(other))

    @cached_property
    def edited(self) -> list[int]:
        """The positions of what people see and edit; the others are derived and may be renewed at any time."""
        return [at for at, field in enumerate(self.fields) if field.editable and field.name != "pinyin"]

    @cached_property
    def _edited(self) -> Callable[[Sequence[Any]], Any]:
        return itemgetter(*self.edited)

    @cached_property
    def empty(self) -> dict[str, Any]:
        """What a new row has where the file says nothing: the default, else null, else the empty text."""
        return {field.name: _empty(field) for field in self.fields}

    def blank(self, name: str) -> Any:
        return _empty(self.fields[self.position[name]])


def _empty(field: models.Field[Any, Any]) -> Any:
    if field.has_default():
        return field.get_default()
    return "" if field.empty_strings_allowed and not field.null and not field.is_relation else None


def _encoder(field: models.Field[Any, Any]) -> Encoder | None:
    if isinstance(field, models.DecimalField):
        places = Decimal(1).scaleb(-field.decimal_places)
        return lambda value: format(Decimal(value).quantize(places), "f")
    if isinstance(field, models.DateField):
        return lambda value: value.isoformat()
    return None


def _decoder(field: models.Field[Any, Any]) -> Encoder | None:
    if isinstance(field, models.DecimalField):
        return Decimal
    if isinstance(field, models.DateTimeField):
        return datetime.fromisoformat
    if isinstance(field, models.DateField):
        return date.fromisoformat
    return None
