"""The header of a table, said by a person where the program does not find it, and remembered."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from content.registers.unions import Union
from exports.imports import header_rows
from exports.imports.models import ImportJob, ImportProfile
from exports.imports.problems import ImportRefused

from .conftest import HEADERS, credit_code, union_row

pytestmark = pytest.mark.django_db

# A table of words that we know stands above the one that is meant, and hides its header.
LEGEND = [
    ["填报须知", None, None, None, None],
    ["工会名称", "行政区划", "职工人数", "会员人数", "联系电话"],
    ["须与公章一致", "写到区县", "年末数", "不大于职工人数", "手机"],
]
OWN = ["单位", "所在地", "人头数"]
ROWS = [[f"示例·第{number}号公司工会", "成都市锦江区", 30 + number] for number in range(1, 4)]
TABLE = [*LEGEND, OWN, *ROWS]
CHOICE = {"column-0": "name", "column-1": "division", "column-2": "employees"}


@pytest.fixture
def upload(book, root_client):
    def post(rows, **kept):
        file = SimpleUploadedFile("名册.xlsx", book(rows, **kept).read_bytes())
        root_client.post(reverse("imports:upload", args=["unions"]), {"file": file})
        return ImportJob.objects.latest("pk")

    return post


def post(client, job, **data):
    answer = client.post(reverse("imports:columns", args=[job.pk]), data, follow=True)
    job.refresh_from_db()
    return answer.content.decode()


def headers(job):
    return [column["header"] for column in job.columns]


def test_a_header_taken_for_another_row_is_chosen_by_hand(root_client, upload) -> None:
    job = upload(TABLE)
    assert job.header_rows == [2]
    page = root_client.get(reverse("imports:columns", args=[job.pk])).content.decode()
    assert "表头：第 2 行" in page
    assert "<td>所在地</td>" in page
    page = post(root_client, job, **{"header": "rows", "header-row": "4"})
    assert "表头是第 4 行" in page
    assert (job.header_rows, headers(job)) == ([4], OWN)
    post(root_client, job, **CHOICE)
    assert (job.state, job.counts["new"], job.counts["error"]) == ("previewed", 3, 0)
    root_client.post(reverse("imports:commit", args=[job.pk]))
    assert Union.objects.get(name="示例·第2号公司工会").employees == 32


def test_headers_of_two_and_three_rows(root_client, upload) -> None:
    rows = [
        ["甲表", None, None, None],
        ["单位", "人数情况", None, "所在地"],
        [None, "合计数", "其中", None],
        [None, None, 2024, None],
        *([name, count, 1, place] for name, place, count in ROWS),
    ]
    job = upload(rows)
    post(root_client, job, **{"header": "rows", "header-row": ["2", "3"]})
    assert headers(job) == ["单位", "人数情况合计数", "人数情况其中", "所在地"]
    page = post(root_client, job, **{"header": "rows", "header-row": ["2", "3", "4"]})
    assert headers(job) == ["单位", "人数情况合计数", "人数情况其中2024", "所在地"]
    assert "人数情况 › 其中2024" in page
    post(
        root_client,
        job,
        **{"column-0": "name", "column-1": "employees", "column-3": "division"},
        remember="on",
        name="甲",
    )
    assert job.counts["new"] == 3
    again = upload([["乙表"], ["二季度", "锦江"], *rows[1:]])
    assert (again.header_rows, again.state, again.profile.name) == ([3, 4, 5], "previewed", "甲")


def test_a_table_without_a_header(root_client, upload) -> None:
    rows = [[f"示例·第{n}号公司工会", credit_code(n), "成都市锦江区", n] for n in range(1, 5)]
    job = upload(rows)
    page = post(root_client, job, header="none")
    assert job.header_rows == [0]
    assert [column["how"] for column in job.columns] == ["ignored", "content", "content", "ignored"]
    assert "没有表头" in page
    page = post(
        root_client,
        job,
        **{"column-0": "name", "column-1": "credit_code", "column-2": "division", "remember": "on", "name": "无表头"},
    )
    assert job.counts["new"] == 4
    assert "下次选用它" in page
    again = upload(rows)
    assert again.profile is None  # nothing tells one table without header from another
    post(root_client, again, use="1", profile=str(ImportProfile.objects.get().pk))
    assert (again.header_rows, again.state, again.counts["new"]) == ([0], "previewed", 4)


def test_the_chosen_header_is_remembered_and_found_elsewhere(root_client, upload) -> None:
    job = upload(TABLE)
    post(root_client, job, **{"header": "rows", "header-row": "4"})
    post(root_client, job, **CHOICE, remember="on", name="某区")
    # Further down, and below words that we know: the saved mapping knows better.
    again = upload([["某区花名册"], *TABLE])
    assert (again.header_rows, again.state, again.counts["new"]) == ([5], "previewed", 3)
    assert again.profile == ImportProfile.objects.get()


def test_the_program_may_find_it_again(root_client, upload) -> None:
    job = upload(TABLE)
    page = post(root_client, job, **{"header": "rows", "header-row": "4"})
    assert "由程序重新识别" in page
    page = post(root_client, job, header="auto")
    assert job.header_rows == [2]
    assert "由程序重新识别" not in page


def test_what_cannot_be_a_header_is_refused_and_nothing_is_lost(root_client, upload) -> None:
    job = upload(TABLE)
    assert "请勾选写着各列名称的那一行" in post(root_client, job, header="rows")
    assert "表头占一到三行" in post(root_client, job, **{"header": "rows", "header-row": ["1", "2", "3", "4"]})
    assert "表头占一到三行" in post(root_client, job, **{"header": "rows", "header-row": "77"})
    assert (job.state, job.header_rows) == ("previewed", [2])


def test_other_sheets_find_the_header_by_the_words_chosen_on_one(root_client, upload) -> None:
    job = upload(
        TABLE, sheet="一区", more={"二区": [["标题"], *LEGEND, OWN, *[[row[0] + "二", *row[1:]] for row in ROWS]]}
    )
    root_client.post(reverse("imports:questions", args=[job.pk]), {"sheet": ["一区", "二区"]})
    job.refresh_from_db()
    post(root_client, job, **{"header": "rows", "header-row": "4"})
    assert [part["header_rows"] for part in job.sheets] == [[4], [5]]
    post(root_client, job, **CHOICE)
    assert job.counts["new"] == 6


def test_changes_of_cells_stay_when_the_header_is_chosen_anew(root_client, upload) -> None:
    job = upload([HEADERS, union_row(1), union_row(2, 职工人数="若干")])
    root_client.post(reverse("imports:row", args=[job.pk, 3]), {"cell-4": "100"})
    post(root_client, job, **{"header": "rows", "header-row": "1"})
    assert (job.counts["new"], job.counts["error"]) == (2, 0)


def test_the_command_says_it(import_file, book) -> None:
    rows = [["工会名称", "行政区划"], ["工会名称", "行政区划", "职工人数"], ["示例·甲公司工会", "成都市锦江区", 30]]
    path = book([["须知"], *rows])
    result = import_file("unions", path, "--header-rows", "3", "--dry-run")
    assert (result.counts["new"], result.counts["error"]) == (1, 0)
    wrong = import_file("unions", path, "--header-rows", "1-9", "--dry-run")
    assert (wrong.code, wrong.json["errors"][0]["code"]) == (2, "header_rows")
    wrong = import_file("unions", path, "--header-rows", "22", "--dry-run")
    assert (wrong.code, wrong.json["errors"][0]["code"]) == (2, "header_rows")


@pytest.mark.parametrize(("text", "rows"), [("3", [3]), ("2-3", [2, 3]), ("4,2", [2, 4]), ("none", [0]), ("无", [0])])
def test_rows_as_people_write_them(text, rows) -> None:
    assert header_rows.parse(text) == rows


@pytest.mark.parametrize("text", ["", "x", "1-4", "1-999999999"])
def test_and_what_is_no_header(text) -> None:
    with pytest.raises(ImportRefused):
        header_rows.parse(text)


class TestSheetsOfAMapping:
    SHEETS = {"sheet": "一月", "more": {"二月": [OWN, [*ROWS[0]]], "字典": [["代码", "名称"], ["1", "甲"]]}}

    def saved(self, client, upload, *sheets):
        job = upload([OWN, *ROWS[1:]], **self.SHEETS)
        client.post(reverse("imports:questions", args=[job.pk]), {"sheet": sheets})
        job.refresh_from_db()
        if headers(job) != OWN:
            post(client, job, **{"header": "rows", "header-row": "1"})
        post(client, job, **CHOICE, remember="on", name="月报")
        return ImportProfile.objects.get()

    def test_all_that_were_read_are_read_again_under_other_names(self, root_client, upload, import_file, book) -> None:
        assert self.saved(root_client, upload, "一月", "二月").sheets == "all"
        later = {
            "sheet": "三月",
            "more": {"说明": [["本表按月填报"]], "四月": [["标题"], OWN, ROWS[1]], "五月": [OWN, ROWS[2]]},
        }
        job = upload([OWN, ROWS[0]], **later)
        assert (job.state, job.sheet_names, job.counts["new"]) == ("previewed", "三月、四月、五月", 3)
        result = import_file("unions", book([OWN, ROWS[0]], **later), "--profile", "月报")
        assert (result.code, Union.objects.count()) == (0, 3)

    def test_the_chosen_one_alone_when_asked_for_by_name(self, root_client, upload, import_file, book) -> None:
        assert self.saved(root_client, upload, "二月").sheets == ["二月"]
        path = book([OWN, ROWS[1]], **self.SHEETS)
        assert import_file("unions", path, "--profile", "月报", "--dry-run").counts["new"] == 1
        assert ImportJob.objects.latest("pk").sheet_names == "二月"


class TestOddTables:
    """What people send in place of a table with one header row above its data."""

    def test_a_header_of_three_rows_is_found(self, upload) -> None:
        rows = [
            ["锦江区基层工会情况表", None, None, None],
            ["工会名称", "行政区划", "人员情况", None],
            [None, None, "职工", "会员"],
            [None, None, "人数", "人数"],
            *([name, place, count, 9] for name, place, count in ROWS),
        ]
        job = upload(rows)
        assert (job.header_rows, job.state, job.counts["new"]) == ([2, 3, 4], "previewed", 3)
        assert [column["key"] for column in job.columns] == ["name", "division", "employees", "members"]

    def test_a_title_joins_no_header(self, upload) -> None:
        job = upload([["花名册", "", ""], ["二季度", "", ""], HEADERS, union_row(1)])
        assert job.header_rows == [3]

    def test_data_in_place_of_a_header_are_seen(self, root_client, upload) -> None:
        job = upload([[f"示例·第{number}号公司工会", "成都市锦江区", number] for number in range(5)])
        page = root_client.get(reverse("imports:columns", args=[job.pk])).content.decode()
        assert "第 1 行看起来是数据" in page

    def test_two_tables_side_by_side(self, root_client, upload) -> None:
        head = ["工会名称", "行政区划", "职工人数"]
        job = upload([[*head, None, *head], *([*row, None, row[0] + "二", *row[1:]] for row in ROWS)])
        assert (job.state, job.error_code) == ("needs_mapping", "ambiguous_columns")
        assert "左右并排着两张" in job.error

    def test_a_table_on_its_side(self, upload) -> None:
        job = upload([["工会名称", "示例·甲工会", "示例·乙工会"], ["行政区划", "锦江区", "锦江区"], ["职工人数", 3, 4]])
        assert (job.state, job.error_code) == ("needs_mapping", "lies_on_side")
