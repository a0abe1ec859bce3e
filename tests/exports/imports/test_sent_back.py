"""Rows leave in the sender's own layout: those with errors to be corrected there and come in again, others to be kept."""

import io
from datetime import date, datetime

import openpyxl
import pytest
import xlsxwriter
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from content.registers.unions import Union
from exports.imports import sent_back
from exports.imports.models import ImportJob

from .conftest import HEADERS, credit_code, union_row

pytestmark = pytest.mark.django_db


def senders_workbook(path, sheet="表1"):
    """A title, headers in two rows with merged cells, columns in an order of its own, a column that nobody knows."""
    with xlsxwriter.Workbook(path) as book:
        page, style = book.add_worksheet(sheet), book.add_format({"num_format": "yyyy/m/d"})
        page.merge_range("A1:H1", "锦江区基层工会花名册（示例）")
        page.merge_range("A2:A3", "序号")
        page.merge_range("B2:B3", "社会统一信用代码")
        page.merge_range("C2:C3", "工会全称")
        page.merge_range("D2:E2", "人数")
        page.write_row("D3", ["职工人数", "会员人数"])
        for at, header in enumerate(("所属区县", "建会日期", "内部档案号"), start=5):
            page.merge_range(1, at, 2, at, header)
        page.set_column(2, 2, 33.5)
        for number in range(1, 7):
            cells = [number, credit_code(number), f"示例·第{number}号公司工会", 100, 80, "成都市锦江区"]
            if number == 2:
                cells[3] = "很多"
            if number == 5:
                cells[1], cells[2] = "81510104MC", "=1+1"
            page.write_row(number + 2, 0, cells[:2])
            page.write_string(number + 2, 2, cells[2])
            page.write_row(number + 2, 3, cells[3:])
            page.write_datetime(number + 2, 6, date(2023, 4, number), style)
            page.write_string(number + 2, 7, f"档-{number}")
        page.write_row(9, 0, ["合计", None, None, 600, 480])
        book.add_worksheet("说明").write(0, 0, "填表说明")
    return path


def upload(client, content, name="名册.xlsx", register="unions"):
    client.post(reverse("imports:upload", args=[register]), {"file": SimpleUploadedFile(name, content)})
    job = ImportJob.objects.latest("pk")
    if job.state == "needs_mapping" or job.state == "needs_answer":
        raise AssertionError(job.error)
    return job


def rejected(client, job):
    answer = client.get(reverse("imports:rejected", args=[job.pk]))
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))


def test_rejected_rows_are_corrected_and_come_in_again(root_client, tmp_path) -> None:
    job = upload(root_client, senders_workbook(tmp_path / "a.xlsx").read_bytes())
    assert {name: count for name, count in job.counts.items() if count} == {"new": 4, "error": 2, "skipped": 1}
    root_client.post(reverse("imports:policy", args=[job.pk]), {"on_error": "skip"})
    root_client.post(reverse("imports:commit", args=[job.pk]), {"seen": "1"})
    book = rejected(root_client, job)
    assert book.sheetnames == ["表1"]
    page = book.active
    assert page["A1"].value == "锦江区基层工会花名册（示例）"
    merged = {str(found) for found in page.merged_cells.ranges}
    assert {"A1:H1", "A2:A3", "D2:E2", "H2:H3"} <= merged
    assert [cell.value for cell in page[3]][3:5] == ["职工人数", "会员人数"]
    assert page["I3"].value == "错误原因"
    assert page.column_dimensions["C"].width == pytest.approx(33.5, abs=0.8)
    assert page.max_row == 5
    assert page["D4"].value == "很多"
    assert page["D4"].fill.start_color.rgb == "FFFDE9E7"
    assert "不是数字" in page["D4"].comment.text
    assert "第 5 行" in page["I4"].value
    assert page["G4"].value.date() == date(2023, 4, 2)
    assert (page["C5"].value, page["C5"].data_type, page["H5"].value) == ("'=1+1", "s", "档-5")
    page["D4"] = 150
    page["B5"], page["C5"] = credit_code(5), "示例·第5号公司工会"
    target = io.BytesIO()
    book.save(target)
    again = upload(root_client, target.getvalue(), "改好的.xlsx")
    assert {name: count for name, count in again.counts.items() if count} == {"new": 2}
    assert all(column["header"] != "错误原因" or not column["key"] for column in again.columns)
    root_client.post(reverse("imports:commit", args=[again.pk]), {"seen": "1"})
    assert Union.objects.count() == 6
    assert Union.objects.get(credit_code=credit_code(2)).employees == 150
    assert Union.objects.get(credit_code=credit_code(5)).founded_on == date(2023, 4, 5)


def test_a_text_file_comes_back_as_a_workbook_in_its_layout(root_client) -> None:
    lines = ["某区花名册,,,", "行政区划,工会名称,工会统一社会信用代码,职工人数",
             f"成都市锦江区,示例甲公司工会,{credit_code(1)},-", f"成都市锦江区,示例乙公司工会,{credit_code(2)},许多"]  # fmt: skip
    job = upload(root_client, "\n".join(lines).encode("gb18030"), "名册.csv")
    rows = list(rejected(root_client, job).active.values)
    assert rows[0][0] == "某区花名册"
    assert rows[1] == ("行政区划", "工会名称", "工会统一社会信用代码", "职工人数", "错误原因")
    assert rows[2][:4] == ("成都市锦江区", "示例乙公司工会", credit_code(2), "许多")
    assert len(rows) == 3


def test_each_sheet_of_several_has_its_own_head(root_client, tmp_path) -> None:
    header = ["行政区划", "工会名称", "工会统一社会信用代码", "职工人数"]
    book = openpyxl.Workbook()
    for at, name in enumerate(("一区", "二区")):
        page = book.active if not at else book.create_sheet()
        page.title = name
        page.append([f"{name}花名册"])
        page.append(header)
        page.append(["成都市锦江区", f"示例{name}甲公司工会", credit_code(10 + at), "许多"])
        page.append(["成都市锦江区", f"示例{name}乙公司工会", credit_code(20 + at), 50])
    book.save(tmp_path / "b.xlsx")
    from content.core.register import get_register
    from exports.imports import services

    with (tmp_path / "b.xlsx").open("rb") as file:
        job = services.create_job(register=get_register("unions"), file=file, name="b.xlsx", answers={"sheets": "all"})
    services.stage(job)
    found = rejected(root_client, job)
    assert found.sheetnames == ["一区", "二区"]
    for name in found.sheetnames:
        rows = list(found[name].values)
        assert (rows[0][0], len(rows), rows[2][1]) == (f"{name}花名册", 3, f"示例{name}甲公司工会")


def test_no_rows_with_errors_make_an_empty_sheet(root_client, tmp_path) -> None:
    path = senders_workbook(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    book.active.delete_rows(8)
    book.active.delete_rows(5)
    book.save(path)
    job = upload(root_client, path.read_bytes())
    assert job.counts["error"] == 0
    assert rejected(root_client, job).active.max_row == 3


def rows_file(client, job, action, **query):
    answer = client.get(reverse("imports:rows", args=[job.pk, action]), query)
    assert answer.status_code == 200, action
    return list(openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)


def test_every_tab_can_be_downloaded_with_what_was_found(root_client, book, import_file) -> None:
    import_file("unions", book([HEADERS, union_row(1), union_row(2)]))
    rows = [union_row(1), union_row(2, 职工人数="约200人"), union_row(3), union_row(4, 职工人数="很多"),
            union_row(5, 工会名称="示例（第1号）公司工会", 工会统一社会信用代码=None), ["合计", None, None, None, 600, 480]]  # fmt: skip
    job = upload(root_client, book([["某市花名册"], HEADERS, *rows]).read_bytes())
    assert {name: count for name, count in job.counts.items() if count} == {
        "new": 2, "changed": 1, "unchanged": 1, "error": 1, "skipped": 1,
    }  # fmt: skip
    found = {action: rows_file(root_client, job, action) for action in
             ("new", "changed", "unchanged", "error", "skipped", "warning", "all")}  # fmt: skip
    assert all(table[1][:6] == tuple(HEADERS) for table in found.values())
    assert {action: len(table) - 2 for action, table in found.items()} == {
        "new": 2, "changed": 1, "unchanged": 1, "error": 1, "skipped": 1, "warning": 1, "all": 6,
    }  # fmt: skip
    assert (found["error"][1][6], found["all"][1][6]) == ("错误原因", "核对结果")
    assert found["changed"][2][4] == "约200人"
    assert "第 4 行：变更；职工人数 100 → 200" in found["changed"][2][6].replace("文件", "")
    assert "很像" in found["warning"][2][6]
    assert "合计" in found["skipped"][2][6]
    assert [row[0] for row in found["all"][2:]] == [row[0] for row in rows]
    assert len(rows_file(root_client, job, "all", code="similar")) == 3
    for unknown in ("missing", "nothing"):
        assert root_client.get(reverse("imports:rows", args=[job.pk, unknown])).status_code == 404


def test_what_a_download_adds_is_not_imported_again(root_client, book) -> None:
    job = upload(root_client, book([HEADERS, union_row(1), union_row(2)]).read_bytes())
    answer = root_client.get(reverse("imports:rows", args=[job.pk, "all"]))
    again = upload(root_client, b"".join(answer.streaming_content))
    assert [column["header"] for column in again.columns if column["key"]] == HEADERS
    assert again.counts["new"] == 2


def test_old_personal_values_are_not_told_to_everybody(client, make_user, book, import_file) -> None:
    headers = [*HEADERS, "主席电话"]
    import_file("unions", book([headers, [*union_row(1), "13800138000"]]))
    user = make_user("owner", divisions=["510104"])
    names = ["access_admin", "add_union", "change_union", "import_registers"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    job = upload(client, book([headers, [*union_row(1), "13900139000"]]).read_bytes())
    said = rows_file(client, job, "changed")[1][-1]
    assert "＊＊＊ → 13900139000" in said
    assert "13800138000" not in said


def test_many_rows_are_written_in_order_and_as_they_are(root_client, book, monkeypatch) -> None:
    monkeypatch.setattr(sent_back, "_CHUNK", 7)
    odd = ["<甲>&乙", " 前后有空格 ", "＝1+1", "两\n行", "\u3000=2", "2023-04-12", True, 12.5, 9_007_199_254_740_991]
    headers = [*HEADERS, "备注", "建会时间"]
    moment = datetime(2023, 4, 12, 6, 0)
    rows = [[*union_row(number), odd[number % len(odd)], moment] for number in range(1, 31)]
    job = upload(root_client, book([headers, *rows]).read_bytes())
    written = rows_file(root_client, job, "all")[1:]
    assert [row[0] for row in written] == [row[0] for row in rows]
    expected = [f"'{cell}" if str(cell).lstrip()[:1] in ("=", "＝") else cell for cell in (row[6] for row in rows)]
    assert [row[6] for row in written] == expected
    assert {row[7] for row in written} == {moment}
