"""Who waits for whom: queue entries, giving up in time, and what a killed process left."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from content.core.models import RegisterLogEntry
from content.registers.unions import Union
from exports.imports import progress, services, states, survival
from exports.imports.models import ImportJob

from .conftest import HEADERS, union_row

pytestmark = pytest.mark.django_db
State = ImportJob.State


@pytest.fixture
def uploaded(root_client, book):
    """Upload a file of unions over HTTP; return its job, previewed."""

    def upload(*numbers) -> ImportJob:
        path = book([HEADERS, *(union_row(number) for number in numbers)])
        file = SimpleUploadedFile("名册.xlsx", path.read_bytes())
        root_client.post(reverse("imports:upload", args=["unions"]), {"file": file})
        return ImportJob.objects.latest("pk")

    return upload


def work() -> None:
    """Do what the worker does with the queue; its loop would close the connection of the test."""
    worker = Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id="test", excluded_queue_names=[],
    )  # fmt: skip
    while waiting := DBTaskResult.objects.ready().first():
        waiting.claim("test")
        worker.run_task(waiting)


def later(job: ImportJob, **fields) -> None:
    """Let time pass since the job last moved."""
    ImportJob.objects.filter(pk=job.pk).update(moved_at=timezone.now() - timedelta(minutes=2), **fields)
    job.refresh_from_db()


def test_a_second_import_waits_and_goes_on_by_itself(root_client, uploaded, settings) -> None:
    first, second = uploaded(1), uploaded(2)
    states.claim(first, to=State.COMMITTING, frm=(State.PREVIEWED,))
    page = root_client.post(reverse("imports:commit", args=[second.pk]), follow=True).content.decode()
    assert f"导入 {first.pk} 正在写入同一名录" in page
    assert "取消排队" in page
    second.refresh_from_db()
    assert (second.state, second.queued) == (State.PREVIEWED, "commit")
    work()  # the first is still at it
    second.refresh_from_db()
    assert (second.queued, Union.objects.count()) == ("commit", 0)
    states.rest(first, to=State.PREVIEWED)
    DBTaskResult.objects.update(run_after=timezone.now())  # two seconds later
    work()
    second.refresh_from_db()
    assert (second.state, second.queued, Union.objects.count()) == (State.COMMITTED, "", 1)


def test_what_waits_can_be_taken_out_of_the_queue(root_client, uploaded, settings) -> None:
    settings.IMPORT_INLINE_ROWS = 0
    job = uploaded(1)
    work()
    root_client.post(reverse("imports:commit", args=[job.pk]))
    page = root_client.post(reverse("imports:cancel", args=[job.pk]), follow=True).content.decode()
    assert "已取消排队" in page
    work()  # the entry is still in the queue, but finds nothing to do
    job.refresh_from_db()
    assert (job.state, job.queued, Union.objects.count()) == (State.PREVIEWED, "", 0)


def test_what_has_begun_says_why_it_cannot_be_given_up(root_client, uploaded) -> None:
    job = uploaded(1)
    states.claim(job, to=State.COMMITTING, frm=(State.PREVIEWED,))
    ImportJob.objects.filter(pk=job.pk).update(
        rows_done=300, counts=job.counts | {"new": 1200}, work_since=timezone.now() - timedelta(seconds=10)
    )
    page = root_client.get(reverse("imports:job", args=[job.pk])).content.decode()
    assert "已经开始写入，不能再放弃" in page
    assert "300 / 1200 行 · 每秒 30 行 · 大约还要 30 秒" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    said = root_client.get(reverse("imports:status", args=[job.pk])).json()
    assert (said["working"], said["percent"], said["stop"]) == (True, 25, "")
    refused = root_client.post(reverse("imports:cancel", args=[job.pk]), follow=True).content.decode()
    assert "不能这样做" in refused or "无法" in refused or "不能" in refused
    job.refresh_from_db()
    assert job.state == State.COMMITTING


@pytest.mark.parametrize(("seconds", "words"), [(2, "还要几秒"), (33, "30 秒"), (90, "2 分钟"), (7000, "2 小时")])
def test_time_left_is_said_in_words(seconds, words) -> None:
    from django.utils import translation

    with translation.override("zh-hans"):
        assert words in progress.in_words(seconds)


@pytest.mark.parametrize("state", [State.UPLOADED, State.INSPECTING, State.VALIDATING])
def test_a_job_that_rests_unchecked_is_checked_again(uploaded, state) -> None:
    job = uploaded(1)
    ImportJob.objects.filter(pk=job.pk).update(state=state, moved_at=timezone.now())
    assert survival.sweep() == []  # someone may just be about to
    later(job)
    assert survival.sweep() == [job.pk]
    work()
    job.refresh_from_db()
    assert (job.state, job.rows.count()) == (State.PREVIEWED, 1)


def test_a_queue_entry_lost_before_its_claim_is_sent_again(root_client, uploaded, settings) -> None:
    settings.IMPORT_INLINE_ROWS = 0
    job = uploaded(1)
    later(job)
    assert survival.sweep() == []  # a long queue is no loss
    DBTaskResult.objects.update(status="RUNNING")  # its worker was killed before it took the job
    assert survival.sweep() == [job.pk]
    assert survival.sweep() == []
    work()
    job.refresh_from_db()
    assert job.state == State.PREVIEWED


def test_a_refresh_that_never_came_is_done_later(root_client, uploaded) -> None:
    job = uploaded(1)
    services.commit(job)
    from modelsearch.conf import get_app_config

    entries = get_app_config().get_model("IndexEntry").objects.filter(object_id=str(Union.objects.get().pk))
    entries.delete()
    later(job, refreshed=False)
    assert survival.sweep() == [job.pk]
    work()
    job.refresh_from_db()
    assert (job.refreshed, job.queued, entries.count()) == (True, "", 1)
    assert RegisterLogEntry.objects.count() == 1


def test_a_job_that_ends_its_worker_again_and_again_is_laid_down(root_client, uploaded) -> None:
    job = uploaded(1)
    past = timezone.now() - timedelta(minutes=1)
    ImportJob.objects.filter(pk=job.pk).update(state=State.COMMITTING, worker="dead", lease_until=past, attempts=5)
    assert survival.sweep() == [job.pk]
    job.refresh_from_db()
    assert (job.state, job.error_code) == (State.PREVIEWED, "gave_up")
    assert "意外结束了 5 次" in root_client.get(reverse("imports:job", args=[job.pk])).content.decode()
