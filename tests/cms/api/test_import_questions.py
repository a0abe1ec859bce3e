"""Questions about a file by API: answered beforehand with the upload, or when the job says that it waits."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from msoffcrypto.format.ooxml import OOXMLFile
from wagtail.models import APIToken

from exports.imports.models import ImportJob
from tests.exports.imports.conftest import HEADERS, union_row

pytestmark = pytest.mark.django_db
SECRET = "太湖Moon!2024"


@pytest.fixture
def bearer(superuser):
    return {"HTTP_AUTHORIZATION": f"Bearer {APIToken.create_token(user=superuser, name='t')[1]}"}


def workbook(sheets, *, hidden=(), password=""):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    for row in hidden:
        book.worksheets[0].row_dimensions[row].hidden = True
    content = io.BytesIO()
    book.save(content)
    if password:
        sealed = io.BytesIO()
        OOXMLFile(content).encrypt(password, sealed)
        content = sealed
    return SimpleUploadedFile("名册.xlsx", content.getvalue())


def post(client, bearer, file, **fields):
    return client.post("/api/v3/imports/unions/", {"file": file, **fields}, **bearer).json()


def test_a_password_comes_with_the_file(client, bearer):
    told = post(
        client, bearer, workbook({"表": [HEADERS, union_row(1)]}, password=SECRET), password=SECRET, commit="true"
    )
    assert told["state"] == "committed"


def test_or_afterwards_and_a_wrong_one_loses_nothing(client, bearer):
    told = post(client, bearer, workbook({"表": [HEADERS, union_row(1)]}, password=SECRET))
    assert (told["state"], told["error_code"]) == ("needs_answer", "password")
    wrong = client.post(f"{told['url']}answers/", {"password": "nein"}, **bearer)
    assert wrong.status_code == 422
    assert "密码不对" in wrong.json()["detail"]
    told = client.post(f"{told['url']}answers/", {"password": SECRET}, **bearer).json()
    assert (told["state"], told["counts"]["new"]) == ("previewed", 1)
    assert SECRET not in str(ImportJob.objects.values().get())


def test_hidden_rows_are_asked_about_or_decided_beforehand(client, bearer):
    rows = {"表": [HEADERS, union_row(1), union_row(2)]}
    told = post(client, bearer, workbook(rows, hidden=[3]), commit="true")
    assert (told["state"], told["error_code"]) == ("needs_answer", "hidden_rows")
    told = client.post(f"{told['url']}answers/", {"hidden": "leave"}, **bearer).json()
    assert (told["state"], told["counts"]["new"], told["counts"]["skipped"]) == ("previewed", 1, 1)
    assert post(client, bearer, workbook(rows, hidden=[3]), hidden="import")["counts"]["new"] == 2
    assert post(client, bearer, workbook(rows, hidden=[3]), hidden="leave")["counts"]["new"] == 1


def test_sheets_are_chosen(client, bearer):
    rows = {"一区": [HEADERS, union_row(1)], "二区": [HEADERS, union_row(2, 职工人数="若干")]}
    told = post(client, bearer, workbook(rows))
    assert (told["state"], told["error_code"]) == ("needs_answer", "sheets")
    answer = client.post(f"{told['url']}answers/", {"sheet": ["一区", "三区"]}, **bearer)
    assert answer.status_code == 422
    told = client.post(f"{told['url']}answers/", {"sheet": ["一区", "二区"]}, **bearer).json()
    assert [(error["sheet"], error["row"]) for error in told["errors"]] == [("二区", 2)]
    assert post(client, bearer, workbook(rows), sheet="一区")["counts"]["new"] == 1


def test_only_those_who_may_import_answer(client, bearer, make_user):
    told = post(client, bearer, workbook({"表": [HEADERS, union_row(1)]}, password=SECRET))
    stranger = APIToken.create_token(user=make_user("stranger"), name="s")[1]
    answer = client.post(f"{told['url']}answers/", {"password": SECRET}, HTTP_AUTHORIZATION=f"Bearer {stranger}")
    assert answer.status_code in (403, 404)
    assert ImportJob.objects.get().state == "needs_answer"
