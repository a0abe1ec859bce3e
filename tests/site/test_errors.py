"""Pages that something went wrong brings: as strict as any other, in Chinese, with ways on."""

import re

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.management import call_command
from django.test import Client

from content.registers import views

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser() -> Client:
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def broken(monkeypatch, error: Exception) -> None:
    """Let the list of bases end in an error."""

    def fail(**kwargs):
        raise error

    monkeypatch.setattr(views, "Listing", fail)


def check(response, status: int, words: str) -> None:
    page = response.content.decode()
    assert response.status_code == status
    assert words in page
    assert '<html lang="zh-Hans-CN"' in page
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\bsrc=)|\son[a-z]+=", page)
    assert 'name="robots" content="noindex"' in page
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (RuntimeError("示例"), 500, "系统出了点问题"),
        (PermissionDenied(), 403, "您没有打开此页面的权限"),
        (SuspiciousOperation(), 400, "这个网址无法识别"),
    ],
)
def test_faults(browser, monkeypatch, error, status, words):
    broken(monkeypatch, error)
    response = browser.get("/bases/")
    check(response, status, words)
    assert 'action="/search/"' in response.content.decode()


def test_nothing_found(browser):
    check(browser.get("/no/such/page/"), 404, "没有找到这个页面")


def test_a_form_without_its_token(browser):
    check(browser.post("/no/such/form/"), 403, "表单已过期")


def test_maintenance(browser, settings, tmp_path):
    settings.MAINTENANCE_SIGN = tmp_path / "maintenance.json"
    call_command("maintenance", "on")
    check(browser.get("/bases/"), 503, "网站正在维护")
