"""The watched folder, and imports whose worker is no more."""

import json
import os
import socket
from datetime import timedelta

import pytest
from django.utils import timezone

from content.registers.unions import Union
from exports.imports import survival
from exports.imports.models import ImportJob
from exports.imports.problems import ImportRefused
from exports.sources.folder import folder_of
from exports.sources.models import ImportSource
from tests.exports.imports.conftest import HEADERS, command, union_row

pytestmark = pytest.mark.django_db
State = ImportJob.State


@pytest.fixture
def inbox(tmp_path, settings):
    settings.IMPORT_INBOX = str(tmp_path / "inbox")
    command("watch_imports", "--once")
    return tmp_path / "inbox" / "unions"


def look():
    return command("watch_imports", "--once", "--settled", "0")


def test_a_good_file_is_written_and_moved(inbox, book):
    book([HEADERS, union_row(1), union_row(2)]).rename(inbox / "名册.xlsx")
    assert look().code == 0
    assert Union.objects.count() == 2
    assert [path.name for path in inbox.iterdir() if path.is_file()] == []
    report = json.loads((inbox / "done" / "名册.xlsx.json").read_text("utf-8"))
    assert report["counts"]["new"] == 2
    book([HEADERS, union_row(1)]).rename(inbox / "名册.xlsx")  # the same name once more
    look()
    assert {path.name for path in (inbox / "done").glob("*.xlsx")} == {"名册.xlsx", "名册-2.xlsx"}


def test_a_bad_file_writes_nothing_and_says_why(inbox, book):
    book([HEADERS, union_row(1), union_row(2, 职工人数="若干")]).rename(inbox / "名册.xlsx")
    (inbox / "信.pdf").write_bytes(b"%PDF-1.7 x")
    look()
    assert not Union.objects.exists()
    report = json.loads((inbox / "failed" / "名册.xlsx.json").read_text("utf-8"))
    assert [(error["row"], error["code"]) for error in report["errors"]] == [(3, "not_a_number")]
    report = json.loads((inbox / "failed" / "信.pdf.json").read_text("utf-8"))
    assert report["errors"][0]["code"] == "not_a_spreadsheet"


def test_files_still_copied_hidden_ones_and_links_stay(inbox, book, tmp_path):
    file = book([HEADERS, union_row(1)])
    (inbox / "link.xlsx").symlink_to(file)
    (inbox / ".名册.xlsx.part").write_bytes(file.read_bytes())
    (inbox / "fresh.xlsx").write_bytes(file.read_bytes())
    command("watch_imports", "--once")  # with its usual patience
    assert ImportJob.objects.count() == 0
    assert (inbox / "fresh.xlsx").exists()


def test_the_user_of_the_inbox_bounds_it(inbox, book, settings, make_user):
    make_user("li")
    settings.IMPORT_INBOX_USER = "li"
    book([HEADERS, union_row(1)]).rename(inbox / "名册.xlsx")
    look()
    source = ImportSource.objects.get(place="unions")
    assert "不能导入该名录" in source.last_error
    assert (inbox / "名册.xlsx").exists()  # it waits until somebody may
    assert ImportJob.objects.count() == 0


def test_a_folder_of_its_own_waits_for_a_person(inbox, book, make_user, settings):
    user = make_user("root", is_superuser=True)
    ImportSource.objects.create(
        name="示例·苏州", kind="folder", place="suzhou/unions", register_slug="unions", user=user, every="arrival"
    )
    look()
    folder = inbox.parent / "suzhou" / "unions"
    book([HEADERS, union_row(1)]).rename(folder / "名册.xlsx")
    look()
    job = ImportJob.objects.get()
    assert (job.state, job.user, Union.objects.count()) == (State.PREVIEWED, user, 0)
    assert (folder / "done" / "名册.xlsx").exists()


@pytest.mark.parametrize("place", ["", "..", "../x", "a/../../x", "a//b", "unions/done", "."])
def test_a_folder_outside_the_inbox_is_refused(place, inbox):
    with pytest.raises(ImportRefused) as refused:
        folder_of(place)
    assert refused.value.code == "folder_refused"


def test_a_link_out_of_the_inbox_is_refused(inbox, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (inbox.parent / "way-out").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ImportRefused):
        folder_of("way-out")


def test_a_file_begun_before_a_crash_is_gone_on_with(inbox, book, monkeypatch):
    """A killed watcher leaves its lease and a run under way; the next one makes no second import of the file."""
    book([HEADERS, union_row(1)]).rename(inbox / "名册.xlsx")
    source = ImportSource.objects.get(place="unions")
    monkeypatch.setattr("exports.sources.running.carry_through", lambda *args, **kwargs: 1 / 0)
    look()
    assert source.runs.filter(outcome="started").count() == 1
    monkeypatch.undo()
    dead = "0a.99999999." + socket.gethostname()
    ImportSource.objects.filter(pk=source.pk).update(
        worker=dead[:32], lease_until=timezone.now() + timedelta(minutes=20), next_run=None
    )
    look()
    assert (ImportJob.objects.count(), Union.objects.count()) == (1, 1)
    assert source.runs.filter(outcome="written").count() == 1
    assert (inbox / "done" / "名册.xlsx").exists()


@pytest.mark.parametrize(
    ("worker", "lease", "found"),
    [("0a.99999999.{host}", 60, True), ("0a.{pid}.{host}", 60, False), ("0a.99999999.elsewhere", 60, False),
     ("0a.99999999.elsewhere", -1, True)],
)  # fmt: skip
def test_only_what_is_abandoned_is_taken_up(worker, lease, found, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    job = ImportJob.objects.create(
        register_slug="unions", original_name="a.csv", state=State.VALIDATING,
        worker=worker.format(pid=os.getpid(), host=socket.gethostname())[:32],
        lease_until=timezone.now() + timedelta(seconds=lease),
    )  # fmt: skip
    assert survival.sweep() == ([job.pk] if found else [])
