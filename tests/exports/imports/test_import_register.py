"""`import_register`: what people send goes in, what is wrong is said, nothing is half done."""

import json
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content.registers.points import Point
from content.registers.ratings import Rating
from content.registers.unions import Union
from exports.imports.models import ImportJob

from .conftest import HEADERS, command, credit_code, union_row

pytestmark = pytest.mark.django_db


def test_clean_rows_go_in(book, import_file) -> None:
    result = import_file("unions", book([HEADERS, union_row(1), union_row(2)]))
    assert result.code == 0
    assert result.counts == {"new": 2, "changed": 0, "unchanged": 0, "error": 0, "skipped": 0}
    union = Union.objects.get(credit_code=credit_code(1))
    assert (union.name, union.division_id, union.employees, union.kind) == (
        "示例·第1号公司工会",
        "510104",
        100,
        "grassroots",
    )
    assert union.over_25 is True
    assert union.pinyin.startswith("shi li")
    assert union.code == "GH5101040001"


def test_titles_synonyms_dirty_values_and_footers(book, import_file) -> None:
    rows = [
        ["成都市基层工会花名册（示例）"],
        ["填报单位：示例总工会"],
        [
            "序号",
            "工会全称*",
            "社会统一信用代码（必填）",
            "所属区县",
            "建会日期",
            "主席手机",
            "职工人数\n(人)",
            "会员数",
            "现星级",
            "备注",
        ],
        [
            1,
            "示例·甲公司　工会",
            f" {credit_code(1)} ",
            "锦江区",
            "2023.4.12",
            13812345678.0,
            "约200人",
            "１５０",
            "五星级",
            "x",
        ],
        [2, "示例·乙公司工会", credit_code(2).lower(), "510105", 45028, "028-87654321", "30", 20, "★★★", None],
        ["小计", None, None, None, None, None, 230, 170],
        [
            "序号",
            "工会全称*",
            "社会统一信用代码（必填）",
            "所属区县",
            "建会日期",
            "主席手机",
            "职工人数\n(人)",
            "会员数",
        ],
        [3, "示例·丙公司工会", credit_code(3), "成都市武侯区", "2023年4月1日", None, None, None, None, None],
        ["合计", None, None, None, None, None, 230, 170],
        ["填表人：示例张三", None, None, "联系电话：12345678"],
    ]
    result = import_file("unions", book(rows, more={"说明": [["请如实填写"]]}))
    assert result.json["errors"] == []
    assert result.counts == {"new": 3, "changed": 0, "unchanged": 0, "error": 0, "skipped": 4}
    first, second, third = Union.objects.order_by("credit_code")
    assert (first.employees, first.members, first.stars, first.chair_phone) == (200, 150, 5, "13812345678")
    assert first.founded_on == date(2023, 4, 12)
    assert (second.division_id, second.stars, second.founded_on) == ("510105", 3, date(2023, 4, 12))
    assert third.division_id == "510107"


def test_an_error_says_where_what_and_why_and_nothing_is_written(book, import_file) -> None:
    bad = union_row(2, 职工人数="很多")
    result = import_file("unions", book([HEADERS, union_row(1), bad], sheet="花名册"))
    assert result.code == 1
    assert result.counts == {"new": 1, "changed": 0, "unchanged": 0, "error": 1, "skipped": 0}
    (error,) = result.json["errors"]
    assert (error["sheet"], error["row"], error["column"], error["value"]) == ("花名册", 3, "职工人数", "很多")
    assert error["code"]
    assert error["message"]
    assert not Union.objects.exists()


def test_on_error_skip_writes_the_good_rows(book, import_file) -> None:
    rows = [HEADERS, union_row(1), union_row(2, 会员人数=500), union_row(3)]
    result = import_file("unions", book(rows), "--on-error", "skip")
    assert result.code == 1
    assert Union.objects.count() == 2
    assert result.json["errors"][0]["code"] == "part_exceeds_whole"


def test_dry_run_writes_nothing(book, import_file) -> None:
    result = import_file("unions", book([HEADERS, union_row(1)]), "--dry-run")
    assert (result.code, result.counts["new"]) == (0, 1)
    assert not Union.objects.exists()


def test_importing_again_changes_and_writes_nothing(book, import_file) -> None:
    path = book([HEADERS, *(union_row(number) for number in range(20))])
    import_file("unions", path)
    before = list(Union.objects.order_by("pk").values())
    with CaptureQueriesContext(
        connection,
    ) as queries:
        result = import_file("unions", path)
    assert result.counts == {"new": 0, "changed": 0, "unchanged": 20, "error": 0, "skipped": 0}
    assert list(Union.objects.order_by("pk").values()) == before
    table = Union._meta.db_table
    assert not [q for q in queries if table in q["sql"] and not q["sql"].lstrip().startswith("SELECT")]


def test_changes_only_what_the_file_says(book, import_file) -> None:
    import_file("unions", book([HEADERS, union_row(1)]))
    Union.objects.update(chair="示例李四")
    result = import_file("unions", book([HEADERS, union_row(1, 职工人数=120, 会员人数=None)]))
    assert result.counts["changed"] == 1
    union = Union.objects.get()
    assert (union.employees, union.members, union.chair) == (120, 80, "示例李四")


def test_a_new_name_renews_what_is_derived_from_it(book, import_file) -> None:
    import_file("unions", book([HEADERS, union_row(1)]))
    import_file("unions", book([HEADERS, union_row(1, 工会名称="示例·改名公司工会")]))
    union = Union.objects.get()
    assert union.name_key == "示例改名公司工会"
    assert union.pinyin.split()[2:4] == ["·", "gai"]
    assert "改名" in union.search_text


def test_the_same_row_twice_in_a_file(book, import_file) -> None:
    twin = union_row(2, 工会名称="示例·第１号公司 工会")
    result = import_file("unions", book([HEADERS, union_row(1), twin]))
    (error,) = result.json["errors"]
    assert (error["row"], error["code"]) == (3, "duplicate_in_file")
    assert "2" in error["message"]


def test_two_keys_that_name_two_rows(book, import_file) -> None:
    import_file("unions", book([HEADERS, union_row(1), union_row(2)]))
    mixed = union_row(1, 工会名称="示例·第2号公司工会")
    result = import_file("unions", book([HEADERS, mixed]))
    assert [error["code"] for error in result.json["errors"]] == ["duplicate"]


def test_rows_without_code_are_numbered_after_the_last(book, import_file) -> None:
    import_file("unions", book([HEADERS, union_row(1), union_row(2, 行政区划="成都市青羊区")]))
    import_file("unions", book([HEADERS, union_row(3), union_row(4)]))
    assert sorted(Union.objects.values_list("code", flat=True)) == [
        "GH5101040001",
        "GH5101040002",
        "GH5101040003",
        "GH5101050001",
    ]


def test_a_superior_in_the_same_file_before_or_after(book, import_file) -> None:
    headers = [*HEADERS, "上级工会"]
    rows = [
        [*union_row(1), "示例·街道总工会"],
        [*union_row(2, 工会名称="示例·街道总工会", 工会类型="街道"), None],
        [*union_row(3), credit_code(2)],
        [*union_row(4), "示例·没有的工会"],
    ]
    result = import_file("unions", book([headers, *rows]), "--on-error", "skip")
    assert [(error["row"], error["code"]) for error in result.json["errors"]] == [(5, "reference_missing")]
    street = Union.objects.get(name="示例·街道总工会")
    assert set(street.children.values_list("credit_code", flat=True)) == {credit_code(1), credit_code(3)}


def test_a_superior_far_down_a_long_file(book, import_file) -> None:
    """Rows are checked some thousands at a time, so these wait for their superior until the whole file is read."""
    import_file("unions", book([HEADERS, union_row(1), union_row(2), union_row(3)]))
    headers = [*HEADERS, "上级工会"]
    rows = [
        [*union_row(1), "示例·街道总工会"],
        [*union_row(2), None],
        [*union_row(3), "示例·没有的工会"],
        *([*union_row(number), "示例·街道总工会"] for number in range(4, 2_104)),
        [*union_row(9_999, 工会名称="示例·街道总工会", 工会类型="街道"), credit_code(2)],
    ]
    result = import_file("unions", book([headers, *rows]), "--on-error", "skip")
    assert [(error["row"], error["code"]) for error in result.json["errors"]] == [(4, "reference_missing")]
    assert result.counts == {"new": 2_101, "changed": 1, "unchanged": 1, "error": 1, "skipped": 0}
    street = Union.objects.get(name="示例·街道总工会")
    assert street.parent.credit_code == credit_code(2)
    assert street.children.count() == 2_101
    assert Union.objects.get(credit_code=credit_code(3)).parent is None


def test_references_by_name_and_by_code(book, import_file) -> None:
    import_file("unions", book([HEADERS, union_row(1), union_row(2)]))
    headers = ["年度", "工会名称", "信用代码", "评定结果", "评定星级"]
    rows = [
        [2024, "示例·第1号公司工会", credit_code(1), "已评定", "三星级"],
        [2024, "示例·第1号公司工会", credit_code(2), "已评定", "4星"],
        [2025, "示例·没有的工会", None, "已评定", 3],
    ]
    path = book([headers, *rows])
    mapping = path.with_suffix(".json")
    mapping.write_text(json.dumps({"信用代码": "union_code", "评定结果": "result"}), encoding="utf-8")
    result = import_file("ratings", path, "--on-error", "skip", "--mapping", mapping)
    assert [(error["row"], error["code"]) for error in result.json["errors"]] == [
        (3, "reference_conflict"),
        (4, "reference_missing"),
    ]
    rating = Rating.objects.get()
    assert (rating.union_name, rating.division_id, rating.stars) == ("示例·第1号公司工会", "510104", 3)


def test_a_user_imports_only_into_own_divisions(book, import_file, make_user) -> None:
    make_user("zhang", divisions=["510104"], is_superuser=False)
    from django.contrib.auth.models import Permission

    from content.core.models import User

    user = User.objects.get(username="zhang")
    user.user_permissions.set(Permission.objects.filter(codename__in=["add_union", "change_union", "import_registers"]))
    import_file("unions", book([HEADERS, union_row(9, 行政区划="成都市青羊区")]))
    rows = [HEADERS, union_row(1), union_row(2, 行政区划="成都市青羊区"), union_row(9, 行政区划=None)]
    result = import_file("unions", book(rows), "--user", "zhang")
    assert [(error["row"], error["code"]) for error in result.json["errors"]] == [
        (3, "out_of_scope"),
        (4, "out_of_scope"),
    ]
    assert "青羊区" in result.json["errors"][0]["message"]


def test_a_user_without_permission_is_refused(book, import_file, make_user) -> None:
    make_user("li", divisions=["510104"])
    result = import_file("unions", book([HEADERS, union_row(1)]), "--user", "li")
    assert (result.code, result.json["errors"][0]["code"]) == (2, "forbidden")


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["说明"], ["本表请于月底前报送"]], "no_header"),
        ([["工会名称", "职工人数"], ["示例·甲公司工会", 3]], "missing_column"),
        ([HEADERS], "no_rows"),
        ([HEADERS, ["合计", None, None, None, 3, 3]], "no_rows"),
    ],
)
def test_a_file_that_is_not_the_register(book, import_file, rows, code) -> None:
    result = import_file("unions", book(rows))
    assert (result.code, result.json["errors"][0]["code"]) == (2, code)
    assert result.json["errors"][0]["message"]
    assert not Union.objects.exists()


def test_not_a_spreadsheet_and_not_there(tmp_path, import_file) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(b"%PDF-1.7 \x00\x01")
    assert import_file("unions", path).code == 2
    assert import_file("unions", tmp_path / "nowhere.xlsx").code == 2
    assert import_file("nothing", path).json["errors"][0]["code"] == "register_unknown"
    assert ImportJob.objects.get().state == ImportJob.State.FAILED


def test_gb18030_text(tmp_path, import_file) -> None:
    path = tmp_path / "名册.csv"
    lines = [",".join(map(str, row)) for row in [HEADERS, union_row(1, 工会名称="示例·㐀䶮公司工会")]]
    path.write_bytes("\r\n".join(lines).encode("gb18030"))
    assert import_file("unions", path).code == 0
    assert Union.objects.get().name == "示例·㐀䶮公司工会"


def test_speaks_chinese_to_people(book, db) -> None:
    result = command("import_register", "unions", book([HEADERS, union_row(1, 职工人数="很多")]))
    assert result.code == 1
    assert "第 2 行" in result.out
    assert "没有写入" in result.out


def test_staging_asks_the_same_number_of_queries_for_many_rows(book, import_file) -> None:
    def queries(path) -> int:
        with CaptureQueriesContext(connection) as captured:
            import_file("unions", path)
        return len(captured)

    headers = [*HEADERS, "上级工会"]
    few = queries(book([headers, *([*union_row(n), None] for n in range(3))], name="few.xlsx"))
    many = queries(
        book([headers, *([*union_row(n), "示例·第1号公司工会"] for n in range(10, 1_510))], name="many.xlsx")
    )
    assert many <= few + 10


def test_points_name_their_base(book, import_file) -> None:
    bases = [["基地名称", "行政区划", "基地类型"], ["示例·太湖民宿", "苏州市吴中区", "民宿"]]
    assert import_file("bases", book(bases)).code == 0
    points = [["活动点名称", "所属基地", "地区"], ["示例·评弹体验点", "示例·太湖民宿", "苏州市姑苏区"]]
    assert import_file("points", book(points)).code == 0
    assert Point.objects.get().base.code == "JD3205060001"


def test_an_export_comes_back_unchanged(book, import_file, tmp_path) -> None:
    import_file(
        "unions", book([[*HEADERS, "建会时间", "星级"], *([*union_row(n), "2023.4.12", "★★★"] for n in range(5))])
    )
    path = tmp_path / "导出.xlsx"
    call_command("export_register", "unions", str(path), verbosity=0)
    result = import_file("unions", path)
    assert result.json["errors"] == []
    assert result.counts == {"new": 0, "changed": 0, "unchanged": 5, "error": 0, "skipped": 0}


def test_a_circle_that_only_the_whole_file_shows(book, import_file) -> None:
    headers = [*HEADERS, "上级工会"]
    new = [[*union_row(1), credit_code(2)], [*union_row(2), credit_code(1)], [*union_row(3), credit_code(1)]]
    result = import_file("unions", book([headers, *new]))
    assert [(error["row"], error["code"]) for error in result.json["errors"]] == [(2, "cycle"), (3, "cycle")]
    import_file("unions", book([headers, *([*union_row(n), None] for n in (1, 2))]))
    result = import_file("unions", book([headers, *new[:2]]))
    assert [(error["row"], error["code"]) for error in result.json["errors"]] == [(2, "cycle"), (3, "cycle")]
    assert not Union.objects.exclude(parent=None).exists()
