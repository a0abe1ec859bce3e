"""What becomes of records that are newer than the file, of those that it lacks, and of rows with warnings."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from content.core.models import RegisterLogEntry
from content.registers.unions import Union
from exports.imports.models import ImportJob

from .conftest import HEADERS, command, credit_code, union_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def registered(import_file, book):
    assert import_file("unions", book([HEADERS, *(union_row(n) for n in range(1, 6))])).code == 0


@pytest.fixture
def upload(root_client, book):
    def send(*rows, headers=HEADERS, **policy):
        file = SimpleUploadedFile("名册.xlsx", book([headers, *rows]).read_bytes())
        root_client.post(reverse("imports:upload", args=["unions"]), {"file": file})
        job = ImportJob.objects.latest("pk")
        if policy:
            root_client.post(reverse("imports:policy", args=[job.pk]), policy)
        return ImportJob.objects.get(pk=job.pk)

    return send


def commit(client, job, **data):
    page = client.post(reverse("imports:commit", args=[job.pk]), data, follow=True).content.decode()
    job.refresh_from_db()
    return page


def statuses():
    return dict(Union.objects.order_by("credit_code").values_list("credit_code", "status"))


# --- only newer ---------------------------------------------------------------------------------------------------------


def test_only_newer_keeps_records_changed_after_the_day_of_the_file(root_client, registered, upload) -> None:
    Union.objects.filter(credit_code=credit_code(2)).update(updated_at=timezone.now() - timedelta(days=90))
    day = (timezone.localdate() - timedelta(days=30)).isoformat()
    job = upload(
        union_row(1, 职工人数=90), union_row(2, 职工人数=90), union_row(3), union_row(9), conflict="newer", as_of=day
    )
    found = {name: count for name, count in job.counts.items() if count}
    assert found == {"new": 1, "changed": 1, "unchanged": 1, "skipped": 1}
    page = root_client.get(reverse("imports:job", args=[job.pk]), {"show": "skipped"}).content.decode()
    assert f"文件是 {day} 的" in page
    commit(root_client, job)
    assert Union.objects.get(credit_code=credit_code(1)).employees == 100
    assert Union.objects.get(credit_code=credit_code(2)).employees == 90


def test_a_workbook_is_of_the_moment_it_was_saved(registered, book, import_file) -> None:
    path = book([HEADERS, union_row(1, 职工人数=90)])
    workbook = openpyxl.load_workbook(path)
    Union.objects.update(updated_at=timezone.now() + timedelta(days=1))
    workbook.save(path)
    result = import_file("unions", path, "--conflict", "newer")
    assert result.counts["skipped"] == 1
    Union.objects.update(updated_at=timezone.now() - timedelta(days=1))
    assert import_file("unions", path, "--conflict", "newer").counts["changed"] == 1


def test_a_declared_date_column_says_more_than_the_file(registered, import_file, book) -> None:
    headers = ["年度", "工会名称", "审核日期", "评定结果", "备注"]
    name = Union.objects.get(credit_code=credit_code(1)).name
    import_file("ratings", book([headers, [2024, name, "2024-06-30", "三星级", "一"]]))
    older = book([headers, [2024, name, "2024-05-30", "三星级", "二"]])
    assert import_file("ratings", older, "--conflict", "newer").counts["skipped"] == 1
    newer = book([headers, [2024, name, "2024-07-30", "三星级", "三"]])
    assert import_file("ratings", newer, "--conflict", "newer").counts["changed"] == 1


# --- missing --------------------------------------------------------------------------------------------------------------


def test_missing_records_are_listed_counted_and_downloaded(root_client, registered, upload) -> None:
    Union.objects.filter(credit_code=credit_code(5)).update(division="510105")
    job = upload(union_row(1), union_row(2, 职工人数=90), missing="report")
    assert (job.counts["missing"], job.counts["retired"]) == (2, 0)
    page = root_client.get(reverse("imports:job", args=[job.pk]), {"show": "missing"}).content.decode()
    assert "示例·第3号公司工会" in page
    assert "示例·第5号公司工会" not in page
    answer = root_client.get(reverse("imports:missing", args=[job.pk]))
    rows = list(openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)
    assert [row[1] for row in rows] == ["工会名称", "示例·第3号公司工会", "示例·第4号公司工会"]
    commit(root_client, job)
    assert set(statuses().values()) == {"active"}


def test_retiring_wants_the_number_and_is_undone(root_client, registered, upload, superuser) -> None:
    job = upload(union_row(1), union_row(2), union_row(3), missing="retire")
    assert job.counts["retired"] == 2
    question = root_client.get(reverse("imports:commit", args=[job.pk])).content.decode()
    assert "（二）条" in question
    assert "条数不符" in commit(root_client, job, retire="3")
    assert set(statuses().values()) == {"active"}
    commit(root_client, job, retire="2")
    assert job.state == "committed"
    assert [code for code, status in statuses().items() if status == "dissolved"] == sorted(map(credit_code, (4, 5)))
    assert RegisterLogEntry.objects.filter(action="imports.retire").count() == 2
    root_client.post(reverse("imports:undo", args=[job.pk]))
    assert set(statuses().values()) == {"active"}
    job.refresh_from_db()
    assert job.undo_report["restored"] == 2


def test_nothing_is_retired_while_rows_have_errors_or_may_be_meant(
    root_client, registered, upload, import_file, book
) -> None:
    job = upload(union_row(1), union_row(2, 职工人数="很多"), missing="retire", on_error="skip")
    assert "无法判断" in root_client.get(reverse("imports:job", args=[job.pk])).content.decode()
    commit(root_client, job, retire=str(job.counts["retired"]))
    assert set(statuses().values()) == {"active"}
    named = union_row(4, 工会名称="锦江区示例·第4号公司 （工会）", 工会统一社会信用代码=None)
    job = upload(union_row(1), union_row(2), union_row(3), named, missing="retire")
    assert job.counts["retired"] == 1  # the fifth; the fourth is likely meant


def test_missing_records_stay_inside_the_scope(registered, make_user, import_file, book) -> None:
    from django.contrib.auth.models import Permission

    user = make_user("qingyang", divisions=["510105"])
    names = ["access_admin", "add_union", "change_union", "import_registers"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    Union.objects.filter(credit_code__in=[credit_code(4), credit_code(5)]).update(division="510105")
    path = book([HEADERS, union_row(4, 行政区划="成都市青羊区"), union_row(1, 职工人数=90)])
    result = import_file("unions", path, "--user", "qingyang", "--missing", "report", "--dry-run")
    assert result.counts["missing"] == 1


def test_commands_retire_only_the_number_they_are_told(registered, book) -> None:
    path = book([HEADERS, *(union_row(n) for n in range(1, 5))])
    refused = command("import_register", "unions", path, "--json", "--missing", "retire")
    assert (refused.code, refused.json["errors"][0]["code"]) == (2, "retire_unconfirmed")
    assert command("import_register", "unions", path, "--missing", "retire", "--retire", 3).code == 2
    done = command("import_register", "unions", path, "--json", "--missing", "retire", "--retire", 1)
    assert (done.code, done.counts["retired"]) == (0, 1)
    assert statuses()[credit_code(5)] == "dissolved"
    again = command("import_register", "unions", path, "--json", "--missing", "retire")
    assert (again.code, again.counts["retired"]) == (0, 0)


def test_a_register_that_declares_no_way_cannot_be_retired(import_file, book) -> None:
    path = book([["竞赛名称", "行政区划"], ["示例竞赛", "成都市"]])
    assert import_file("competitions", path, "--missing", "retire").json["errors"][0]["code"] == "retire_unknown"


# --- warnings -------------------------------------------------------------------------------------------------------------


def test_a_person_looks_at_warnings_before_they_are_written(root_client, upload) -> None:
    job = upload([*union_row(1), "否"], headers=[*HEADERS, "25人以上"])
    question = root_client.get(reverse("imports:commit", args=[job.pk])).content.decode()
    assert "已看过，照此写入" in question
    assert "两列互相矛盾" in question
    assert "请先看过提醒" in commit(root_client, job)
    assert not Union.objects.exists()
    commit(root_client, job, seen="1")
    assert job.state == "committed"
    assert job.accepted["contradiction"]["user"]


def test_commands_accept_warnings_unless_told_to_stop(book) -> None:
    path = book([[*HEADERS, "25人以上"], [*union_row(1), "否"]])
    refused = command("import_register", "unions", path, "--json", "--warnings", "stop")
    assert (refused.code, refused.json["errors"][0]["code"]) == (2, "warnings_unseen")
    assert command("import_register", "unions", path).code == 0
