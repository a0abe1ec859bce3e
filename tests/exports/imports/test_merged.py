"""Merged cells of the body stand for every row they cover, where the register allows that."""

import openpyxl
import pytest

from content.core.register import Column, get_register
from exports.imports.models import ImportJob
from exports.imports.values import RowShape

from .conftest import HEADERS, union_row

pytestmark = pytest.mark.django_db


def merged(path, *ranges):
    book = openpyxl.load_workbook(path)
    for found in ranges:
        book.active.merge_cells(found)
    book.save(path)
    return path


def values_of(result):
    job = ImportJob.objects.get(pk=result.json["job"])
    shape = RowShape(job.register.model, job.fields)
    return {n: shape.decode(data) for n, data in job.rows.exclude(data=None).values_list("number", "data")}


def test_a_division_and_a_kind_are_filled_down_but_no_number(book, import_file):
    rows = [union_row(1), union_row(2, 行政区划=None, 工会类型=None, 职工人数=None, 会员人数=None)]
    path = merged(book([HEADERS, *rows]), "C2:C3", "D2:D3", "E2:E3")
    read = values_of(import_file("unions", path, "--dry-run"))
    assert (read[3]["division"], read[3]["kind"]) == ("510104", "grassroots")
    assert read[3]["employees"] is None  # a merged number counts both unions together


def test_a_name_is_not_filled_down(book, import_file):
    path = merged(book([HEADERS, union_row(1), union_row(2, 工会名称=None)]), "A2:A3")
    errors = import_file("unions", path, "--dry-run").json["errors"]
    assert [(error["row"], error["column"], error["code"]) for error in errors] == [(3, "工会名称", "required")]


def test_the_register_may_declare_otherwise():
    register = get_register("unions")
    assert not register.may_fill_down(register.by_key["name"])
    assert not register.may_fill_down(register.by_key["credit_code"])
    assert register.may_fill_down(register.by_key["division"])
    assert register.may_fill_down(Column("name", fill_down=True))
    assert not register.may_fill_down(Column("kind", fill_down=False))
