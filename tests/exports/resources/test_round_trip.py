"""A file that `export_register` wrote and `import_register` reads again changes nothing."""

import contextlib
import json
from io import StringIO

import pytest
from django.core.management import call_command

from content.registers.bases import Base

pytestmark = pytest.mark.django_db


def imported(slug, path, **options):
    out = StringIO()
    with contextlib.suppress(SystemExit):  # the report says what went wrong
        call_command("import_register", slug, str(path), "--json", stdout=out, **options)
    return json.loads(out.getvalue())


@pytest.mark.parametrize("format", ["xlsx", "csv"])
@pytest.mark.parametrize("personal", [(), ("--personal", "核对数据")])
@pytest.mark.parametrize("slug", ["bases", "points", "unions", "ratings"])
def test_nothing_changes(tmp_path, slug, format, personal, bases, ratings):
    path = tmp_path / f"a.{format}"
    call_command("export_register", slug, str(path), *personal, stdout=StringIO())
    report = imported(slug, path)
    assert report["errors"] == []
    assert (report["counts"]["new"], report["counts"]["changed"], report["counts"]["error"]) == (0, 0, 0)
    assert report["counts"]["unchanged"] > 0


def test_a_text_like_a_formula_comes_back_as_it_was(tmp_path, bases):
    call_command("export_register", "bases", str(tmp_path / "a.csv"), stdout=StringIO())
    assert "'=1+1" in (tmp_path / "a.csv").read_text("utf-8-sig")
    Base.objects.filter(code="JD3205060001").update(honours="")
    imported("bases", tmp_path / "a.csv")
    assert Base.objects.get(code="JD3205060001").honours == "=1+1"
