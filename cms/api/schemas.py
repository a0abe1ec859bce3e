"""The pydantic schemas of the register endpoints: they make the OpenAPI document precise, and tests hold answers to it."""

from typing import Any

from ninja import Schema
from pydantic import Field, create_model

from content.core.register import Register

from .fields import fields_of


class ColumnInfo(Schema):
    name: str = Field(description="字段名")
    label: str = Field(description="中文表头")
    type: str = Field(description="JSON 类型；date 和 date-time 为 ISO 8601 文本")
    filters: list[str] = Field(description="可用来筛选它的参数")


class RegisterInfo(Schema):
    slug: str = Field(description="名录标识")
    name: str = Field(description="名录名称")
    count: int = Field(description="公开的记录数")
    url: str = Field(description="列表地址")
    columns: list[ColumnInfo]


class RegisterList(Schema):
    count: int
    items: list[RegisterInfo]


class Problem(Schema):
    """RFC 9457 的问题说明。"""

    type: str
    title: str
    status: int
    detail: str = ""
    errors: list[dict[str, Any]] | None = None


def build_schema(register: Register) -> type[Schema]:
    """Return the schema of one row: the register's own of `faces["schema"]`, else one derived from its columns."""
    if own := register.faces.get("schema"):
        return own
    given: dict[str, Any] = {field.name: (field.type, Field(description=field.label)) for field in fields_of(register)}
    return create_model(register.model.__name__, __base__=Schema, **given)


def build_list_schema(register: Register, row: type[Schema]) -> type[Schema]:
    """Return the schema of a list: `count` of all that match, `items` of the part asked for."""
    return create_model(
        f"{register.model.__name__}List",
        __base__=Schema,
        count=(int, Field(description="符合条件的记录总数")),
        items=(list[row], ...),  # type: ignore[valid-type]
    )
