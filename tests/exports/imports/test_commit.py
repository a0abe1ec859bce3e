"""Between preview and commit: others edit, others import, workers die."""

from datetime import timedelta

import pytest
from django.utils import timezone

from content.core.models import RegisterLogEntry
from content.core.register import get_register
from content.registers.unions import Union
from exports.imports import services, states, survival
from exports.imports.models import ImportJob
from exports.imports.problems import Busy, ImportRefused

from .conftest import HEADERS, credit_code, union_row

pytestmark = pytest.mark.django_db
State = ImportJob.State


@pytest.fixture
def preview(book):
    """Upload and check a file of unions; return its job."""

    def make(rows, **fields) -> ImportJob:
        with book([HEADERS, *rows]).open("rb") as file:
            job = services.create_job(register=get_register("unions"), file=file, name="名册.xlsx", **fields)
        services.stage(job)
        return job

    return make


def test_a_record_edited_since_the_preview_is_shown_again(preview, import_file, book) -> None:
    import_file("unions", book([HEADERS, union_row(1)]))
    job = preview([union_row(1, 职工人数=500)])
    union = Union.objects.get()
    union.employees = 300
    union.save()
    assert services.commit(job) is False
    assert (job.state, job.error_code) == (State.PREVIEWED, "stale")
    assert Union.objects.get().employees == 300
    assert services.commit(job) is True
    assert Union.objects.get().employees == 500


def test_a_record_added_since_the_preview_is_shown_again(preview) -> None:
    first, second = preview([union_row(1)]), preview([union_row(1, 职工人数=90)])
    assert services.commit(first)
    assert services.commit(second) is False
    assert second.counts["changed"] == 1
    assert services.commit(second)
    assert Union.objects.get().employees == 90


def test_a_second_importer_is_told_to_wait(preview) -> None:
    first, second = preview([union_row(1)]), preview([union_row(2)])
    states.claim(first, to=State.COMMITTING, frm=(State.PREVIEWED,))
    with pytest.raises(Busy):
        services.commit(second)
    assert second.state == State.PREVIEWED


def test_a_killed_worker_s_import_is_picked_up(preview) -> None:
    job = preview([union_row(1), union_row(2)])
    ImportJob.objects.filter(pk=job.pk).update(
        state=State.VALIDATING, worker="dead", lease_until=timezone.now() - timedelta(minutes=1)
    )
    job.refresh_from_db()
    assert survival.pick_up(job)
    services.stage(job)
    assert (job.state, job.rows.count()) == (State.PREVIEWED, 2)
    ImportJob.objects.filter(pk=job.pk).update(
        state=State.COMMITTING, worker="dead", lease_until=timezone.now() - timedelta(minutes=1)
    )
    job.refresh_from_db()
    assert services.commit(job)
    assert Union.objects.count() == 2


def test_a_double_click_writes_once(preview) -> None:
    job = preview([union_row(1)])
    twin = ImportJob.objects.get(pk=job.pk)
    assert services.commit(job)
    with pytest.raises(ImportRefused):
        services.commit(twin)
    assert Union.objects.count() == 1


def test_errors_stop_the_commit_until_the_person_chooses(preview) -> None:
    job = preview([union_row(1), union_row(2, 会员人数=5000)])
    with pytest.raises(ImportRefused):
        services.commit(job)
    services.set_policy(job, policy={"on_error": "skip"})
    assert services.commit(job)
    assert Union.objects.get().credit_code == credit_code(1)


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ({"conflict": "overwrite"}, (500, "grassroots", 80)),
        ({"conflict": "keep"}, (100, "grassroots", 80)),
        ({"conflict": "empty"}, (100, "grassroots", 80)),
        ({"blank": "clear"}, (500, "grassroots", None)),
    ],
)
def test_policies(preview, import_file, book, policy, expected) -> None:
    import_file("unions", book([HEADERS, union_row(1)]))
    job = preview([union_row(1, 职工人数=500, 会员人数=None)])
    if services.set_policy(job, policy=policy):
        services.stage(job)
    services.commit(job)
    union = Union.objects.get()
    assert (union.employees, union.kind, union.members) == expected


def test_given_up_imports_write_nothing(preview) -> None:
    job = preview([union_row(1)])
    assert services.cancel(job)
    with pytest.raises(ImportRefused):
        services.commit(job)
    assert not Union.objects.exists()


def test_odd_characters_arrive_as_they_are(preview) -> None:
    name = "示例·“甲”\\乙'丙\"𠮷😀%s{}公司工会"
    job = preview([union_row(1, 工会名称=name)])
    assert services.commit(job)
    assert Union.objects.get().name == name
    job = preview([union_row(1, 工会名称=name, 职工人数=500)])
    assert services.commit(job)
    assert job.counts["changed"] == 1
    entry = RegisterLogEntry.objects.for_instance(Union.objects.get()).get(action="imports.change")
    assert (entry.label, entry.data["fields"], entry.data["file"]) == (name, ["employees"], "名册.xlsx")
