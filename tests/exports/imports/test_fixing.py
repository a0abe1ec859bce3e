"""Mending a checked file on the spot: cells, suggestions, whole columns, warnings."""

import io

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from content.registers.unions import Union
from exports.imports import rechecking
from exports.imports.models import ImportEdit, ImportJob

from .conftest import HEADERS, credit_code, union_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(root_client, book):
    """Upload rows and return the job."""

    def make(*rows, client=root_client):
        file = SimpleUploadedFile("名册.xlsx", book([HEADERS, *rows]).read_bytes())
        client.post(reverse("imports:upload", args=["unions"]), {"file": file})
        return ImportJob.objects.get()

    return make


def edit(client, job, row, **cells):
    data = {f"cell-{HEADERS.index(header)}": text for header, text in cells.items()}
    return client.post(reverse("imports:row", args=[job.pk, row]), data, follow=True).content.decode()


def fix(client, job, **data):
    return client.post(reverse("imports:fix", args=[job.pk]), data, follow=True).content.decode()


def counts(job):
    job.refresh_from_db()
    return {name: count for name, count in job.counts.items() if count}


def test_a_wrong_cell_is_changed_checked_and_written(root_client, superuser, job) -> None:
    job = job(union_row(1), union_row(2, 职工人数="很多"))
    assert counts(job) == {"new": 1, "error": 1}
    form = root_client.get(reverse("imports:row", args=[job.pk, 3])).content.decode()
    assert 'value="很多"' in form
    page = edit(root_client, job, 3, 职工人数="约200人")
    assert "已修改 1 个单元格" in page
    assert counts(job) == {"new": 2}
    shown = root_client.get(reverse("imports:job", args=[job.pk]), {"show": "new"}).content.decode()
    assert "文件原文：很多" in shown
    change = ImportEdit.objects.get()
    assert (change.number, change.old, change.new, change.user) == (3, "很多", "约200人", superuser)
    root_client.post(reverse("imports:commit", args=[job.pk]))
    assert Union.objects.get(credit_code=credit_code(2)).employees == 200


def test_changes_survive_another_policy_and_other_columns(root_client, job) -> None:
    job = job(union_row(1), union_row(2, 职工人数="很多"))
    edit(root_client, job, 3, 职工人数="200")
    root_client.post(reverse("imports:policy", args=[job.pk]), {"blank": "clear"})
    assert counts(job) == {"new": 2}
    columns = {f"column-{column['index']}": column["key"] for column in job.columns}
    root_client.post(reverse("imports:columns", args=[job.pk]), columns | {"column-5": ""})
    assert counts(job) == {"new": 2}


def test_a_change_is_checked_against_the_other_rows_of_the_file(root_client, job) -> None:
    job = job(union_row(1), union_row(2))
    edit(root_client, job, 3, 工会统一社会信用代码=credit_code(1))
    assert counts(job) == {"new": 1, "error": 1}
    edit(root_client, job, 3, 工会统一社会信用代码=credit_code(3))
    assert counts(job) == {"new": 2}


def test_the_senders_values_can_be_taken_again(root_client, job) -> None:
    job = job(union_row(1), union_row(2))
    edit(root_client, job, 3, 职工人数="很多")
    edit(root_client, job, 3, 职工人数="更多")
    assert counts(job) == {"new": 1, "error": 1}
    root_client.post(reverse("imports:row", args=[job.pk, 3]), {"withdraw": "1"})
    assert counts(job) == {"new": 2}
    assert ImportEdit.objects.count() == 3


def test_one_value_is_replaced_in_the_whole_column(root_client, job) -> None:
    job = job(union_row(1), *(union_row(number, 工会类型="基层的") for number in range(2, 6)))
    page = root_client.get(reverse("imports:job", args=[job.pk])).content.decode()
    assert "“基层的”（4 格）" in page
    fix(root_client, job, index=3, old="基层的", new="独立基层")
    assert counts(job) == {"new": 5}
    assert "没有单元格" in fix(root_client, job, index=3, old="不存在", new="独立基层")
    assert counts(job) == {"new": 5}


def test_suggestions_are_taken_one_by_one_or_all_at_once(root_client, job) -> None:
    codes = [credit_code(number) for number in (1110, 1011, 1001)]
    wrong = [code.replace("MC0", "MCO", 1) for code in codes]
    job = job(*(union_row(number, 工会统一社会信用代码=code) for number, code in enumerate(wrong)))
    assert counts(job) == {"error": 3}
    page = root_client.get(reverse("imports:job", args=[job.pk]), {"code": "code_confusable"}).content.decode()
    assert f"采纳 {codes[0]}" in page
    assert "全部 3 处" in page
    fix(root_client, job, take="2:1:code_confusable")
    assert counts(job) == {"new": 1, "error": 2}
    fix(root_client, job, take_all="code_confusable")
    assert counts(job) == {"new": 3}
    root_client.post(reverse("imports:commit", args=[job.pk]))
    assert set(Union.objects.values_list("credit_code", flat=True)) == set(codes)


def test_warnings_have_their_tab_and_are_accepted(root_client, book) -> None:
    headers = [*HEADERS, "25人以上"]
    file = SimpleUploadedFile("名册.xlsx", book([headers, [*union_row(1), "否"], [*union_row(2), "是"]]).read_bytes())
    page = root_client.post(reverse("imports:upload", args=["unions"]), {"file": file}, follow=True).content.decode()
    job = ImportJob.objects.get()
    assert job.findings["warnings"] == 1
    assert "提醒" in page
    page = root_client.get(reverse("imports:job", args=[job.pk]), {"show": "warning"}).content.decode()
    assert "示例·第1号公司工会" in page
    assert "示例·第2号公司工会" not in page
    fix(root_client, job, accept="1")
    job.refresh_from_db()
    assert job.findings["warnings"] == 0
    assert job.accepted
    edit(root_client, job, 3, 职工人数="120")
    job.refresh_from_db()
    assert job.findings["warnings"] == 0


def test_rows_are_filtered_by_kind_of_problem(root_client, job) -> None:
    job = job(union_row(1, 职工人数="很多"), union_row(2, 行政区划="没有的地方"))
    page = root_client.get(reverse("imports:job", args=[job.pk]), {"code": "unknown_division"}).content.decode()
    assert "示例·第2号公司工会" in page
    assert "示例·第1号公司工会" not in page


def test_nobody_else_changes_a_file_nor_one_that_is_written(client, root_client, make_user, job) -> None:
    job = job(union_row(1))
    other = make_user("other", divisions=["510104"])
    names = ["access_admin", "add_union", "change_union", "import_registers"]
    other.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(other)
    address = reverse("imports:row", args=[job.pk, 2])
    assert client.post(address, {"cell-4": "7"}).status_code == 404
    root_client.force_login(ImportJob.objects.get().user)
    root_client.post(reverse("imports:commit", args=[job.pk]))
    root_client.post(address, {"cell-4": "7"})
    assert not ImportEdit.objects.exists()
    assert Union.objects.get().employees == 100


def test_a_large_file_of_which_much_changed_is_checked_again_by_the_worker(
    root_client, job, settings, monkeypatch
) -> None:
    job = job(union_row(1), union_row(2, 职工人数="很多"))
    settings.IMPORT_INLINE_ROWS = 1
    monkeypatch.setattr(rechecking, "MOST", 0)
    edit(root_client, job, 3, 职工人数="200")
    job.refresh_from_db()
    assert job.queued == "check"
    assert root_client.post(reverse("imports:commit", args=[job.pk])).status_code == 302
    assert not Union.objects.exists()


def test_one_value_is_given_for_all_rows_where_the_file_lacks_the_column(root_client, book) -> None:
    at = HEADERS.index("行政区划")
    rows = [[cell for place, cell in enumerate(row) if place != at] for row in (HEADERS, union_row(1), union_row(2))]
    rows.append(["合计", None, None, 200, 160])
    file = SimpleUploadedFile("名册.xlsx", book(rows).read_bytes())
    page = root_client.post(reverse("imports:upload", args=["unions"]), {"file": file}, follow=True).content.decode()
    job = ImportJob.objects.get()
    assert job.state == "needs_mapping"
    assert 'name="constant-division"' in page
    columns = {f"column-{column['index']}": column["key"] for column in job.columns}
    address = reverse("imports:columns", args=[job.pk])
    refused = root_client.post(address, columns | {"constant-division": "没有的地方"}).content.decode()
    assert counts(job) == {}
    assert 'value="没有的地方"' in refused
    assert "没有叫“没有的地方”的行政区划" in refused
    root_client.post(address, columns | {"constant-division": "成都市锦江区"})
    assert counts(job) == {"new": 2, "skipped": 1}
    answer = root_client.get(reverse("imports:rejected", args=[job.pk]))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert next(sheet.values)[-2:] == ("行政区划", "错误原因")
    assert 'value="成都市锦江区"' in root_client.get(address).content.decode()
    division = next(column["index"] for column in job.columns if column["key"] == "division")
    root_client.post(reverse("imports:row", args=[job.pk, 3]), {f"cell-{division}": "成都市青羊区"})
    root_client.post(reverse("imports:commit", args=[job.pk]))
    assert list(Union.objects.order_by("credit_code").values_list("division", flat=True)) == ["510104", "510105"]


def test_a_row_that_only_looks_like_a_total_is_taken_in(root_client, job) -> None:
    job = job(union_row(1), ["合计", None, None, None, 100, 80])
    assert counts(job) == {"new": 1, "skipped": 1}
    page = root_client.get(reverse("imports:job", args=[job.pk]), {"show": "skipped"}).content.decode()
    assert "仍然导入这一行" in page
    fix(root_client, job, take_in="3")
    assert counts(job) == {"new": 1, "error": 1}  # it is data now, so its code and division are wanted
    edit(root_client, job, 3, 工会统一社会信用代码=credit_code(3), 行政区划="成都市锦江区", 工会类型="独立基层")
    assert counts(job) == {"new": 2}
    root_client.post(reverse("imports:commit", args=[job.pk]))
    assert Union.objects.filter(name="合计").exists()
