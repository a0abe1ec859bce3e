"""The screen on which the columns of a file are matched, and what it remembers."""

import json

import openpyxl
import pytest
import xlwt
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from content.registers.unions import Union
from exports.imports.models import ImportJob, ImportProfile

from .conftest import HEADERS, command, credit_code, union_row

pytestmark = pytest.mark.django_db

ODD = ["单位", "证照", "地盘", "食堂评价", "内部编号"]


def odd_row(number, **cells):
    row = {
        "单位": f"示例·第{number}号公司工会",
        "证照": credit_code(number),
        "地盘": "成都市锦江区",
        "食堂评价": "好",
        "内部编号": f"甲{number}",
    } | cells
    return [row[header] for header in ODD]


@pytest.fixture
def upload(book):
    def post(client, rows, *, register="unions", name="名册.xlsx"):
        file = SimpleUploadedFile(name, book(rows).read_bytes())
        page = client.post(reverse("imports:upload", args=[register]), {"file": file}, follow=True)
        return ImportJob.objects.latest("pk"), page.content.decode()

    return post


def choose(client, job, **choices):
    """Post the screen: column-0="name" and so on."""
    data = {key.replace("_", "-", 1): value for key, value in choices.items()}
    answer = client.post(reverse("imports:columns", args=[job.pk]), data, follow=True)
    job.refresh_from_db()
    return answer.content.decode()


def how(job):
    return {column["header"]: (column["key"], column["how"]) for column in job.columns}


def test_each_column_shows_three_values_and_why_it_was_matched(root_client, upload) -> None:
    job, page = upload(root_client, [ODD, *(odd_row(number) for number in range(1, 6))])
    assert job.state == "needs_mapping"
    assert "还缺必填列：工会名称" in page
    assert "按内容：5 个值中有 5 个是统一社会信用代码" in page
    assert "按内容：5 个值中有 5 个是行政区划" in page
    assert "<li>示例·第3号公司工会</li>" in page
    assert "<li>示例·第4号公司工会</li>" not in page


def test_a_column_is_corrected_by_choosing(root_client, upload) -> None:
    job, _page = upload(root_client, [ODD, odd_row(1), odd_row(2), odd_row(3)])
    choose(root_client, job, column_0="name", column_1="credit_code", column_2="division")
    assert job.state == "previewed"
    assert job.counts["new"] == 3


def test_one_target_for_two_columns_is_refused_and_nothing_is_lost(root_client, upload) -> None:
    job, _page = upload(root_client, [ODD, odd_row(1), odd_row(2), odd_row(3)])
    page = choose(root_client, job, column_0="name", column_3="name", column_2="division")
    assert "D 列也选了这一列。请只留一个。" in page
    assert "A 列也选了这一列。请只留一个。" in page
    assert page.count('<option value="name" selected>') == 2
    assert job.state == "needs_mapping"


def test_columns_without_a_place_are_kept_as_notes(root_client, upload) -> None:
    rows = [ODD, *(odd_row(number) for number in range(1, 4))]
    job, _page = upload(root_client, rows)
    page = choose(
        root_client, job, column_0="name", column_1="credit_code", column_2="division", column_3="@notes", column_4=""
    )
    assert "食堂评价" in page
    root_client.post(reverse("imports:commit", args=[job.pk]))
    assert set(Union.objects.values_list("notes", flat=True)) == {"食堂评价：好"}
    # The same file again changes nothing; another value replaces the line and shows as old → new.
    again, _page = upload(root_client, rows)
    choose(
        root_client, again, column_0="name", column_1="credit_code", column_2="division", column_3="@notes", column_4=""
    )
    assert (again.counts["unchanged"], again.counts["changed"]) == (3, 0)
    Union.objects.filter(credit_code=credit_code(1)).update(notes="手写的话\n食堂评价：好")
    third, _page = upload(root_client, [ODD, odd_row(1, 食堂评价="差"), odd_row(2), odd_row(3)])
    page = choose(
        root_client, third, column_0="name", column_1="credit_code", column_2="division", column_3="@notes", column_4=""
    )
    assert "<del>好</del> → <ins>差</ins>" in page
    root_client.post(reverse("imports:commit", args=[third.pk]))
    assert Union.objects.get(credit_code=credit_code(1)).notes == "手写的话\n食堂评价：差"
    root_client.post(reverse("imports:undo", args=[third.pk]))
    assert Union.objects.get(credit_code=credit_code(1)).notes == "手写的话\n食堂评价：好"


def test_all_that_is_left_out_may_be_kept_at_once(root_client, upload) -> None:
    job, _page = upload(root_client, [["序号", *ODD], *([n, *odd_row(n)] for n in range(1, 4))])
    data = {"column-1": "name", "column-2": "credit_code", "column-3": "division", "keep-rest": "on"}
    root_client.post(reverse("imports:columns", args=[job.pk]), data)
    root_client.post(reverse("imports:commit", args=[job.pk]))
    assert Union.objects.get(credit_code=credit_code(2)).notes == "食堂评价：好\n内部编号：甲2"


def test_kept_notes_go_into_the_remark_where_a_register_has_one(root_client, upload, import_file, book) -> None:
    import_file("unions", book([HEADERS, union_row(1)]))
    rows = [["年度", "信用代码", "评定星级", "带队人"], [2024, credit_code(1), "★★★", "示例甲"]]
    job, _page = upload(root_client, rows, register="ratings")
    choose(root_client, job, column_0="year", column_1="union_code", column_2="stars", column_3="@notes")
    root_client.post(reverse("imports:commit", args=[job.pk]))
    rating = Union.objects.get().ratings.get()
    assert rating.remark == "带队人：示例甲"


def test_one_value_for_all_rows_is_chosen_from_a_list(root_client, upload) -> None:
    headers = ["工会名称", "职工人数"]
    job, page = upload(root_client, [headers, ["示例·甲公司工会", 30]])
    assert '<option value="联合基层工会"' in page or "联合" in page
    page = choose(root_client, job, column_0="name", column_1="employees", constant_division="月球区")
    assert job.state == "needs_mapping"
    assert "月球区" in page  # what was typed stays, with the reason
    choose(root_client, job, column_0="name", column_1="employees", constant_division="成都市锦江区")
    assert job.counts["new"] == 1


def test_a_district_chooses_among_its_own_divisions(client, make_user, upload) -> None:
    from django.contrib.auth.models import Permission

    user = make_user("district", divisions=["510104"])
    names = ["access_admin", "add_union", "change_union", "import_registers"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    job, page = upload(client, [["工会名称", "职工人数"], ["示例·甲公司工会", 30]])
    assert '<option value="510104"' in page
    assert '<option value="510105"' not in page
    choose(client, job, column_0="name", column_1="employees", constant_division="510104")
    assert job.counts["new"] == 1


def test_a_header_that_its_values_belie_is_doubted(root_client, upload) -> None:
    rows = [[*HEADERS, "联系人"], *([*union_row(number), f"1380000000{number}"] for number in range(1, 5))]
    job, page = upload(root_client, rows)
    assert job.state == "previewed"
    assert "“联系人（G 列）”按表头对应到“联系人”，但内容不像：4 个值中有 4 个是电话号码" in page
    columns = root_client.get(reverse("imports:columns", args=[job.pk])).content.decode()
    assert "但是 4 个值中有 4 个是电话号码，是否选错了列？" in columns


def test_headers_in_two_rows_are_readable(root_client, upload) -> None:
    rows = [
        ["工会名称", "行政区划", "人员情况", None],
        [None, None, "职工人数", "食堂人数"],
        ["示例·甲公司工会", "成都市锦江区", 30, 3],
    ]
    job, _page = upload(root_client, rows)
    page = root_client.get(reverse("imports:columns", args=[job.pk])).content.decode()
    assert "人员情况 › 职工人数" in page
    assert "人员情况 › 食堂人数" in page


def test_forty_columns_ask_few_questions_of_the_database(root_client, upload, django_assert_max_num_queries) -> None:
    headers = ["工会名称", *(f"自定义列{number}" for number in range(39))]
    job, _page = upload(root_client, [headers, ["示例·甲公司工会", *map(str, range(39))]])
    with django_assert_max_num_queries(20):
        page = root_client.get(reverse("imports:columns", args=[job.pk])).content.decode()
    assert page.count('<select id="column-') == 40


def test_a_header_behind_the_last_one_may_be_missing(import_file, book) -> None:
    rows = [["工会名称", "职工人数", None], *(["示例·甲公司工会" + str(n), 5, "锦江区"] for n in range(3))]
    result = import_file("unions", book(rows), "--dry-run")
    assert result.counts["new"] == 3


class TestRemembered:
    ROWS = [ODD, *(odd_row(number) for number in range(1, 4))]
    CHOICE = {"column_0": "name", "column_1": "credit_code", "column_2": "division", "column_3": "@notes"}

    @pytest.fixture
    def saved(self, root_client, upload):
        job, _page = upload(root_client, self.ROWS)
        page = choose(root_client, job, **self.CHOICE, remember="on", name="某区花名册")
        assert "已保存为“某区花名册”" in page
        return ImportProfile.objects.get()

    def test_the_next_table_with_the_same_headers_needs_no_hand(self, root_client, upload, saved) -> None:
        shuffled = [[*reversed(ODD)], *([*reversed(odd_row(number))] for number in range(4, 7))]
        job, page = upload(root_client, [["二季度"], *shuffled])
        assert job.state == "previewed"
        assert job.profile == saved
        assert "各列已按匹配方案“某区花名册”" in page
        assert how(job)["单位"] == ("name", "remembered")
        assert how(job)["食堂评价"] == ("notes", "kept")

    def test_one_click_does_without_it(self, root_client, upload, saved) -> None:
        job, _page = upload(root_client, self.ROWS)
        page = root_client.post(reverse("imports:columns", args=[job.pk]), {"without": "1"}, follow=True)
        job.refresh_from_db()
        assert job.profile is None
        assert job.state == "needs_mapping"
        assert "还缺必填列" in page.content.decode()
        choose(root_client, job, use="1", profile=str(saved.pk))
        assert (job.state, job.profile) == ("previewed", saved)

    def test_saving_again_replaces_it(self, root_client, upload, saved) -> None:
        job, _page = upload(root_client, self.ROWS)
        choose(root_client, job, **self.CHOICE | {"column_3": ""}, remember="on", name="改名的花名册")
        again = ImportProfile.objects.get()
        assert (again.pk, again.name, again.mapping["食堂评价"]) == (saved.pk, "改名的花名册", "")

    def test_another_table_of_the_same_name_has_its_own(self, root_client, upload, saved) -> None:
        job, _page = upload(root_client, [["甲", "乙"], ["示例·某公司工会", "锦江区"]])
        choose(root_client, job, column_0="name", column_1="division", remember="on", name="某区花名册")
        assert set(ImportProfile.objects.values_list("name", flat=True)) == {"某区花名册", "某区花名册 2"}

    def test_constants_are_remembered(self, root_client, upload) -> None:
        rows = [["单位甲", "人头"], ["示例·甲公司工会", 30]]
        job, _page = upload(root_client, rows)
        choose(
            root_client,
            job,
            column_0="name",
            column_1="employees",
            constant_division="锦江区",
            remember="on",
            name="甲",
        )
        job, _page = upload(root_client, rows)
        assert (job.state, job.counts["new"]) == ("previewed", 1)

    def test_a_header_row_that_names_nothing_we_know_is_found(self, root_client, upload) -> None:
        rows = [["单位甲", "人头"], ["示例·甲公司工会", 30]]
        job, _page = upload(root_client, rows)
        choose(
            root_client,
            job,
            column_0="name",
            column_1="employees",
            constant_division="锦江区",
            remember="on",
            name="甲",
        )
        job, _page = upload(root_client, [["二季度报表", "单位：人"], ["制表", "示例"], *rows])
        assert job.header_rows == [3]
        assert job.counts["new"] == 1

    def test_it_belongs_to_the_organisation(self, client, root_client, upload, saved, make_user) -> None:
        from django.contrib.auth.models import Permission

        names = ["access_admin", "add_union", "change_union", "import_registers"]

        def person(name, *divisions):
            user = make_user(name, divisions=list(divisions))
            user.user_permissions.set(Permission.objects.filter(codename__in=names))
            return user

        client.force_login(person("jinjiang", "510104"))
        job, page = upload(client, self.ROWS)
        assert job.profile is None  # saved for everywhere: offered, not used by itself
        assert "某区花名册" in page
        choose(client, job, **self.CHOICE, remember="on", name="锦江的")
        client.force_login(person("jinjiang2", "510104"))
        job, _page = upload(client, self.ROWS)
        assert job.profile.name == "锦江的"
        client.force_login(person("qingyang", "510105"))
        job, page = upload(client, self.ROWS)
        assert job.profile is None
        assert "锦江的" not in page
        mine = ImportProfile.objects.get(name="锦江的")
        assert "锦江的" not in client.get(reverse("imports:profiles")).content.decode()
        for name in ("profile", "profile_delete"):
            assert client.get(reverse(f"imports:{name}", args=[mine.pk])).status_code == 404
            assert client.post(reverse(f"imports:{name}", args=[mine.pk])).status_code == 404
        client.force_login(person("chengdu", "510100"))
        assert "锦江的" in client.get(reverse("imports:profiles")).content.decode()
        assert "某区花名册" not in client.get(reverse("imports:profiles")).content.decode()

    def test_rename_and_delete(self, root_client, saved) -> None:
        page = root_client.get(reverse("imports:profile", args=[saved.pk])).content.decode()
        assert "食堂评价" in page
        assert "存入备注" in page
        root_client.post(reverse("imports:profile", args=[saved.pk]), {"name": "新名称", "on_error": "skip"})
        saved.refresh_from_db()
        assert (saved.name, saved.policy["on_error"]) == ("新名称", "skip")
        page = root_client.post(reverse("imports:profile", args=[saved.pk]), {"name": " "}, follow=True)
        assert "请给匹配方案起个名称" in page.content.decode()
        question = root_client.get(reverse("imports:profile_delete", args=[saved.pk])).content.decode()
        assert "要删除匹配方案“新名称”吗？" in question
        root_client.post(reverse("imports:profile_delete", args=[saved.pk]))
        assert not ImportProfile.objects.exists()
        assert "还没有匹配方案" in root_client.get(reverse("imports:profiles")).content.decode()

    def test_the_command_takes_it_by_name(self, saved, import_file, book) -> None:
        rows = [[*ODD, "另一列"], *([*odd_row(number), "多出来"] for number in range(1, 4))]
        refused = import_file("unions", book(rows), "--profile", "没有这个")
        assert (refused.code, refused.json["errors"][0]["code"]) == (2, "profile_unknown")
        for name in ("某区花名册", f"#{saved.pk}"):
            assert import_file("unions", book(rows), "--profile", name, "--dry-run").counts["new"] == 3
        assert import_file("unions", book(rows), "--profile", "某区花名册").code == 0
        assert Union.objects.get(credit_code=credit_code(1)).notes == "食堂评价：好"

    def test_a_mapping_file_goes_before_it(self, saved, book, tmp_path) -> None:
        mapping = tmp_path / "map.json"
        mapping.write_text(json.dumps({"单位": "name", "证照": "credit_code", "地盘": "division"}), encoding="utf-8")
        command("import_register", "unions", book(self.ROWS), "--json", "--mapping", mapping)
        assert set(Union.objects.values_list("notes", flat=True)) == {""}


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_bare_serials_count_from_the_year_that_the_workbook_says(kind, tmp_path, import_file) -> None:
    rows = [[*HEADERS, "建会时间"], [*union_row(1), 43566]]
    path = tmp_path / f"名册.{kind}"
    if kind == "xlsx":
        workbook = openpyxl.Workbook()
        workbook.epoch = CALENDAR_MAC_1904
        for row in rows:
            workbook.active.append(row)
        workbook.save(path)
    else:
        old = xlwt.Workbook()
        old.dates_1904 = True
        sheet = old.add_sheet("Sheet1")
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write(at, place, cell)
        old.save(str(path))
    assert import_file("unions", path).code == 0
    assert Union.objects.get().founded_on.isoformat() == "2023-04-12"
