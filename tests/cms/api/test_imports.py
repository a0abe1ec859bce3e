"""Importing by API: same permissions, same pipeline."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.models import APIToken

from content.registers.unions import Union
from exports.imports.models import ImportJob
from exports.sources.models import ImportSource
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


def test_the_preview_says_cell_by_cell_what_would_happen(client, bearer):
    upload(client, bearer, union_row(1), commit="true")
    told = upload(client, bearer, union_row(1, 职工人数=120), union_row(2), union_row(3, 职工人数="若干")).json()
    page = client.get(f"{told['url']}rows/?show=changed", **bearer).json()
    assert (page["count"], page["pages"]) == (1, 1)
    cell = next(cell for cell in page["rows"][0]["cells"] if cell["column"] == "职工人数")
    assert (cell["old"], cell["value"], cell["changed"]) == ("100", "120", True)
    wrong = client.get(f"{told['url']}rows/?show=error", **bearer).json()["rows"][0]
    assert any(cell["problems"] for cell in wrong["cells"])
    assert [kind["code"] for kind in told["findings"] if kind["severity"] == "error"] == ["not_a_number"]
    assert client.get(f"{told['url']}rows/?show=nonsense", **bearer).status_code == 422
    assert client.get(f"{told['url']}rows/", **bearer).json()["count"] == 1


def test_an_import_is_undone_whole_or_in_part(client, bearer):
    told = upload(client, bearer, union_row(1), union_row(2), union_row(3), commit="true").json()
    part = client.post(f"{told['url']}undo/", {"rows": "2-3"}, content_type="application/json", **bearer).json()
    assert (part["state"], Union.objects.count()) == ("committed", 1)
    whole = client.generic("POST", f"{told['url']}undo/", **bearer).json()
    assert (whole["state"], Union.objects.count()) == ("undone", 0)
    wrong = client.post(f"{told['url']}undo/", {"rows": "x"}, content_type="application/json", **bearer)
    assert wrong.status_code in (409, 422)


def test_an_import_is_given_up_once(client, bearer):
    told = upload(client, bearer, union_row(1)).json()
    assert client.post(f"{told['url']}cancel/", **bearer).json()["state"] == "cancelled"
    assert client.post(f"{told['url']}cancel/", **bearer).status_code == 409


def test_a_choice_that_is_none_is_refused(client, bearer):
    answer = upload(client, bearer, union_row(1), conflict="nonsense")
    assert (answer.status_code, answer.json()["errors"][0]["type"]) == (422, "policy_unknown")
    assert not ImportJob.objects.exists()
    assert upload(client, bearer, union_row(1), conflict="keep", blank="clear").status_code == 201
    policy = ImportJob.objects.get().policy
    assert (policy["conflict"], policy["blank"]) == ("keep", "clear")


def test_sources_are_told_and_run(client, bearer, superuser, make_user):
    source = ImportSource.objects.create(
        name="示例·每周名册", kind="url", place="https://example.org/a.csv", register_slug="unions", user=superuser,
        every="week", active=False, failures=3, last_error="示例",
    )  # fmt: skip
    (told,) = client.get("/api/v3/imports/sources/", **bearer).json()
    assert (told["source"], told["paused"], told["schedule"], told["last_job"]) == (
        source.pk,
        True,
        "每周一 06:00",
        None,
    )
    assert client.post(f"/api/v3/imports/sources/{source.pk}/run/", **bearer).json()["active"] is True
    source.refresh_from_db()
    assert source.next_run <= timezone.now()
    li = {"HTTP_AUTHORIZATION": f"Bearer {APIToken.create_token(user=make_user('li'), name='t')[1]}"}
    assert client.get("/api/v3/imports/sources/", **li).json() == []
    assert client.post(f"/api/v3/imports/sources/{source.pk}/run/", **li).status_code == 404
