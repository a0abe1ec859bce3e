"""The plan for one column: how its cells become values. Made once a job, so that a cell costs one dictionary look-up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from content.core import cleaning
from content.core.models import Division
from content.core.register import Column, Register

Problem = dict[str, Any]
"""field, column (header in the file), value, code, message, severity, suggestion: what a person needs to mend a cell."""

MEMO = 4_096  # distinct values remembered for a column; beyond that it is a column of names or numbers


def problem(
    *, field: str, column: str, value: Any, code: str, message: Any, severity: str = "error", suggestion: Any = None
) -> Problem:
    return {
        "field": field,
        "column": column,
        "value": "" if value is None else str(value)[:200],
        "code": code,
        "message": str(message),
        "severity": severity,
        "suggestion": None if suggestion is None else str(suggestion),
    }


@dataclass(slots=True)
class Cell:
    """A cell that is more, or less, than a value: a range with its upper end, an empty one, a problem."""

    value: Any = None
    upper: Any = None
    problem: Problem | None = None


EMPTY = Cell()


class ColumnPlan:
    """Cleans the cells of one column of the file; remembers what it has cleaned."""

    def __init__(
        self,
        register: Register,
        column: Column,
        *,
        index: int,
        header: str,
        inside: Iterable[str] = (),
        from_1904: bool = False,
    ) -> None:
        self.column = column
        self.index = index
        self.header = header
        self.field = register.model_field(column)
        self.name = column.field
        self.upper = column.upper
        self.is_division = self.field.is_relation and self.field.related_model is Division
        self.is_reference = self.field.is_relation and not self.is_division
        # Of divisions with the same name, the one in the person's charge is meant.
        self._clean = partial(cleaning.division, inside=inside) if self.is_division else register.cleaner(column)
        if from_1904 and isinstance(self.field, models.DateField) and self._clean:
            self._clean = cleaning.from_1904(self._clean)
        self._validate = _validator(self.field)
        self.memo: dict[Any, Any] = {}

    @property
    def related(self) -> type[models.Model]:
        """The model that a reference column refers to."""
        related = self.field.related_model
        if related is None:
            raise TypeError(f"{self.name} is no reference")
        return related

    def read(self, raw: Any) -> Any:
        """Return what a cell says: its value, or a `Cell` where there is more to say. Never raises: what cannot be
        cleaned is a problem.
        """
        key = raw if raw.__class__ is str else (raw.__class__, raw)
        found = self.memo.get(key)
        if found is None:
            if len(self.memo) >= MEMO:
                self.memo.clear()
            found = self.memo[key] = self._read(raw)
        return found

    def _read(self, raw: Any) -> Any:
        try:
            if self._clean is None:  # a reference: looked up for many rows at once
                value = cleaning.text(raw).value
                return EMPTY if value is None else value
            value = self._clean(raw).value
            if value is None:
                return EMPTY
            if not self.upper:
                return value if self._validate is None else self._validate(value)
            value, upper = value if isinstance(value, tuple) else (value, None)
            return Cell(self._fit(value), None if upper is None else self._fit(upper))
        except cleaning.Unclean as error:
            return Cell(problem=self.problem(raw, error.code, error.message, error.suggestion))
        except ValidationError as error:
            code = error.error_list[0].code or "invalid"
            return Cell(problem=self.problem(raw, code, " ".join(error.messages)))

    def _fit(self, value: Any) -> Any:
        return value if self._validate is None else self._validate(value)

    def problem(self, raw: Any, code: str, message: Any, suggestion: Any = None, severity: str = "error") -> Problem:
        return problem(
            field=self.name,
            column=self.header,
            value=raw,
            code=code,
            message=message,
            suggestion=suggestion,
            severity=severity,
        )


def _validator(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """Return the quickest check that a clean value fits its field, or None where the cleaner has seen to it.

    It raises ValidationError.
    """
    if field.is_relation or (isinstance(field, models.CharField) and field.max_length and not field.choices):
        return None
    if isinstance(field, models.TextField):
        return str
    if isinstance(field, models.DateField):
        return _is_date
    if isinstance(field, models.DecimalField):
        return _fits_decimal(field)
    return lambda value: field.clean(value, None)


def _is_date(value: Any) -> date:
    if not isinstance(value, date):
        raise ValidationError(_("This is not a date. Write it as 2023-04-12."), code="not_a_date")
    return value


def _fits_decimal(field: models.DecimalField[Any, Any]) -> Callable[[Any], Any]:
    places = Decimal(1).scaleb(-field.decimal_places)

    def check(value: Any) -> Decimal:
        try:
            rounded = Decimal(str(value)).quantize(places)
        except InvalidOperation:
            raise ValidationError(_("This is not a number."), code="not_a_number") from None
        return field.clean(rounded, None)

    return check
