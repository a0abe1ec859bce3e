"""The file with deliberate mistakes, for trying out the import."""

import io
import json

import pytest
from django.core.management import call_command

from cms.demo.make_files import ERRORS, FOLDER
from content.registers.bases import Base


@pytest.mark.django_db
def test_the_file_with_errors_has_each_of_them_and_writes_nothing():
    out = io.StringIO()
    with pytest.raises(SystemExit) as exit_:
        call_command("import_register", "bases", str(FOLDER / ERRORS), "--json", stdout=out)
    assert exit_.value.code == 1
    report = json.loads(out.getvalue())
    assert (report["counts"]["error"], report["counts"]["new"]) == (8, 2)
    assert {error["column"] for error in report["errors"]} >= {
        "统一社会信用代码", "行政区划", "命名日期", "床位数", "预订电话", "基地名称", "价格(元/人/天)",
    }  # fmt: skip
    assert Base.objects.count() == 0
