"""The import centre, as an admin uses it."""

import io

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from content.registers.unions import Union
from exports.imports.models import ImportJob

from .conftest import HEADERS, union_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload(book):
    def post(client, rows, *, register="unions"):
        path = book(rows)
        file = SimpleUploadedFile("名册.xlsx", path.read_bytes())
        return client.post(reverse("imports:upload", args=[register]), {"file": file}, follow=True)

    return post


@pytest.fixture
def district_admin(make_user):
    def make(name, *divisions):
        user = make_user(name, divisions=list(divisions))
        names = ["access_admin", "add_union", "change_union", "import_registers"]
        user.user_permissions.set(Permission.objects.filter(codename__in=names))
        return user

    return make


def test_the_empty_centre_says_where_to_begin(root_client) -> None:
    page = root_client.get(reverse("imports:index")).content.decode()
    assert "还没有导入过任何表格" in page
    assert reverse("imports:upload", args=["unions"]) in page


def test_from_upload_to_undo(root_client, upload) -> None:
    page = upload(root_client, [["某市花名册"], HEADERS, union_row(1), union_row(2)])
    job = ImportJob.objects.get()
    assert job.state == "previewed"
    assert "示例·第1号公司工会" in page.content.decode()
    question = root_client.get(reverse("imports:commit", args=[job.pk])).content.decode()
    assert "新增 2 条、修改 0 条" in question
    assert not Union.objects.exists()
    result = root_client.post(reverse("imports:commit", args=[job.pk]), follow=True).content.decode()
    assert "新增 2 条" in result
    assert Union.objects.count() == 2
    undone = root_client.post(reverse("imports:undo", args=[job.pk]), follow=True).content.decode()
    assert "删除 2 条" in undone
    assert not Union.objects.exists()


def test_changed_cells_show_old_and_new(root_client, upload, import_file, book) -> None:
    import_file("unions", book([HEADERS, union_row(1)]))
    page = upload(root_client, [HEADERS, union_row(1, 职工人数="约200人")]).content.decode()
    assert "<del>100</del> → <ins>200</ins>" in page
    assert "约200人" in page


def test_errors_stand_in_their_cells_and_stop_the_commit(root_client, upload) -> None:
    page = upload(root_client, [HEADERS, union_row(1), union_row(2, 职工人数="很多")]).content.decode()
    assert "import-cell-error" in page
    assert "有 1 行有错误。请在下面改正，或者跳过这些行。" in page
    assert "跳过这 1 行" in page
    assert "写入名录" not in page
    job = ImportJob.objects.get()
    root_client.post(reverse("imports:commit", args=[job.pk]))
    assert not Union.objects.exists()
    answer = root_client.get(reverse("imports:rejected", args=[job.pk]))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    rows = list(sheet.values)
    assert rows[0] == (*HEADERS, "错误原因")
    assert rows[1][4] == "很多"
    assert "第 3 行" in rows[1][-1]
    root_client.post(reverse("imports:policy", args=[job.pk]), {"on_error": "skip"})
    root_client.post(reverse("imports:commit", args=[job.pk]))
    assert Union.objects.count() == 1


def test_columns_are_matched_by_hand_where_the_file_is_unclear(root_client, upload) -> None:
    headers = ["单位", "地盘", "职工人数"]
    page = upload(root_client, [headers, ["示例·甲公司工会", "成都市锦江区", 30]])
    job = ImportJob.objects.get()
    assert page.redirect_chain[-1][0] == reverse("imports:columns", args=[job.pk])
    assert "工会名称" in page.content.decode()
    answer = {"column-0": "name", "column-1": "division", "column-2": "employees"}
    root_client.post(reverse("imports:columns", args=[job.pk]), answer)
    root_client.post(reverse("imports:commit", args=[job.pk]))
    assert Union.objects.get().employees == 30


def test_a_refused_file_says_why(root_client) -> None:
    file = SimpleUploadedFile("名册.xlsx", b"%PDF-1.7 \x00")
    page = root_client.post(reverse("imports:upload", args=["unions"]), {"file": file}, follow=True)
    assert "PDF" in page.content.decode()
    assert ImportJob.objects.get().state == "failed"


def test_a_large_file_waits_for_the_worker(root_client, upload, settings) -> None:
    settings.IMPORT_INLINE_ROWS = 1
    page = upload(root_client, [HEADERS, union_row(1), union_row(2)])
    job = ImportJob.objects.get()
    assert job.queued == "check"
    assert "等待后台处理" in page.content.decode()
    assert root_client.get(reverse("imports:status", args=[job.pk])).json()["working"] is True


def test_a_waiting_import_can_be_given_up(root_client, upload, settings) -> None:
    settings.IMPORT_INLINE_ROWS = 1
    upload(root_client, [HEADERS, union_row(1), union_row(2)])
    job = ImportJob.objects.get()
    page = root_client.post(reverse("imports:cancel", args=[job.pk]), follow=True).content.decode()
    assert "已放弃" in page
    assert "上传另一个文件" in page
    assert "import-tabs" not in page  # its rows are forgotten
    job.refresh_from_db()
    assert (job.state, job.queued) == ("cancelled", "")


def test_many_rows_are_paged_with_few_queries(root_client, upload, django_assert_max_num_queries) -> None:
    upload(root_client, [HEADERS, *(union_row(number) for number in range(120))])
    job = ImportJob.objects.get()
    with django_assert_max_num_queries(25):
        page = root_client.get(reverse("imports:job", args=[job.pk]), {"show": "new", "p": 2}).content.decode()
    assert page.count('data-import-cell="0"') == 50
    assert "第 2 / 3 页" in page


def test_jobs_are_private_to_owner_and_those_above(client, district_admin, upload, root_client, make_user) -> None:
    owner = district_admin("owner", "510104")
    client.force_login(owner)
    upload(client, [HEADERS, union_row(1)])
    job = ImportJob.objects.get()
    for user, status in (
        (owner, 200),
        (district_admin("city", "510100"), 200),
        (district_admin("neighbour", "510105"), 404),
        (make_user("nobody"), 302),
    ):
        client.force_login(user)
        assert client.get(reverse("imports:job", args=[job.pk])).status_code == status
        assert client.post(reverse("imports:commit", args=[job.pk])).status_code != 200
        listed = client.get(reverse("imports:index")).content.decode()
        assert ("名册.xlsx" in listed) is (status == 200)


def test_personal_values_of_others_stay_hidden(client, district_admin, book, import_file) -> None:
    headers = [*HEADERS, "主席", "主席电话"]
    import_file("unions", book([headers, [*union_row(1), "示例张三", "13800138000"]]))
    client.force_login(district_admin("owner", "510104"))
    path = book([headers, [*union_row(1, 职工人数=120), "示例李四", None]])
    file = SimpleUploadedFile("名册.xlsx", path.read_bytes())
    page = client.post(reverse("imports:upload", args=["unions"]), {"file": file}, follow=True).content.decode()
    assert "示例李四" in page
    assert "示例张三" not in page
    assert "13800138000" not in page


def test_out_of_scope_rows_are_errors(client, district_admin, upload) -> None:
    client.force_login(district_admin("owner", "510104"))
    page = upload(client, [HEADERS, union_row(1), union_row(2, 行政区划="成都市青羊区")]).content.decode()
    assert "不在您负责的行政区划内" in page


def test_the_template_comes_back_in(root_client, upload) -> None:
    answer = root_client.get(reverse("imports:template", args=["unions"]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    sheet = book.worksheets[0]
    headers = [cell.value for cell in sheet[1]]
    assert "工会名称*" in headers
    assert sheet.freeze_panes == "A2"
    assert sheet.data_validations.dataValidation
    assert book.worksheets[2].sheet_state == "hidden"
    row = [None] * len(headers)
    for header, value in zip(HEADERS, union_row(1), strict=True):
        row[next(at for at, text in enumerate(headers) if text.rstrip("*") == header)] = value
    upload(root_client, [headers, row])
    assert ImportJob.objects.get().counts["new"] == 1


def test_the_register_listing_has_an_import_button(root_client) -> None:
    viewset = Union.snippet_viewset
    page = root_client.get(reverse(viewset.get_url_name("list"))).content.decode()
    assert reverse("imports:upload", args=["unions"]) in page
