"""The columns of a register as files have them: what to read from the database and what to write into the cell.

A cell is written so that our import reads the same value back: divisions by full name, references by the best of their
lookups, choices by their Chinese label, ranges as 280-320.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import accumulate, islice
from typing import Any, cast

from django.db import models
from django.db.models import FilteredRelation, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from content.core import cleaning, divisions
from content.core.models import Division, RegisterRow
from content.core.register import Column, Register
from exports.files.writers.by_column import is_empty

_TOGETHER = 250  # rows that are read and written at one go: so few stay in the processor's cache


@dataclass(frozen=True, slots=True)
class FileColumn:
    """paths: what to read (ORM paths). write: makes the cell of the values read; None takes the one value as it is.

    text: a cell that Excel must not take for a number (codes, phones).
    """

    key: str
    header: str
    paths: tuple[str, ...]
    write: Callable[..., Any] | None
    text: bool
    column: Column


def may_stand_in_files(register: Register, column: Column) -> bool:
    """Tell whether a column can be written so that it can be read again: not pictures."""
    field = register.model_field(column)
    return not field.is_relation or field.related_model is Division or bool(column.lookups)


class UnknownColumn(ValueError):
    """A column that the register does not have, or not for the one who asks."""


def allowed_columns(register: Register, *, public: bool = False, personal: bool = False) -> list[Column]:
    """Return the columns that a file may have. public: what anyone may see. personal: also personal data."""
    return [
        column
        for column in register
        if (column.public or not public) and (personal or not column.personal) and may_stand_in_files(register, column)
    ]


def chosen_columns(
    register: Register, keys: Sequence[str], *, public: bool = False, personal: bool = False
) -> list[Column]:
    """Return the columns of these keys in their order; all that are allowed when there is none. Raises UnknownColumn.

    A column may be named by its header as well.
    """
    allowed = allowed_columns(register, public=public, personal=personal)
    names = {register.header(column): column for column in allowed} | {column.key: column for column in allowed}
    unknown = [key for key in keys if key not in names]
    if unknown:
        raise UnknownColumn(
            _("There is no column “%(name)s”. Use some of: %(known)s.")
            % {"name": "、".join(unknown)[:200], "known": "、".join(column.key for column in allowed)}
        )
    return list(dict.fromkeys(names[key] for key in keys)) or allowed


def file_columns(
    register: Register,
    *,
    keys: Sequence[str] = (),
    public: bool = False,
    personal: bool = False,
    split_ranges: bool = False,
) -> list[FileColumn]:
    """Return the register's columns for a file.

    keys: which, in this order; all when there is none. public: only what anyone may see. personal: also columns with
    personal data. split_ranges: the two ends of a range in columns of their own, with bare values, as programs want
    them. Raises UnknownColumn.
    """
    found: list[FileColumn] = []
    for column in chosen_columns(register, keys, public=public, personal=personal):
        if column.upper and split_ranges:
            upper_header = _header(register, column.upper)
            found.append(FileColumn(column.key, register.header(column), (column.field,), _number, False, column))
            found.append(FileColumn(column.upper, upper_header, (column.upper,), _number, False, column))
        else:
            found.append(_file_column(register, column, public=public))
    return found


def _header(register: Register, field: str) -> str:
    with translation.override("zh-hans"):
        return str(register.model._meta.get_field(field).verbose_name)  # type: ignore[union-attr]


def _file_column(register: Register, column: Column, *, public: bool) -> FileColumn:
    paths, write = _reading(register, column, public=public)
    field = register.model_field(column)
    clean = column.clean
    text = clean in (cleaning.phone, cleaning.credit_code) or column.field == "code" or field.is_relation
    return FileColumn(column.key, register.header(column), paths, write, text, column)


def _reading(register: Register, column: Column, *, public: bool) -> tuple[tuple[str, ...], Callable[..., Any] | None]:
    field = register.model_field(column)
    if field.related_model is Division:
        names = divisions.full_names()
        return (field.attname,), lambda code: names.get(code, code)
    if field.is_relation:
        relation = published_alias(column.field) if public and _is_register(field) else column.field
        return tuple(f"{relation}__{lookup}" for lookup in column.lookups), _first
    if column.upper:
        return (column.field, column.upper), _range
    if field.choices and isinstance(field, models.CharField):
        with translation.override("zh-hans"):
            labels = _Labels((value, str(label) or None) for value, label in field.flatchoices)
        return (column.field,), labels.__getitem__
    if isinstance(field, models.DecimalField):
        return (column.field,), _number
    if isinstance(field, models.DateTimeField):
        return (column.field,), _local
    if isinstance(field, models.CharField | models.TextField):
        return (column.field,), _some
    return (column.field,), None


class _Labels(dict[Any, Any]):
    """Value → label; a value that has none stands for itself."""

    def __missing__(self, value: Any) -> Any:
        return value or None


def _is_register(field: models.Field[Any, Any]) -> bool:
    other = field.related_model
    return isinstance(other, type) and issubclass(other, RegisterRow)


def published_alias(field: str) -> str:
    return f"published_{field}"


def with_published_references(register: Register, rows: QuerySet[Any], columns: Sequence[FileColumn]) -> QuerySet[Any]:
    """Join the references of public columns, so that a row that is not published reads as none."""
    for name in dict.fromkeys(c.column.field for c in columns):
        field = register.model._meta.get_field(name)
        if field.is_relation and _is_register(field):  # type: ignore[arg-type]
            published = field.related_model.register.published  # type: ignore[union-attr]
            rows = rows.annotate(**{published_alias(name): FilteredRelation(name, condition=_below(published, name))})
    return rows


def _below(condition: Q, relation: str) -> Q:
    """Return a condition on another model as one on the relation to it."""
    children: list[Any] = []
    for child in condition.children:
        if isinstance(child, Q):
            children.append(_below(child, relation))
        else:
            path, value = cast(tuple[str, Any], child)
            children.append((f"{relation}__{path}", value))
    return Q(*children, _connector=condition.connector, _negated=condition.negated)


def rows_of(rows: QuerySet[Any], columns: Sequence[FileColumn]) -> Iterator[tuple[Any, ...]]:
    """Yield the cells of each row; the database is read as a stream, and each column of some rows written at one go."""
    paths = [path for column in columns for path in column.paths]
    ends = list(accumulate(len(column.paths) for column in columns))
    values = rows.prefetch_related(None).values_list(*paths).iterator(chunk_size=_TOGETHER)
    while some := list(islice(values, _TOGETHER)):
        read = list(zip(*some, strict=True))
        written = [
            _written(column, read[end - len(column.paths) : end]) for column, end in zip(columns, ends, strict=True)
        ]
        yield from zip(*written, strict=True)


def _written(column: FileColumn, read: Sequence[Sequence[Any]]) -> Iterable[Any]:
    if not column.write or all(map(is_empty, read)):  # nothing is written of nothing
        return read[0]
    if column.write is _some:
        return [value or None for value in read[0]]
    return map(column.write, *read)


def cell_of(column: FileColumn, instance: Any) -> Any:
    """Return one cell of a row that is in memory."""
    values = []
    for path in column.paths:
        value = instance
        for part in path.split("__"):
            value = getattr(value, part, None)
        values.append(value)
    return column.write(*values) if column.write else values[0]


def _first(*values: Any) -> Any:
    for value in values:
        if value not in (None, ""):
            return value
    return None


def _some(value: Any) -> Any:
    return value if value not in (None, "") else None


def _number(value: Any) -> Any:
    """Take needless zeros off: 280.00 → 280."""
    if not isinstance(value, Decimal):
        return value
    whole = value.to_integral_value()
    return int(whole) if whole == value else value.normalize()


def _range(low: Any, high: Any) -> Any:
    if low is None or high is None or low == high:
        return _number(low if low is not None else high)
    return f"{_number(low)}-{_number(high)}"


def _local(value: datetime | None) -> datetime | None:
    return timezone.localtime(value).replace(tzinfo=None) if value else None
