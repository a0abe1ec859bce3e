"""Spreadsheets as people send them, and the command that imports them."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from django.core.management import call_command
from stdnum.cn.uscc import calc_check_digit

HEADERS = ["工会名称", "工会统一社会信用代码", "行政区划", "工会类型", "职工人数", "会员人数"]


def credit_code(number: int) -> str:
    """Return a valid code of a grassroots union."""
    stem = f"81510104MC{number:07d}"
    return stem + calc_check_digit(stem)


def union_row(number: int, **cells: Any) -> list[Any]:
    """Return a clean row below HEADERS."""
    row = {
        "工会名称": f"示例·第{number}号公司工会",
        "工会统一社会信用代码": credit_code(number),
        "行政区划": "成都市锦江区",
        "工会类型": "独立基层",
        "职工人数": 100,
        "会员人数": 80,
    } | cells
    return [row[header] for header in HEADERS]


class Result(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.out)

    @property
    def counts(self) -> dict[str, int]:
        return self.json["counts"]


def command(name: str, *args: Any) -> Result:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(name, *map(str, args), stdout=out, stderr=err)
        code = 0
    except SystemExit as stop:
        code = stop.code
    return Result(code, out.getvalue(), err.getvalue())


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """Return a writer of workbooks: `book([rows…], sheet="花名册", more={"说明": [rows…]})`."""

    def write(rows: list[list[Any]], *, name: str = "名册.xlsx", sheet: str = "Sheet1", more: Any = None) -> Path:
        workbook = openpyxl.Workbook()
        for title, content in {sheet: rows, **(more or {})}.items():
            page = workbook.create_sheet(title)
            for row in content:
                page.append(row)
        workbook.remove(workbook.worksheets[0])
        workbook.save(tmp_path / name)
        return tmp_path / name

    return write


@pytest.fixture
def import_file(db: None) -> Callable[..., Result]:
    """Run `import_register … --json`."""
    return lambda register, path, *args: command("import_register", register, path, "--json", *args)
