"""From a cell of the preview to the cell in the sender's sheet."""

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from exports.imports.around import around
from exports.imports.models import ABSENT_FROM, ImportJob

from .conftest import HEADERS, union_row

pytestmark = pytest.mark.django_db


def upload(client, path, **answers):
    client.post(
        reverse("imports:upload", args=["unions"]), {"file": SimpleUploadedFile("名册.xlsx", path.read_bytes())}
    )
    job = ImportJob.objects.latest("pk")
    if answers:
        client.post(reverse("imports:questions", args=[job.pk]), answers)
        job.refresh_from_db()
    assert job.state == "previewed"
    return job


@pytest.fixture
def long_file(book):
    """A title, the header in row 2, 40 rows from row 3; row 20 wrong in E, rows 25 and 26 blank."""
    rows = [union_row(number) for number in range(3, 43)]
    rows[17][4] = "很多"
    rows[22:24] = [[], []]
    path = book([["某市花名册（示例）"], HEADERS, *rows], sheet="花名册")
    workbook = openpyxl.load_workbook(path)
    workbook.active.merge_cells("A1:F1")
    workbook.save(path)
    return path


def sheet(client, job, row, column=None):
    query = {} if column is None else {"column": column}
    return client.get(reverse("imports:sheet", args=[job.pk, row]), query).content.decode()


def test_the_address_of_a_wrong_cell_leads_to_the_sheet(root_client, long_file, django_assert_max_num_queries) -> None:
    job = upload(root_client, long_file)
    page = root_client.get(reverse("imports:job", args=[job.pk])).content.decode()
    url = reverse("imports:sheet", args=[job.pk, 20])
    assert f'href="{url}?column=4&amp;back=' in page
    assert "花名册!E20" in page
    with django_assert_max_num_queries(35):
        page = sheet(root_client, job, 20, 4)
    assert "花名册!E20：文件原样" in page
    assert page.count('id="here"') == 1
    assert "很多" in page.partition('id="here"')[2][:120]
    assert "某市花名册（示例）" in page
    assert "第 3–9 行未在此显示" in page
    assert "第 25–26 行是空行" in page
    assert "示例·第10号公司工会" in page
    assert "示例·第30号公司工会" in page
    assert "示例·第31号公司工会" not in page


def test_the_sheet_goes_on_above_and_below(root_client, long_file) -> None:
    job = upload(root_client, long_file)
    found = around(job, 20, 4)
    assert (found.letters, found.earlier, found.later) == (list("ABCDEF"), 9, 31)
    assert [row.is_header for row in found.head] == [False, True]
    assert found.head[0].cells[0].span == 6
    first, last = around(job, 5), around(job, 40)
    assert (first.earlier, first.left_out, first.rows[0].name) == (None, None, 3)
    assert (last.later, last.rows[-1].name) == (None, 42)


def test_it_shows_what_was_sent_also_after_an_edit(root_client, superuser, long_file) -> None:
    job = upload(root_client, long_file)
    edit = reverse("imports:row", args=[job.pk, 20])
    root_client.post(edit, {"cell-4": "120"})
    root_client.post(edit, {"cell-4": "130"})
    cell = next(row for row in around(ImportJob.objects.get(), 20, 4).rows if row.here).cells[4]
    assert (cell.text, cell.now, cell.here, cell.edited.user) == ("很多", "130", True, superuser)
    assert "已在预览里由root改为“130”" in sheet(root_client, job, 20, 4)
    root_client.post(edit, {"withdraw": "1"})
    assert "已在预览里" not in sheet(root_client, job, 20, 4)


def test_each_sheet_of_several_stands_alone(root_client, book) -> None:
    one, two = ([HEADERS, union_row(first), union_row(first + 1)] for first in (1, 11))
    job = upload(root_client, book(one, sheet="一区", more={"二区": two}), sheet=["一区", "二区"])
    number = job.rows.get(key="示例·第12号公司工会").number
    page = sheet(root_client, job, number, 0)
    assert "二区!A3：文件原样" in page
    assert "示例·第11号公司工会" in page
    assert "示例·第1号公司工会" not in page


def test_a_column_that_the_file_lacks_is_not_in_the_sheet(root_client, book) -> None:
    rows = [[cell for header, cell in zip(HEADERS, union_row(1), strict=True) if header != "行政区划"]]
    headers = [header for header in HEADERS if header != "行政区划"]
    path = book([headers, *rows])
    root_client.post(
        reverse("imports:upload", args=["unions"]), {"file": SimpleUploadedFile("名册.xlsx", path.read_bytes())}
    )
    job = ImportJob.objects.get()
    chosen = {f"column-{at}": column["key"] for at, column in enumerate(job.columns)}
    root_client.post(reverse("imports:columns", args=[job.pk]), {**chosen, "constant-division": "510104"})
    job.refresh_from_db()
    assert job.state == "previewed"
    assert around(job, 2).letters == list("ABCDE")


def test_nobody_else_sees_the_sheet_and_nothing_else_is_found(client, root_client, make_user, long_file) -> None:
    job = upload(root_client, long_file)
    for row in (900, ABSENT_FROM + 1):
        assert root_client.get(reverse("imports:sheet", args=[job.pk, row])).status_code == 404
    other = make_user("other", divisions=["510105"])
    names = ["access_admin", "add_union", "change_union", "import_registers"]
    other.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(other)
    assert client.get(reverse("imports:sheet", args=[job.pk, 20])).status_code == 404
