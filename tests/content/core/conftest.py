"""Rows of any register, made from what its model asks for."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.db import models

from content.core.models import Division
from content.core.register import Register, get_register

_numbers = count(1)


def value_for(field: models.Field, number: int, division: str) -> Any:
    if field.related_model is Division:
        return Division.objects.get(code=division)
    if field.is_relation:
        return row_of(field.related_model.register, division)
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.IntegerField):
        return 2020 + number % 50
    return f"示例{field.name}{number}"


def row_of(register: Register, division: str, **values: Any) -> Any:
    number = next(_numbers)
    needed = [
        field
        for field in register.model._meta.concrete_fields
        if field.editable and not field.primary_key and not field.blank and not field.has_default()
    ]
    made = {field.name: value_for(field, number, division) for field in needed if field.name not in values}
    row = register.model(**made, **values)
    row.save()
    return row


@pytest.fixture
def make_row(db: None) -> Callable[..., Any]:
    """Return a maker of rows: `make_row("unions", "510104", stars=3)`."""

    def make(slug: str, division: str, **values: Any) -> Any:
        return row_of(get_register(slug), division, **values)

    return make
