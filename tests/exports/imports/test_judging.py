"""What the check says about a row: everything at once, and nothing that only follows from something else."""

import pytest

from .conftest import HEADERS, credit_code, union_row

pytestmark = pytest.mark.django_db


def test_rules_run_on_what_is_good_beside_what_is_wrong(import_file, book) -> None:
    headers = [*HEADERS, "女职工人数", "建会时间"]
    rows = [
        [*union_row(1, 职工人数=100, 会员人数=300), "很多", "2099-01-01"],
        [*union_row(2, 职工人数="若干", 会员人数=300), 5, "2020-01-01"],
        [*union_row(3, 工会名称=None, 会员人数=300), 5, "2020-01-01"],
    ]
    result = import_file("unions", book([headers, *rows]), "--dry-run")
    found = {(error["row"], error["code"]) for error in result.json["errors"]}
    assert found == {
        (2, "not_a_number"),
        (2, "part_exceeds_whole"),
        (2, "date_in_future"),
        (3, "not_a_number"),  # members against employees cannot be told
        (4, "required"),
        (4, "part_exceeds_whole"),
    }


def test_every_row_that_shares_a_key_is_named(import_file, book) -> None:
    rows = [
        union_row(1),
        union_row(2, 工会统一社会信用代码=credit_code(1)),
        union_row(3, 工会名称="示例·第2号公司工会"),
    ]
    errors = import_file("unions", book([HEADERS, *rows]), "--dry-run").json["errors"]
    assert [(error["row"], error["code"]) for error in errors] == [(3, "duplicate_in_file"), (4, "duplicate_in_file")]
    assert "第 2 行" in errors[0]["message"]
    assert "第 3 行" in errors[1]["message"]


def test_a_reference_whose_formula_failed_is_an_error_of_its_cell(import_file, book) -> None:
    rows = [[*union_row(1), "#N/A"], [*union_row(2), "示例·第1号公司工会"]]
    errors = import_file("unions", book([[*HEADERS, "上级工会"], *rows]), "--dry-run").json["errors"]
    assert [(error["row"], error["column"], error["code"]) for error in errors] == [(2, "上级工会", "formula_error")]
