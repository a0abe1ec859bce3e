"""Several sheets of one file, read as one import: every row stays tied to its sheet."""

import io

import openpyxl
import pytest
from django.urls import reverse

from content.core.models import RegisterLogEntry
from content.registers.unions import Union
from exports.imports import queueing, services
from exports.imports.models import ImportEdit, ImportJob

from .conftest import HEADERS, union_row

pytestmark = pytest.mark.django_db

FIRST = [["锦江区花名册"], HEADERS, union_row(1), union_row(2, 职工人数="很多")]
SECOND = [HEADERS, union_row(3), union_row(1), union_row(4, 职工人数="若干")]
OTHER = [["代码", "名称"], ["1", "甲"]]


@pytest.fixture
def job(book, import_file):
    """Return the job of a file of two sheets with the same header below different titles, and of a third."""
    path = book(FIRST, sheet="一区", more={"二区": SECOND, "字典": OTHER})
    result = import_file("unions", path, "--all-sheets", "--dry-run")
    assert result.code == 1
    return ImportJob.objects.get(pk=result.json["job"])


def test_rows_are_counted_through_and_errors_name_sheet_and_row(job, book, import_file):
    assert [part["name"] for part in job.sheets] == ["一区", "二区"]
    assert (job.counts["new"], job.counts["error"]) == (2, 3)
    result = import_file("unions", book(FIRST, sheet="一区", more={"二区": SECOND}), "--all-sheets", "--dry-run").json
    found = [(error["sheet"], error["row"], error["code"]) for error in result["errors"]]
    assert found[0] == ("一区", 4, "not_a_number")
    assert found[-1] == ("二区", 4, "not_a_number")
    twin = result["errors"][1]
    assert (twin["sheet"], twin["row"], twin["code"]) == ("二区", 3, "duplicate_in_file")
    assert "一区!3" in twin["message"]


def test_sheets_are_chosen_by_name(book, import_file):
    path = book(FIRST, sheet="一区", more={"二区": SECOND, "三区": [HEADERS, union_row(9)]})
    result = import_file("unions", path, "--sheet", "三区", "--sheet", "二区", "--dry-run")
    job = ImportJob.objects.get(pk=result.json["job"])
    assert [part["name"] for part in job.sheets] == ["二区", "三区"]
    assert job.counts["new"] == 3
    assert "一区" in "".join(job.notes)


def test_sheets_of_different_headers_do_not_go_together(book, import_file):
    path = book(FIRST, sheet="一区", more={"字典": OTHER})
    result = import_file("unions", path, "--sheet", "一区", "--sheet", "字典", "--dry-run")
    assert result.code == 2
    assert result.json["errors"][0]["code"] == "sheets_differ"
    assert import_file("unions", path, "--sheet", "不存在").json["errors"][0]["code"] == "sheet_missing"


def test_screens_edits_rejected_rows_and_history_name_the_sheet(job, root_client):
    page = root_client.get(reverse("imports:job", args=[job.pk])).content.decode()
    assert "二区!4" in page
    number = job.number("二区", 4)
    answer = root_client.get(reverse("imports:rejected", args=[job.pk]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert "第 二区!4 行" in "".join(str(row[-1]) for sheet in book for row in sheet.values)
    root_client.post(reverse("imports:row", args=[job.pk, number]), {"cell-4": "300"})
    edit = ImportEdit.objects.get()
    assert (edit.sheet, edit.number, edit.new) == ("二区", 4, "300")
    job.refresh_from_db()
    assert job.counts["new"] == 3
    page = root_client.get(reverse("imports:job", args=[job.pk]), {"show": "new"}).content.decode()
    assert "若干" in page
    root_client.post(reverse("imports:policy", args=[job.pk]), {"on_error": "skip"})
    root_client.post(reverse("imports:commit", args=[job.pk]))
    union = Union.objects.get(name="示例·第4号公司工会")
    entry = RegisterLogEntry.objects.get(object_id=str(union.pk), action="imports.create")
    assert (entry.data["sheet"], entry.data["row"]) == ("二区", 4)
    assert "二区!4" in entry.message


def test_changes_stay_with_their_sheet_when_others_are_chosen(job, root_client):
    root_client.post(reverse("imports:row", args=[job.pk, job.number("二区", 4)]), {"cell-4": "300"})
    job.refresh_from_db()
    services.answer(job, {"sheets": ["二区"]})
    queueing.check(job)
    assert job.sheets == [{"name": "二区", "offset": 0, "header_rows": [1]}]
    assert (job.counts["new"], job.counts["error"]) == (3, 0)
    assert Union.objects.count() == 0
