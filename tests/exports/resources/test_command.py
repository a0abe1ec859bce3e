"""`export_register`: formats, filters, scope, and messages that say what to do."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import ModelLogEntry

from content.registers.bases import Base
from exports.files import read_workbook

pytestmark = pytest.mark.django_db


def run(*args):
    out = StringIO()
    call_command("export_register", *map(str, args), stdout=out)
    return out.getvalue()


def cells(path):
    return [row for _number, row in read_workbook(path).sheets[0].rows]


def test_writes_every_row(tmp_path, bases):
    assert "3" in run("bases", tmp_path / "a.xlsx")
    assert len(cells(tmp_path / "a.xlsx")) == 4


@pytest.mark.parametrize(
    ("filters", "codes"),
    [
        (["division=吴中区"], {"JD3205060001", "JD3205060002"}),
        (["division=320500", "status=已授牌"], {"JD3205060001"}),
        (["division=苏州", "division=锦江区"], {"JD3205060001", "JD3205060002", "JD5101040001"}),
        (["kind=旅游民宿", "price_min=300"], {"JD3205060001"}),
        (["status=applied"], {"JD3205060002"}),
        (["q=康养院"], {"JD5101040001"}),
        (["seasons=春"], {"JD3205060001"}),
    ],
)
def test_filters(tmp_path, bases, filters, codes):
    run("bases", tmp_path / "a.json", *(part for text in filters for part in ("--filter", text)))
    assert {row["code"] for row in json.loads((tmp_path / "a.json").read_text())} == codes


def test_scope_of_a_user(tmp_path, bases, make_user):
    user = make_user("wuzhong", divisions=["320506"], is_staff=True)
    with pytest.raises(CommandError):
        run("bases", tmp_path / "a.csv", "--user", user.username)
    user.is_superuser = True
    user.save()
    run("bases", tmp_path / "a.csv", "--user", user.username)
    assert len(cells(tmp_path / "a.csv")) == Base.objects.count() + 1


def test_personal_data_takes_a_reason_and_is_logged(tmp_path, bases):
    run("bases", tmp_path / "a.csv")
    assert "13900000001" not in (tmp_path / "a.csv").read_text("utf-8-sig")
    run("bases", tmp_path / "a.csv", "--personal", "年度复核")
    assert "13900000001" in (tmp_path / "a.csv").read_text("utf-8-sig")
    assert ModelLogEntry.objects.filter(action="registers.export", data__reason="年度复核").count() == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("nothing", "a.csv"),
        ("bases", "a.exe"),
        ("bases", "no/such/folder/a.csv"),
        ("bases", "a.csv", "--filter", "nothing=1"),
        ("bases", "a.csv", "--filter", "division"),
        ("bases", "a.csv", "--filter", "division=某某市"),
        ("bases", "a.csv", "--filter", "kind=不存在"),
        ("bases", "a.csv", "--filter", "price_min=abc"),
        ("bases", "a.csv", "--user", "nobody"),
        ("bases", "a.csv", "--columns", "nothing"),
        ("bases", "a.csv", "--columns", "name,manager"),
    ],
)
def test_says_what_is_wrong(tmp_path, bases, arguments):
    slug, name, *rest = arguments
    with pytest.raises(CommandError) as caught:
        run(slug, tmp_path / name, *rest)
    assert str(caught.value)
    assert not (tmp_path / name).exists()


def test_pdf(tmp_path, bases):
    run("bases", tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("columns", ["kind,name", "基地类型，基地名称", "kind、基地名称"])
def test_columns_in_the_order_wanted(tmp_path, bases, columns):
    run("bases", tmp_path / "a.csv", "--columns", columns)
    assert cells(tmp_path / "a.csv")[0] == ["基地类型", "基地名称"]


def test_a_range_stays_two_values_in_json_lines(tmp_path, bases):
    run("bases", tmp_path / "a.jsonl", "--columns", "name,price", "--filter", "q=太湖")
    assert json.loads((tmp_path / "a.jsonl").read_text()) == {
        "name": "示例·太湖明月民宿（吴中店）", "price": 280, "price_to": 320.5,
    }  # fmt: skip


def test_personal_columns_are_named_in_the_log(tmp_path, bases):
    run("bases", tmp_path / "a.csv", "--columns", "name,manager_phone", "--personal", "年度复核")
    entry = ModelLogEntry.objects.get(action="registers.export")
    assert entry.data["personal_columns"] == ["负责人电话"]
