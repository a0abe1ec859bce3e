"""Many values in a condition, as one parameter."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import connections
from django.db.models import BooleanField, F, Func, Q
from django.db.models.expressions import RawSQL

_MANY = 50


def among(values: Sequence[Any], *, using: str = "default") -> Any:
    """Return what stands after `__in`: all texts, or all whole numbers, as one JSON parameter; other values as they are.

    A thousand parameters cost more to bind than their rows to look up.
    """
    kind = values[0].__class__ if values else None
    if len(values) < _MANY or kind not in (str, int) or any(value.__class__ is not kind for value in values):
        return values
    text = json.dumps(values)
    if connections[using].vendor == "postgresql":
        cast = "::bigint" if kind is int else ""
        return RawSQL(f"SELECT jsonb_array_elements_text(%s::jsonb){cast}", [text])  # noqa: S611 (constants)
    return RawSQL("SELECT value FROM json_each(%s)", [text])


def is_among(name: str, values: Sequence[str], *, using: str = "default") -> Any:
    """Return the condition that a field of text is among values, for tables that grow while they are asked.

    With `among`, PostgreSQL may read the parameter anew for every row that it expects few of: 0.9 s for 2,000 keys.
    Here it makes a table of hashes of them once, or looks each up in an index, whatever its statistics say.
    """
    if len(values) < _MANY or connections[using].vendor != "postgresql":
        return Q(**{f"{name}__in": among(values, using=using)})
    given = RawSQL("%s::text[]", [list(values)])
    return Func(F(name), given, template="%(expressions)s", arg_joiner=" = ANY ", output_field=BooleanField())
