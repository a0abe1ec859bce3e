"""Checking only what an edit concerns leaves the same as checking the whole file again."""

import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from content.registers.unions import Union
from exports.imports import absent, fixing, queueing, rechecking, services, staging, states
from exports.imports.models import ABSENT_FROM, ImportJob

from .conftest import HEADERS, credit_code, union_row

pytestmark = pytest.mark.django_db
COLUMNS = [*HEADERS, "上级工会", "工会编码", "建会时间", "备注说明"]
NAME, CODE, DIVISION, KIND, EMPLOYEES, MEMBERS, PARENT, OWN, FOUNDED = range(9)


def snapshot(job):
    """Return all that a check leaves of a job."""
    job.refresh_from_db()
    names = ("number", "action", "key", "raw", "data", "before", "problems", "target")
    in_file = job.rows.filter(number__lt=ABSENT_FROM)
    absent = job.rows.filter(number__gte=ABSENT_FROM)
    found = ("number", "severity", "code", "column", "value", "suggestion")
    return {
        "rows": {row[0]: row for row in in_file.order_by("number").values_list(*names)},
        "absent": sorted(map(str, absent.values_list(*names[1:]))),  # in the order in which they turned out to be
        "found": sorted(map(str, job.found.values_list(*found))),
        "counts": job.counts,
        "findings": job.findings,
        "state": job.state,
        "done": job.rows_done,
    }


def checked_whole(job):
    states.rest(job, to=ImportJob.State.INSPECTING, frm=(ImportJob.State.PREVIEWED,))
    services.stage(job)
    return snapshot(job)


def upload(client, book, rows, columns=COLUMNS, **policy):
    file = SimpleUploadedFile("名册.xlsx", book([columns, *rows]).read_bytes())
    client.post(reverse("imports:upload", args=["unions"]), {"file": file})
    job = ImportJob.objects.latest("pk")
    if policy:
        client.post(reverse("imports:policy", args=[job.pk]), policy)
        job.refresh_from_db()
    return job


def row(number, *more, **cells):
    return [*union_row(number, **cells), *more, *[None] * (4 - len(more))]


@pytest.fixture
def registered(import_file, book):
    """Three unions that are in the register already; the second below the first."""
    rows = [row(901), row(902, "示例·第901号公司工会"), row(903)]
    assert import_file("unions", book([COLUMNS, *rows])).code == 0


def values(rng):
    """Return a random cell for a random column: clean, wrong, or someone else's."""
    number = rng.choice([1, 2, 3, 4, 5, 6, 901, 902, 903])
    name = f"示例·第{number}号公司工会"
    return rng.choice(
        [
            (NAME, name), (NAME, name), (NAME, "合计"), (NAME, f"成都市锦江区{name}"), (NAME, name.replace("·", "（") + "）"), (NAME, ""), (NAME, f"示例·第{number}号公司 工会"),
            (CODE, credit_code(number)), (CODE, credit_code(number)), (CODE, "81510104MC"), (CODE, ""),
            (DIVISION, "成都市锦江区"), (DIVISION, "成都市青羊区"), (DIVISION, "不知道"),
            (KIND, "园区"), (EMPLOYEES, "很多"), (EMPLOYEES, "60"), (EMPLOYEES, "约200人"), (MEMBERS, "150"),
            (PARENT, name), (PARENT, name), (PARENT, credit_code(number)), (PARENT, "没有的工会"), (PARENT, ""),
            (OWN, "GH0001"), (OWN, "GH0002"), (OWN, ""), (FOUNDED, "2023.4.12"), (FOUNDED, "2099-1-1"),
        ]
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_random_edits_leave_what_a_whole_check_leaves(
    seed, root_client, superuser, book, registered, monkeypatch
) -> None:
    rng = random.Random(seed)
    monkeypatch.setattr(staging, "CHUNK", rng.choice([2, 3, 2000]))
    rows = [row(number) for number in range(1, 7)] + [row(902), row(903)]
    for _ in range(8):
        at, (column, value) = rng.randrange(len(rows)), values(rng)
        rows[at][column] = value or None
    job = upload(root_client, book, rows, missing=rng.choice(["ignore", "report", "retire"]))
    numbers = [number for (number,) in job.rows.filter(number__lt=ABSENT_FROM).values_list("number")]
    for step in range(8):
        job.refresh_from_db()
        proposed = list(job.found.filter(code__startswith="similar").values_list("number", "code"))
        if proposed and rng.random() < 0.4:
            number, code = rng.choice(proposed)
            changes = fixing.take_suggestions(job, user=superuser, code=code, number=number)
        elif rng.random() < 0.15:
            changes = fixing.withdraw(job, user=superuser, number=rng.choice(numbers))
        else:
            cells = dict(values(rng) for _ in range(rng.choice([1, 1, 2])))
            changes = fixing.edit_row(job, user=superuser, number=rng.choice(numbers), cells=cells)
        queueing.recheck(job, changes=changes)
        quick = snapshot(job)
        assert quick == checked_whole(job), f"step {step}: {changes}"


def test_dates_of_the_file_stay_dates(root_client, superuser, book) -> None:
    from datetime import date

    job = upload(root_client, book, [row(1, None, None, date(2023, 4, 12)), row(2, 职工人数=date(2023, 3, 5))])
    assert job.counts["error"] == 1
    queueing.recheck(job, changes=fixing.edit_row(job, user=superuser, number=2, cells={MEMBERS: "70"}))
    quick = snapshot(job)
    assert quick["rows"][2][3][FOUNDED] == {"date": "2023-04-12"}
    queueing.recheck(job, changes=fixing.edit_row(job, user=superuser, number=3, cells={MEMBERS: "70"}))
    quick = snapshot(job)
    assert [problem["code"] for problem in quick["rows"][3][6]] == ["is_a_date"]
    assert quick == checked_whole(job)


def test_one_edit_asks_few_queries_and_reads_no_file(
    root_client, superuser, book, django_assert_max_num_queries, settings
) -> None:
    job = upload(root_client, book, [row(number) for number in range(1, 40)])
    job.file.delete(save=True)
    settings.IMPORT_INLINE_ROWS = 1
    changes = fixing.edit_row(job, user=superuser, number=7, cells={EMPLOYEES: "很多"})
    with django_assert_max_num_queries(30):
        queueing.recheck(job, changes=changes)
    assert (job.state, job.counts["error"], job.queued) == ("previewed", 1, "")


def test_missing_records_follow_an_edit_without_being_listed_anew(
    root_client, superuser, book, import_file, monkeypatch
) -> None:
    assert import_file("unions", book([COLUMNS, *(row(number) for number in range(901, 907))])).code == 0
    job = upload(root_client, book, [row(901), row(902), row(903)], missing="report")
    assert job.counts["missing"] == 3
    monkeypatch.setattr(absent, "renew", None)

    def edit(number, index, text):
        queueing.recheck(job, changes=fixing.edit_row(job, user=superuser, number=number, cells={index: text}))
        job.refresh_from_db()
        missing = job.rows.filter(action="missing").order_by("key").values_list("key", flat=True)
        assert job.counts["missing"] == len(missing)
        return [key[4:-4] for key in missing]

    assert edit(3, EMPLOYEES, "95") == ["904号", "905号", "906号"]
    assert edit(3, CODE, credit_code(905)) == ["902号", "904号", "906号"]
    assert edit(3, CODE, credit_code(902)) == ["904号", "905号", "906号"]


def test_too_much_at_once_is_left_to_a_whole_check(root_client, superuser, book, monkeypatch) -> None:
    job = upload(root_client, book, [row(number, 工会类型="基层的") for number in range(1, 9)])
    monkeypatch.setattr(rechecking, "MOST", 3)
    changes = fixing.replace(job, user=superuser, index=KIND, old="基层的", new="独立基层")
    queueing.recheck(job, changes=changes)
    assert (job.state, job.counts["new"]) == ("previewed", 8)


def test_an_emptied_row_is_no_row(root_client, superuser, book) -> None:
    job = upload(root_client, book, [row(1), row(2)])
    cells = dict.fromkeys(range(len(COLUMNS)), "")
    queueing.recheck(job, changes=fixing.edit_row(job, user=superuser, number=3, cells=cells))
    assert list(job.rows.values_list("number", flat=True)) == [2]
    queueing.recheck(job, changes=fixing.withdraw(job, user=superuser, number=3))
    assert snapshot(job)["counts"]["new"] == 2


def test_a_register_that_changed_since_is_seen(root_client, superuser, book, registered) -> None:
    job = upload(root_client, book, [row(1), row(903, 职工人数=5)])
    Union.objects.filter(credit_code=credit_code(903)).update(chair="示例甲")
    queueing.recheck(job, changes=fixing.edit_row(job, user=superuser, number=3, cells={MEMBERS: "4"}))
    at = job.fields.index("chair")
    assert job.rows.get(number=3).before[at] == "示例甲"
