"""While the site is being maintained: readers are told, nobody else is kept out."""

from datetime import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from cms.ops import maintenance

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sign(settings, tmp_path):
    settings.MAINTENANCE_SIGN = tmp_path / "maintenance.json"
    return settings.MAINTENANCE_SIGN


def switch(*arguments: str) -> None:
    call_command("maintenance", *arguments)


def test_readers_are_told_why_and_until_when(client):
    switch("on", "--minutes", "30", "--reason", "正在升级名录，请稍候。")
    response = client.get("/bases/")
    page = response.content.decode()
    assert response.status_code == 503
    assert "网站正在维护" in page
    assert "正在升级名录，请稍候。" in page
    assert f"{timezone.localtime():%Y年}" in page
    assert "12351" in page
    assert 1700 < int(response["Retry-After"]) <= 1800
    assert response["Cache-Control"] == "no-store"
    assert "script-src" not in response["Content-Security-Policy"]


def test_a_page_that_was_kept_is_closed_too(client, settings):
    settings.PAGE_CACHE_SECONDS = 60
    client.get("/bases/")
    switch("on")
    assert client.get("/bases/").status_code == 503
    switch("off")
    assert client.get("/bases/").status_code == 200


def test_programs_get_json(client):
    switch("on")
    answer = client.get("/api/v3/registers/bases/")
    assert (answer.status_code, answer["Content-Type"], answer.json()["status"]) == (
        503,
        "application/problem+json",
        503,
    )


@pytest.mark.parametrize("path", ["/admin/login/", "/healthz", "/readyz"])
def test_the_back_office_and_health_stay_open(client, path):
    switch("on")
    assert client.get(path).status_code == 200


def test_what_is_past_or_written_by_hand_hangs_until_it_is_taken_down(client, sign):
    maintenance.hang(minutes=-5, reason="")
    assert int(client.get("/")["Retry-After"]) == maintenance.LEAST
    sign.write_text("closed")
    assert client.get("/").status_code == 503
    switch("off")
    assert client.get("/bases/").status_code == 200


def test_the_end_is_told_in_local_time():
    assert maintenance.Sign("2026-11-22T16:30:00+00:00").end == datetime.fromisoformat("2026-11-23T00:30:00+08:00")


def test_the_command_says_what_it_did(capsys):
    for words in (["off"], ["on"], ["off"]):
        switch(*words)
    assert capsys.readouterr().out.splitlines() == [
        "公众网站本来就是开放的。",
        "公众网站已关闭。恢复请运行：manage.py maintenance off",
        "公众网站已恢复开放。",
    ]
