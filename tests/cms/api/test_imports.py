"""Importing by API: same permissions, same pipeline."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import APIToken

from content.registers.unions import Union
from exports.imports.models import ImportJob
from tests.exports.imports.conftest import HEADERS, union_row

pytestmark = pytest.mark.django_db


def table(*rows):
    text = "\n".join(",".join(map(str, row)) for row in [HEADERS, *rows])
    return SimpleUploadedFile("名册.csv", text.encode("gb18030"))


@pytest.fixture
def bearer(superuser):
    return {"HTTP_AUTHORIZATION": f"Bearer {APIToken.create_token(user=superuser, name='t')[1]}"}


def upload(client, bearer, *rows, register="unions", **fields):
    return client.post(f"/api/v3/imports/{register}/", {"file": table(*rows), **fields}, **bearer)


def test_a_file_is_checked_and_waits_for_confirmation(client, bearer):
    answer = upload(client, bearer, union_row(1), union_row(2, 职工人数="若干"))
    assert answer.status_code == 201
    told = answer.json()
    assert (told["state"], told["register"]) == ("previewed", "unions")
    assert (told["counts"]["new"], told["counts"]["error"]) == (1, 1)
    assert [(error["row"], error["code"]) for error in told["errors"]] == [(3, "not_a_number")]
    assert client.get(told["url"], **bearer).json() == told
    assert client.post(f"{told['url']}commit/", **bearer).status_code == 409
    assert not Union.objects.exists()


def test_a_good_file_is_written_at_once_when_asked_and_only_once(client, bearer):
    told = upload(client, bearer, union_row(1), union_row(2), commit="true").json()
    assert (told["state"], Union.objects.count()) == ("committed", 2)
    assert client.post(f"{told['url']}commit/", **bearer).status_code == 409
    assert Union.objects.count() == 2


def test_errors_may_be_skipped(client, bearer):
    told = upload(client, bearer, union_row(1), union_row(2, 职工人数="若干"), commit="true", on_error="skip").json()
    assert (told["state"], Union.objects.count()) == ("committed", 1)


def test_a_file_that_cannot_be_read_says_why(client, bearer):
    told = client.post("/api/v3/imports/unions/", {"file": SimpleUploadedFile("a.xlsx", b"%PDF-1.7")}, **bearer).json()
    assert (told["state"], told["error_code"]) == ("failed", "not_a_spreadsheet")


def test_nobody_without_a_token_and_nobody_without_permission(client, bearer, make_user, root_client):
    assert upload(client, {}, union_row(1)).status_code == 401  # a session is no token
    revoked = APIToken.objects.get()
    revoked.revoke()
    assert upload(client, bearer, union_row(1)).status_code == 401
    token = APIToken.create_token(user=make_user("li"), name="t")[1]
    li = {"HTTP_AUTHORIZATION": f"Bearer {token}"}
    assert upload(client, li, union_row(1)).status_code == 403
    assert not ImportJob.objects.exists()


def test_the_job_of_another_is_not_found(client, bearer, make_user):
    told = upload(client, bearer, union_row(1)).json()
    li = {"HTTP_AUTHORIZATION": f"Bearer {APIToken.create_token(user=make_user('li'), name='t')[1]}"}
    assert client.get(told["url"], **li).status_code == 404
    assert client.post(f"{told['url']}commit/", **li).status_code == 404


def test_an_unknown_register_is_not_found(client, bearer):
    assert upload(client, bearer, union_row(1), register="nothing").status_code == 404
