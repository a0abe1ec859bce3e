"""Each source is a task of its own: a large or broken file of one delays and stops no other."""

import os
import socket
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from content.registers.unions import Union
from exports.imports.models import ImportJob
from exports.sources import tasks
from exports.sources.models import ImportSource, SourceRun
from tests.exports.imports.conftest import HEADERS, command, union_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def sources(tmp_path, settings, make_user):
    """Three folders, each watched by a source of its own."""
    settings.IMPORT_INBOX = str(tmp_path / "inbox")
    user = make_user("acting", is_superuser=True)
    found = [
        ImportSource.objects.create(
            name=f"示例·{place}",
            kind="folder",
            place=place,
            register_slug="unions",
            user=user,
            every="arrival",
            write=True,
        )
        for place in ("a", "b", "c")
    ]
    for source in found:
        (tmp_path / "inbox" / source.place).mkdir(parents=True)
    return found


@pytest.fixture
def lay(book, tmp_path):
    def put(place, rows, **kept):
        book(rows, **kept).rename(tmp_path / "inbox" / place / f"{place}.xlsx")

    return put


def work(number):
    """Do one entry of the queue, as one worker does."""
    entry = DBTaskResult.objects.ready()[number]
    entry.claim("test")
    Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id="test", excluded_queue_names=[],
    ).run_task(entry)  # fmt: skip
    entry.refresh_from_db()
    return entry.status


def hand_out():
    return [source.place for source in tasks.hand_out(settled=0)]


def test_each_source_waits_in_the_queue_once(sources, lay) -> None:
    lay("a", [HEADERS, union_row(1)])
    lay("b", [HEADERS, union_row(2)])
    assert sorted(hand_out()) == ["a", "b"]  # nothing lies in c
    assert hand_out() == []
    assert (DBTaskResult.objects.count(), ImportJob.objects.count()) == (2, 0)
    work(1)  # the second one does not wait for the first
    assert Union.objects.get().name == "示例·第2号公司工会"
    work(0)
    assert Union.objects.count() == 2
    lay("b", [HEADERS, union_row(3)])
    assert hand_out() == ["b"]


def test_one_that_fails_stops_no_other(sources, lay, tmp_path, monkeypatch) -> None:
    lay("a", [HEADERS, union_row(1)])
    (tmp_path / "inbox" / "b" / "b.xlsx").write_bytes(b"%PDF-1.7 x")
    lay("c", [HEADERS, union_row(3)])
    assert len(hand_out()) == 3
    (tmp_path / "inbox" / "a").rename(tmp_path / "inbox" / "elsewhere")
    (tmp_path / "inbox" / "a").write_text("no folder any more")
    for _entry in range(3):
        work(0)
    assert sorted(SourceRun.objects.values_list("source__place", "outcome")) == [
        ("a", "failed"), ("b", "failed"), ("c", "written"),
    ]  # fmt: skip
    assert Union.objects.count() == 1


def test_a_lost_entry_is_replaced_and_one_delivered_twice_does_nothing(sources, lay) -> None:
    lay("a", [HEADERS, union_row(1)])
    hand_out()
    DBTaskResult.objects.update(status="RUNNING")  # its worker was killed before it began
    assert hand_out() == ["a"]
    DBTaskResult.objects.update(status="READY")  # both entries turn up after all
    assert [work(0), work(0)] == ["SUCCESSFUL", "SUCCESSFUL"]
    assert (ImportJob.objects.count(), Union.objects.count()) == (1, 1)


@pytest.mark.parametrize(("pid", "minutes", "found"), [("me", 9, []), ("99999999", 9, ["a"]), ("me", -1, ["a"])])
def test_one_that_somebody_runs_is_left_to_him(sources, lay, pid, minutes, found) -> None:
    lay("a", [HEADERS, union_row(1)])
    worker = f"0a.{os.getpid() if pid == 'me' else pid}.{socket.gethostname()}"
    ImportSource.objects.filter(place="a").update(
        worker=worker, lease_until=timezone.now() + timedelta(minutes=minutes), task_id="gone"
    )
    assert hand_out() == found


class TestDoubts:
    """What a source answers beforehand to the questions that a file raises."""

    MORE = {"二月": [HEADERS, union_row(3)]}

    @pytest.fixture
    def run(self, sources, book, tmp_path):
        def take(write=True, **answers):
            import openpyxl

            path = book([HEADERS, union_row(1), union_row(2)], sheet="一月", more=self.MORE)
            workbook = openpyxl.load_workbook(path)
            workbook["一月"].row_dimensions[3].hidden = True
            workbook.save(tmp_path / "inbox" / "a" / "a.xlsx")
            ImportSource.objects.filter(place="a").update(write=write, answers=answers)
            command("watch_imports", "--once", "--settled", "0")
            return ImportJob.objects.latest("pk")

        return take

    @pytest.mark.parametrize(
        ("write", "answers", "state", "new"),
        [
            (True, {}, "committed", 2),
            (True, {"hidden": "leave"}, "committed", 1),
            (True, {"hidden": "leave", "sheets": "all"}, "committed", 2),
            (True, {"sheets": "all"}, "committed", 3),
            (True, {"hidden": "ask", "sheets": "all"}, "needs_answer", 0),
            (True, {"sheets": "ask", "hidden": "leave"}, "needs_answer", 0),
            (False, {}, "needs_answer", 0),
            (False, {"sheets": "all", "hidden": "import"}, "previewed", 3),
        ],
    )
    def test_is_done_and_said(self, run, write, answers, state, new) -> None:
        job = run(write=write, **answers)
        assert (job.state, job.counts.get("new", 0)) == (state, new)
        said = "".join(job.notes)
        if state != "needs_answer" and answers:
            assert "以上按定期导入“示例·a”的设定" in said
        if answers.get("hidden") == "leave" and state != "needs_answer":
            assert "已按选择搁置" in said
        if answers.get("sheets") == "all" and state != "needs_answer":
            assert "一月、二月" in said

    def test_is_chosen_in_the_form(self, sources, root_client) -> None:
        url = f"/admin/import-sources/{sources[0].pk}/"
        page = root_client.get(url).content.decode()
        assert "文件有疑问时" in page
        form = root_client.get(url).context["form"]
        data = {
            name: form[name].value()
            for name in form.fields
            if form[name].value() not in (None, "") and form[name].value() is not False
        }
        answer = root_client.post(url, data | {"doubt_hidden": "leave", "doubt_sheets": "all"})
        assert answer.status_code == 302, answer.context["form"].errors
        assert ImportSource.objects.get(place="a").answers == {"hidden": "leave", "sheets": "all"}
