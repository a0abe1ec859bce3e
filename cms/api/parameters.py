"""What a list may be asked, derived from the filters of the register's public page; names and meanings are the same."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal

import django_filters
from django.db import models
from django.db.models import QuerySet
from django.utils import translation
from modelsearch.backends import get_search_backend
from ninja import Schema
from pydantic import AfterValidator, Field, create_model
from pydantic_core import PydanticCustomError

from content.core import divisions
from content.core.faces import filter_kinds, filters
from content.core.register import Register

DEFAULT_LIMIT, HIGHEST_LIMIT = 20, 100
DEEPEST = 1_000_000
Words = Annotated[str, Field(min_length=1, max_length=filter_kinds.LONGEST, pattern=r"^[^\x00]+$")]

WholeNumber = Annotated[int, Field(ge=0, le=filter_kinds.LARGEST)]
Number = Annotated[float, Field(ge=0, le=filter_kinds.LARGEST, allow_inf_nan=False)]


def _known(code: str) -> str:
    if code not in divisions.full_names():
        raise PydanticCustomError("unknown_division", "unknown division code")
    return code


DivisionCode = Annotated[str, Field(pattern=r"^\d{6}(\d{3})?$"), AfterValidator(_known)]


class ListParameters(Schema):
    """What every list takes."""

    limit: int = Field(DEFAULT_LIMIT, ge=1, le=HIGHEST_LIMIT, description="返回的记录数")
    offset: int = Field(0, ge=0, le=DEEPEST, description="跳过的记录数")


def build_parameters(register: Register) -> type[ListParameters]:
    """Return the parameters of a register's list as a pydantic model: paging, `order`, `q` and its filters."""
    given: dict[str, Any] = {}
    with translation.override("zh-hans"):
        for name, filter_ in build_filters(register).items():
            kind, many, meaning = _type_of(filter_)
            about = f"{filter_.label}：{meaning}"
            most = {"max_length": filters.MOST_VALUES} if many else {}
            given[name] = (list[kind] if many else kind, _optional(about, **most))  # type: ignore[valid-type]
    orders = [sign + name for name in sortable(register) for sign in ("", "-")]
    by_default = "按年度等默认顺序" if register.ordering[0] != "pinyin" else "按拼音"
    about = f"排序字段，前加 - 为倒序；不填时{by_default}，有 q 时按相关程度"
    given["order"] = (Literal[tuple(orders)], _optional(about))
    return create_model(f"{register.model.__name__}Parameters", __base__=ListParameters, **given)


def _optional(description: str, **limits: int) -> Any:
    """A parameter that may be left out, but not be null."""
    return Field(default=None, description=description, json_schema_extra=_without_default, **limits)  # type: ignore[call-overload]


def _without_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


def build_filters(register: Register) -> dict[str, Any]:
    """Return parameter → the filter that applies it."""
    return dict(filters.build_filterset(register).base_filters)


def apply(register: Register, rows: QuerySet[Any], parameters: ListParameters) -> QuerySet[Any]:
    """Return the rows that all parameters keep, in their order."""
    asked = parameters.model_dump(exclude_none=True, exclude_unset=True)
    for name, filter_ in build_filters(register).items():
        if name in asked and name != "q":
            rows = filter_.filter(rows, asked[name])
    if order := asked.get("order"):
        rows = rows.order_by(order, "pk")
    if query := asked.get("q"):
        return get_search_backend().search(query, rows, order_by_relevance=not order).get_queryset()
    return rows if order else rows.order_by(*register.ordering)


def what_is_kept(parameters: ListParameters) -> str:
    """Return the filters as a text that tells one set of rows from another, whatever their order and part."""
    return parameters.model_dump_json(exclude_none=True, exclude_unset=True, exclude={"limit", "offset", "order"})


def sortable(register: Register) -> Iterable[str]:
    """Return the fields by which a list may be sorted: short public ones, pinyin, and the last change."""
    for column in register.public_columns:
        field = register.model_field(column)
        if not field.is_relation and not isinstance(field, models.TextField):
            yield column.field
    yield from ("pinyin", "updated_at")


def _type_of(filter_: Any) -> tuple[Any, bool, str]:
    """Return a parameter's type, whether it may be repeated, and what it means."""
    if isinstance(filter_, filter_kinds.WordsFilter):
        return Words, False, "须全部出现的词，可用中文、拼音或首字母"
    if isinstance(filter_, filter_kinds.DivisionFilter):
        return DivisionCode, True, "区划代码，含其下级，可重复"
    if isinstance(filter_, filter_kinds.ChoicesFilter):
        choices = filter_.extra["choices"]
        meaning = "、".join(str(value) if value == label else f"{value}（{label}）" for value, label in choices)
        return Literal[tuple(value for value, _ in choices)], True, f"{meaning}，可重复"
    if isinstance(filter_, filter_kinds.ValuesFilter):
        if filter_.extra.get("number"):
            return WholeNumber, True, "数值，可重复"
        return Words, True, "与之完全相同，可重复"
    if isinstance(filter_, django_filters.DateFilter):
        return date, False, "起始日期（含）" if filter_.lookup_expr == "gte" else "截止日期（含）"
    whole = filter_.extra.get("decimal_places") == 0
    return WholeNumber if whole else Number, False, "最多" if filter_.lookup_expr == "lte" else "最少"
