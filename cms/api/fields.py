"""Fields of the answers, derived from a register's public columns: where each value comes from, how it reads, its type.

Rows go straight from `values_list` to JSON: no model instances, no serializer a row.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal

from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Cast
from django.utils import translation
from ninja import Schema
from pydantic import Field, TypeAdapter, create_model
from wagtail.images import get_image_model

from content.core import divisions
from content.core.models import RegisterRow
from content.core.register import Column, Register


class Reference(Schema):
    """A row of another register, or a division, by its code."""

    code: str
    name: str


class Picture(Schema):
    url: str = Field(description="图片地址，相对于本站")
    title: str


class RowPicture(Schema):
    url: str = Field(description="图片地址，相对于本站")
    alt: str = Field(description="替代文字：画面里有什么")
    caption: str = Field(description="图注，可能为空")
    width: int = Field(description="宽（像素）")
    height: int = Field(description="高（像素）")


TYPES: tuple[tuple[Any, Any], ...] = (
    (models.DateTimeField, datetime),
    (models.DateField, date),
    (models.BooleanField, bool),
    (models.IntegerField, int),
)


@dataclass(frozen=True, slots=True)
class AnswerField:
    """One field of an answer.

    sources: what `values_list` reads for it. read: those values → the JSON value; None when it is the only source as
    it stands. gather: for what other tables say of a row, all its source's values → those that have something, with
    it; read once for all rows of an answer, none is an empty list. type: its type in the OpenAPI document.
    """

    name: str
    label: str
    sources: tuple[Any, ...]
    read: Callable[..., Any] | None
    type: Any
    gather: Callable[[Sequence[Any]], Mapping[Any, Any]] | None = None


def fields_of(register: Register) -> list[AnswerField]:
    """Return the fields of a register's answers: its key, its public columns in order, its page, its last change."""
    found = [
        AnswerField(
            "key",
            "记录标识，用于详情地址",
            key_sources(register),
            _joined if len(key_sources(register)) > 1 else None,
            str,
        )
    ]
    for column in register.public_columns:
        found += _of_column(register, column)
    if register.pictures:
        told = "全部图片，按次序；第一张也是 photo"
        found.append(AnswerField("pictures", told, ("pk",), None, list[RowPicture], gather=_pictures_of(register)))
    if hasattr(register.model, "get_absolute_url"):
        found.append(AnswerField("url", "公开页面地址，相对于本站", ("code",), _page_of(register), str))
    found.append(AnswerField("updated_at", "最后更新时间", ("updated_at",), None, datetime))
    return found


def json_type(field: AnswerField) -> str:
    """Return the field's JSON type, or the format of a text that is a date."""
    schema = TypeAdapter(field.type).json_schema()
    schema = schema.get("anyOf", [schema])[0]
    return str(schema.get("format") or schema.get("type") or "object")


def key_sources(register: Register) -> tuple[str, ...]:
    """Return the lookups whose values, joined by "~", tell one row from another in addresses."""
    if _has(register.model, "code"):
        return ("code",)
    return tuple(f"{name}__code" if register.model._meta.get_field(name).is_relation else name for name in register.key)


def _of_column(register: Register, column: Column) -> list[AnswerField]:
    field, name, label = register.model_field(column), column.key, register.header(column)
    if field.is_relation:
        return _of_relation(register, column, label)
    if field.choices:
        choices = {value: {"value": value, "label": said} for value, said in choices_of(field).items()}
        return [AnswerField(name, label, (field.attname,), choices.get, _choice_type(register, column) | None)]
    if column.parts:
        allowed: Any = Literal[column.parts]
        return [AnswerField(name, label, (field.attname,), _parts, list[allowed])]
    found = [_of_plain(name, label, field)]
    if column.upper:
        upper: Any = register.model._meta.get_field(column.upper)
        found.append(_of_plain(column.upper, str(upper.verbose_name), upper))
    return found


def _of_plain(name: str, label: str, field: models.Field[Any, Any]) -> AnswerField:
    source: Any = field.attname
    kind: Any
    if isinstance(field, models.DecimalField):
        kind, source = float, Cast(field.attname, models.FloatField())
    else:
        kind = next((kind for kinds, kind in TYPES if isinstance(field, kinds)), str)
    return AnswerField(name, label, (source,), None, kind | None if field.null else kind)


def _of_relation(register: Register, column: Column, label: str) -> list[AnswerField]:
    field: Any = register.model_field(column)
    if column.field == "division":
        return [AnswerField(column.key, label, (field.attname,), _division, Reference | None)]
    if field.related_model is get_image_model():
        sources = (f"{field.name}__file", f"{field.name}__title")
        return [AnswerField(column.key, label, sources, _picture, Picture | None)]
    if column.name or not issubclass(field.related_model, RegisterRow):
        return []  # the reference stands under its own name already
    other: Register = field.related_model.register
    # A row that is not published itself is not named either.
    shown = _through(other.published, field.name)
    named = tuple(Case(When(shown, then=F(f"{field.name}__{part}"))) for part in ("code", other.title_field))
    return [AnswerField(column.key, label, named, _reference, Reference | None)]


def choices_of(field: models.Field[Any, Any]) -> dict[Any, str]:
    """Return value → Chinese label."""
    with translation.override("zh-hans"):
        return {value: str(label) for value, label in field.flatchoices if value not in (None, "")}


def _choice_type(register: Register, column: Column) -> Any:
    values = tuple(choices_of(register.model_field(column)))
    allowed: Any = Literal[values]
    return create_model(
        f"{register.model.__name__}{column.key.title().replace('_', '')}",
        __base__=Schema,
        value=(allowed, ...),
        label=(str, ...),
    )


def _parts(value: str) -> list[str]:
    return value.split("、") if value else []


def _division(code: str | None) -> dict[str, str] | None:
    return None if code is None else {"code": code, "name": divisions.full_names().get(code, "")}


def _reference(code: str | None, name: str | None) -> dict[str, str] | None:
    return None if code is None else {"code": code, "name": name or ""}


def _picture(file: str | None, title: str | None) -> dict[str, str] | None:
    return None if not file else {"url": default_storage.url(file), "title": title or ""}


def _joined(*values: Any) -> str:
    return "~".join(str(value) for value in values)


def _pictures_of(register: Register) -> Callable[[Sequence[Any]], Mapping[Any, Any]]:
    model: Any = register.model._meta.get_field(register.pictures).related_model
    row = model.link().attname
    sources = ("alt_text", "image__description", "caption", "image__file", "image__width", "image__height")

    def gather(keys: Sequence[Any]) -> Mapping[Any, Any]:
        found: dict[Any, list[Any]] = {}
        pictures = model.objects.filter(**{f"{row}__in": keys}).order_by("sort_order", "pk").values_list(row, *sources)
        for key, alt, described, caption, file, width, height in pictures:
            told = {"url": default_storage.url(file), "alt": alt or described, "caption": caption}
            found.setdefault(key, []).append({**told, "width": width, "height": height})
        return found

    return gather


def _page_of(register: Register) -> Callable[[str], str]:
    @lru_cache(maxsize=1)
    def around() -> list[str]:  # addresses are known only after all of them are read
        return register.model(code="CODE").get_absolute_url().split("CODE")  # type: ignore[attr-defined]

    return lambda code: code.join(around())


def _through(condition: Q, name: str) -> Q:
    """Return a condition on rows as a condition on those that refer to them by field `name`."""
    moved: list[Any] = []
    for child in condition.children:
        if isinstance(child, Q):
            moved.append(_through(child, name))
        else:
            lookup, value = child  # type: ignore[misc]
            moved.append((f"{name}__{lookup}", value))
    moved = moved or [(f"{name}__isnull", False)]
    return Q(*moved, _connector=condition.connector, _negated=condition.negated)


def _has(model: type[models.Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.concrete_fields)
