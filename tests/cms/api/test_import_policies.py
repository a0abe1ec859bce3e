"""Every field of an upload by API does what it says."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import APIToken

from content.registers.unions import Union
from exports.imports.models import ImportJob
from tests.exports.imports.conftest import HEADERS, union_row

pytestmark = pytest.mark.django_db


def table(*rows, headers=HEADERS):
    text = "\n".join(",".join(map(str, row)) for row in [headers, *rows])
    return SimpleUploadedFile("名册.csv", text.encode("gb18030"))


@pytest.fixture
def bearer(superuser):
    return {"HTTP_AUTHORIZATION": f"Bearer {APIToken.create_token(user=superuser, name='t')[1]}"}


@pytest.fixture
def upload(client, bearer):
    def post(*rows, **fields):
        return client.post(
            "/api/v3/imports/unions/", {"file": table(*rows), "commit": "true"} | fields, **bearer
        ).json()

    return post


@pytest.fixture
def union(upload):
    """A union of 100 employees and 80 members, written by an import."""
    upload(union_row(1))
    return Union.objects.get()


@pytest.mark.parametrize(
    ("fields", "employees", "members"),
    [
        ({}, 300, 80),
        ({"conflict": "overwrite", "blank": "clear"}, 300, None),
        ({"conflict": "keep"}, 100, 80),
        ({"conflict": "empty"}, 100, 80),
        ({"conflict": "newer", "as_of": "2001-02-03"}, 100, 80),
        ({"conflict": "newer", "as_of": "2999-02-03"}, 300, 80),
    ],
)
def test_conflicts_and_blanks(upload, union, fields, employees, members) -> None:
    assert upload(union_row(1, 职工人数=300, 会员人数=""), **fields)["state"] == "committed"
    union.refresh_from_db()
    assert (union.employees, union.members) == (employees, members)


@pytest.mark.parametrize(("choice", "state", "count"), [("stop", "previewed", 0), ("skip", "committed", 1)])
def test_rows_with_errors(upload, choice, state, count) -> None:
    told = upload(union_row(1), union_row(2, 职工人数="若干"), on_error=choice)
    assert (told["state"], Union.objects.count()) == (state, count)


def test_warnings_wait_for_a_person(client, bearer) -> None:
    def post(**fields):
        file = table([*union_row(1, 职工人数=12, 会员人数=8), "是"], headers=[*HEADERS, "25人以上"])
        return client.post("/api/v3/imports/unions/", {"file": file, "commit": "true"} | fields, **bearer).json()

    told = post(warnings="stop")
    assert (told["state"], [kind["severity"] for kind in told["findings"]]) == ("previewed", ["warning"])
    answer = client.post(f"{told['url']}commit/", **bearer)
    assert (answer.status_code, answer.json()["errors"][0]["type"]) == (409, "warnings_unseen")
    assert post(warnings="accept")["state"] == "committed"


def test_records_that_the_file_lacks(client, bearer, upload, union) -> None:
    upload(union_row(2))
    told = upload(union_row(1), missing="report")
    assert (told["counts"]["missing"], told["state"]) == (1, "committed")
    assert client.get(f"{told['url']}rows/?show=missing", **bearer).json()["count"] == 1
    wrong = upload(union_row(1), missing="retire", retire="7")
    assert wrong["state"] == "previewed"
    told = upload(union_row(1), missing="retire", retire="1")
    assert (told["state"], told["counts"]["retired"]) == ("committed", 1)
    client.generic("POST", f"{told['url']}undo/", **bearer)
    assert Union.objects.filter(status="active").count() == 2


def test_a_second_person_approves_in_the_back_office(client, bearer, upload, make_user) -> None:
    told = upload(union_row(1), approval="second_person")
    assert (told["state"], Union.objects.count()) == ("submitted", 0)
    other = make_user("second", is_superuser=True)
    client.force_login(other)
    client.post(reverse("imports:approval", args=[told["job"]]), {"do": "approve"})
    assert client.get(told["url"], **bearer).json()["state"] == "committed"


@pytest.mark.parametrize(
    ("rows", "state", "new"), [("2", "previewed", 1), ("", "previewed", 1), ("none", "needs_mapping", 0)]
)
def test_the_header_is_said_beforehand(client, bearer, rows, state, new) -> None:
    file = SimpleUploadedFile("名册.csv", "填报须知,见附件\n".encode("gb18030") + table(union_row(1)).read())
    told = client.post("/api/v3/imports/unions/", {"file": file, "header_rows": rows}, **bearer).json()
    assert (told["state"], told["counts"].get("new", 0)) == (state, new)


def test_the_header_is_said_afterwards(client, bearer) -> None:
    rows = "工会名称,行政区划,职工人数,会员人数,联系电话\n须与公章一致,写到区县,年末数,年末数,手机\n工会名称,行政区划\n示例·甲公司工会,锦江区\n"
    file = SimpleUploadedFile("名册.csv", rows.encode("gb18030"))
    told = client.post("/api/v3/imports/unions/", {"file": file}, **bearer).json()
    assert told["counts"]["error"]
    told = client.post(f"{told['url']}answers/", {"header_rows": "3"}, **bearer).json()
    assert (told["state"], told["counts"]["new"], told["counts"]["error"]) == ("previewed", 1, 0)
    wrong = client.post(f"{told['url']}answers/", {"header_rows": "x"}, **bearer)
    assert wrong.status_code == 422
    assert (
        client.post(f"{told['url']}answers/", {"header_rows": "99"}, **bearer).json()["errors"][0]["type"]
        == "header_rows"
    )
    told = client.post(f"{told['url']}answers/", {"header_rows": "1"}, **bearer).json()
    assert ImportJob.objects.get().header_rows == [1]


@pytest.mark.parametrize(
    "fields",
    [{"conflict": "x"}, {"blank": "x"}, {"missing": "x"}, {"warnings": "x"}, {"approval": "x"}, {"on_error": "x"},
     {"as_of": "gestern"}, {"hidden": "x"}, {"retire": "x"}, {"header_rows": "1-9"}, {"profile": "没有这个"}],
)  # fmt: skip
def test_what_there_is_not_is_refused_before_anything_is_kept(client, bearer, fields) -> None:
    answer = client.post("/api/v3/imports/unions/", {"file": table(union_row(1))} | fields, **bearer)
    assert answer.status_code == 422
    assert answer["Content-Type"].startswith("application/problem+json")
    assert not ImportJob.objects.exists()
