"""The registers for everyone: `/registers/`, and a list and a row of each. Anonymous, read-only, published rows only."""

from collections.abc import Callable, Iterable
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import Path, Query, Router
from pydantic_core import to_json

from content.core.faces.drawn import drawn
from content.core.freshness import remembered
from content.core.register import Register, registers

from .answers import Projection, answer
from .fields import AnswerField, fields_of, json_type, key_sources
from .parameters import apply, build_filters, build_parameters, what_is_kept
from .problems import invalid, missing, unknown_parameters
from .schemas import Problem, RegisterList, build_list_schema, build_schema


def build_router() -> Router:
    """Return the router of every register that shows anything to the public."""
    router = Router(tags=["名录"], auth=None)
    shown = [register for register in registers() if register.public_columns]
    router.get(
        "/",
        response={200: RegisterList},
        openapi_extra=_problems({422: "参数有误"}),
        operation_id="list_registers",
        summary="有哪些名录",
        description="全部公开名录，及各自的字段、中文表头和类型。",
    )(_index_view(shown))
    with translation.override("zh-hans"):
        for register in shown:
            _add(router, register)
    return router


def _add(router: Router, register: Register) -> None:
    row, title = build_schema(register), str(register.verbose_name)
    router.get(
        f"/{register.slug}/",
        response={200: build_list_schema(register, row)},
        openapi_extra=_problems({422: "参数有误"}),
        operation_id=f"list_{register.slug}",
        url_name=f"registers_{register.slug}",
        summary=f"{title}列表",
        description="已公布的记录。用 limit 和 offset 分页；参数名有误或值不合要求时返回 422。",
    )(_list_view(register))
    router.get(
        f"/{register.slug}/{{key}}/",
        response={200: row},
        openapi_extra=_problems({404: "没有这条记录，或未公布", 422: "参数有误"}),
        operation_id=f"get_{register.slug}",
        summary=f"一条{title}",
        description="按列表中的 key 取一条已公布的记录。",
    )(_row_view(register))


def _problems(told: dict[int, str]) -> dict[str, Any]:
    """Document problems under their own media type, which ninja's `response` cannot name."""
    content = {"application/problem+json": {"schema": Problem.model_json_schema()}}
    return {"responses": {status: {"description": why, "content": content} for status, why in told.items()}}


def _index_view(shown: list[Register]) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        if wrong := unknown_parameters(request, ()):
            return invalid(wrong)
        with translation.override("zh-hans"):
            items = [_describe(register) for register in shown]
        return answer(request, to_json({"count": len(items), "items": items}))

    return view


def _list_view(register: Register) -> Callable[..., HttpResponse]:
    fields, parameters = fields_of(register), build_parameters(register)
    projection, known = Projection(fields), frozenset(parameters.model_fields)
    public = register.public_rows()

    def read(rows: QuerySet[Any]) -> Iterable[tuple[Any, Any]]:
        return ((values[-1], values) for values in projection.of(rows))

    def view(request: HttpRequest, params: Any) -> HttpResponse:
        if wrong := unknown_parameters(request, known):
            return invalid(wrong)
        rows = apply(register, public, params)
        count = remembered(rows.order_by().count, "API count", what_is_kept(params), register=register.slug)
        part = rows[params.offset : params.offset + params.limit]
        items = drawn(register, part, "JSON", projection.texts, read=read) if count > params.offset else []
        return answer(request, f'{{"count":{count},"items":[{",".join(items)}]}}'.encode())

    view.__annotations__["params"] = Annotated[parameters, Query()]
    return view


def _row_view(register: Register) -> Callable[..., HttpResponse]:
    projection, sources = Projection(fields_of(register)), key_sources(register)
    public = projection.of(register.public_rows())

    def view(
        request: HttpRequest, key: Annotated[str, Path(description="列表中的 key", max_length=100)]
    ) -> HttpResponse:
        if wrong := unknown_parameters(request, ()):
            return invalid(wrong)
        found = []
        parts = key.split("~")
        if len(parts) == len(sources) and "\0" not in key and _readable(register, sources, parts):
            found = projection.items(public.filter(**dict(zip(sources, parts, strict=True)))[:1])
        if not found:
            return missing(_("No published row has this key; take keys from the list."))
        return answer(request, to_json(found[0]))

    return view


def _readable(register: Register, sources: tuple[str, ...], parts: list[str]) -> bool:
    """Tell whether the parts of a key can be looked up: a year must be digits, and not too many."""
    fields = [register.model._meta.get_field(source) for source in sources if "__" not in source]
    plain = [part for source, part in zip(sources, parts, strict=True) if "__" not in source]
    return all(
        field.get_internal_type() == "CharField" or (part.isascii() and part.isdigit() and len(part) < 5)
        for field, part in zip(fields, plain, strict=True)
    )


def _describe(register: Register) -> dict[str, Any]:
    return {
        "slug": register.slug,
        "name": str(register.verbose_name_plural),
        "count": register.public_rows().count(),
        "url": reverse(f"wagtailapi_v3:registers_{register.slug}"),
        "columns": [
            {"name": field.name, "label": field.label, "type": json_type(field), "filters": _filters(register, field)}
            for field in fields_of(register)
        ],
    }


def _filters(register: Register, field: AnswerField) -> list[str]:
    column = register.by_key.get(field.name)
    return [name for name, filter_ in build_filters(register).items() if column and filter_.field_name == column.field]
