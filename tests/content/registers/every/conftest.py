"""Sample files that fit any register, made from its declaration alone."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import models
from stdnum.cn import uscc

from content.core import cleaning
from content.core.models import Division
from content.core.register import Column, Register, get_register, registers

PLACE = "510104"
_serial = itertools.count(1)


def credit_code(serial: int) -> str:
    body = f"81510104MC{serial:07d}"
    return body + uscc.calc_check_digit(body)


def sample_cell(register: Register, column: Column, number: int, *, place: str) -> str:
    """Return what a clerk might type into a column, by the type of its field."""
    field, position = register.model_field(column), register.columns.index(column)
    if field.is_relation:
        if field.related_model is Division:
            return Division.objects.get(pk=place).full_name
        return ""
    if column.field == register.title_field:
        return f"示例·{register.verbose_name}{number}号"
    if column.field == "code":
        return f"{register.code_prefix}{place}{number:04d}"
    if column.clean is cleaning.credit_code:
        return credit_code(number)
    if column.example:
        return column.example
    if field.choices:
        _value, label = next(iter(field.choices))
        return str(label)
    known = {"year": "2024", "longitude": "104.08", "latitude": "30.65"}
    if column.field in known:
        return known[column.field]
    if isinstance(field, models.DateField):
        return (date(2020, 1, 1) + timedelta(days=31 * position)).strftime("%Y年%m月%d日")
    if isinstance(field, models.BooleanField):
        return "是"
    if isinstance(field, models.IntegerField | models.DecimalField):
        return str(90 - position)  # falls from left to right, so that a part never exceeds its whole
    return "13800000000" if "phone" in column.field else f"示例{register.header(column)}"


@pytest.fixture
def sample_file(tmp_path: Path) -> Callable[..., Path]:
    """Return a maker of CSV files: `sample_file(register, rows=3)` has a title row, Chinese headers and good rows."""

    def make(register: Register, *, rows: int = 3, place: str = PLACE) -> Path:
        columns = [column for column in register if column.importable]
        lines = []
        for number in range(1, rows + 1):
            cells = {column.key: sample_cell(register, column, number, place=place) for column in columns}
            for column in columns:
                related = register.model_field(column).related_model
                if related is not None and related is not Division and register.is_required(column):
                    cells[column.key] = referenced(related.register, number, column, place=place)
            lines.append([cells[column.key] for column in columns])
        file = tmp_path / f"{register.slug}-{next(_serial)}.csv"
        with file.open("w", encoding="gb18030", newline="") as target:
            csv.writer(target).writerows(
                [[f"示例市{register.verbose_name}登记表"], [register.header(column) for column in columns], *lines]
            )
        return file

    def referenced(other: Register, number: int, column: Column, *, place: str) -> str:
        """Return how a cell names row `number` of another register, which is imported first."""
        title = f"示例·{other.verbose_name}{number}号"
        if not other.model.objects.filter(name=title).exists():
            call_command("import_register", other.slug, str(make(other, rows=number, place=place)), verbosity=0)
        return str(getattr(other.model.objects.get(name=title), column.lookups[0]))

    return make


@pytest.fixture(params=[register.slug for register in registers()])
def register(request) -> Register:
    """Every register of the house, one after the other."""
    return get_register(request.param)
