"""`undo_import` puts back what an import changed, and leaves alone what was changed since."""

import json

import pytest
from modelsearch.conf import get_app_config

from content.core.models import RegisterLogEntry
from content.core.signals import register_rows_changed
from content.registers.ratings import Rating
from content.registers.unions import Union
from exports.imports.models import ImportJob

from .conftest import HEADERS, command, credit_code, union_row

pytestmark = pytest.mark.django_db


def test_puts_everything_back(book, import_file) -> None:
    import_file("unions", book([HEADERS, union_row(1)]))
    before = Union.objects.values().get()
    rows = [HEADERS, union_row(1, 职工人数=500, 工会名称="示例·改名公司工会"), union_row(2), union_row(3)]
    job = import_file("unions", book(rows)).json["job"]
    result = command("undo_import", job, "--json")
    assert (result.code, result.json) == (0, {"job": job, "restored": 1, "deleted": 2, "left": []})
    after = Union.objects.values().get()
    assert after.pop("updated_at") > before.pop("updated_at")
    assert after == before
    assert ImportJob.objects.get(pk=job).state == "undone"


def test_rows_changed_since_are_listed_and_left(book, import_file) -> None:
    import_file("unions", book([HEADERS, union_row(1)]))
    job = import_file("unions", book([HEADERS, union_row(1, 职工人数=500), union_row(2), union_row(3)])).json["job"]
    for number in (1, 2):
        union = Union.objects.get(credit_code=credit_code(number))
        union.chair = "示例李四"
        union.save()
    result = command("undo_import", job, "--json")
    assert result.code == 1
    assert (result.json["restored"], result.json["deleted"]) == (0, 1)
    assert {(row["row"], row["code"]) for row in result.json["left"]} == {(2, "changed_since"), (3, "changed_since")}
    assert Union.objects.get(credit_code=credit_code(1)).employees == 500


def test_rows_that_others_refer_to_stay_and_hold_those_above_them(book, import_file) -> None:
    headers = [*HEADERS, "上级工会"]
    rows = [
        [*union_row(1), None],
        [*union_row(2), credit_code(1)],
        [*union_row(3), credit_code(2)],
        [*union_row(4), None],
    ]
    job = import_file("unions", book([headers, *rows])).json["job"]
    Rating.objects.create(union=Union.objects.get(credit_code=credit_code(2)), year=2024)
    result = command("undo_import", job, "--json")
    assert (result.code, result.json["deleted"]) == (1, 2)
    assert {row["code"] for row in result.json["left"]} == {"referenced"}
    assert set(Union.objects.values_list("credit_code", flat=True)) == {credit_code(1), credit_code(2)}


def test_a_taken_name_stops_the_undo(book, import_file) -> None:
    import_file("unions", book([HEADERS, union_row(1)]))
    job = import_file("unions", book([HEADERS, union_row(1, 工会名称="示例·改名公司工会")])).json["job"]
    import_file("unions", book([HEADERS, union_row(2, 工会名称="示例·第1号公司工会")]))
    result = command("undo_import", job)
    assert result.code == 2
    assert ImportJob.objects.get(pk=job).state == "committed"


def test_only_once_and_only_what_was_written(book, import_file) -> None:
    job = import_file("unions", book([HEADERS, union_row(1)])).json["job"]
    assert command("undo_import", job).code == 0
    assert command("undo_import", job).code == 2
    assert command("undo_import", 999_999).code == 2
    dry = import_file("unions", book([HEADERS, union_row(1)]), "--dry-run").json["job"]
    assert command("undo_import", dry).code == 2


def test_history_search_and_signal_follow(book, import_file) -> None:
    heard = []

    def hear(**kwargs) -> None:
        heard.append((list(kwargs["changed"]), list(kwargs["deleted"])))

    register_rows_changed.connect(hear)
    try:
        job = import_file("unions", book([HEADERS, union_row(1)], name="示例.xlsx")).json["job"]
        union = Union.objects.get()
        (entry,) = RegisterLogEntry.objects.for_instance(union)
        assert entry.message == f"由导入任务 {job} 新增（示例.xlsx 第 2 行）"
        entries = get_app_config().get_model("IndexEntry").objects.filter(object_id=str(union.pk))
        assert entries.exists()
        command("undo_import", job)
        assert not entries.exists()
    finally:
        register_rows_changed.disconnect(hear)
    assert heard == [([union.pk], []), ([], [union.pk])]
    assert json.loads(json.dumps(entry.data))["row"] == 2


def test_chosen_rows_are_undone_and_the_rest_later(book, import_file) -> None:
    import_file("unions", book([HEADERS, union_row(1)]))
    rows = [HEADERS, union_row(1, 职工人数=500), *(union_row(number) for number in range(2, 7))]
    job = import_file("unions", book(rows)).json["job"]
    result = command("undo_import", job, "--rows", "2，4-5", "--json")
    assert (result.code, result.json) == (0, {"job": job, "restored": 1, "deleted": 2, "left": [], "remaining": 3})
    assert Union.objects.get(credit_code=credit_code(1)).employees == 100
    assert set(Union.objects.values_list("credit_code", flat=True)) == set(map(credit_code, (1, 2, 5, 6)))
    assert ImportJob.objects.get(pk=job).state == "committed"
    changed = Union.objects.get(credit_code=credit_code(6))
    changed.chair = "示例李四"
    changed.save()
    result = command("undo_import", job, "--rows", "3-4,7", "--json")
    assert (result.code, result.json["deleted"], result.json["remaining"]) == (1, 1, 2)
    assert [(row["row"], row["code"]) for row in result.json["left"]] == [(7, "changed_since")]
    result = command("undo_import", job, "--json")
    assert (result.code, result.json["deleted"]) == (1, 1)
    found = ImportJob.objects.get(pk=job)
    assert (found.state, found.counts["undone"], found.undo_report["deleted"]) == ("undone", 5, 4)
    changed.chair = ""
    changed.save()
    assert command("undo_import", job).code == 0  # what was left can be tried again
    assert set(Union.objects.values_list("credit_code", flat=True)) == {credit_code(1)}
    assert ImportJob.objects.get(pk=job).undo_report["left"] == []
    assert command("undo_import", job).code == 2


def test_rows_of_several_sheets_are_called_by_their_sheet(book, import_file) -> None:
    path = book(
        [HEADERS, union_row(1), union_row(2)], sheet="一区", more={"二区": [HEADERS, union_row(3), union_row(4)]}
    )
    answer = import_file("unions", path, "--all-sheets").json
    result = command("undo_import", answer["job"], "--rows", "一区!3,二区!2", "--json")
    assert (result.code, result.json["deleted"], result.json["remaining"]) == (0, 2, 2)
    assert set(Union.objects.values_list("credit_code", flat=True)) == {credit_code(1), credit_code(4)}
    assert str(ImportJob.objects.get().get_state_display()) == "已写入，部分已撤销"
    assert command("undo_import", answer["job"], "--rows", "三区!3").code == 2


@pytest.mark.parametrize("rows", ["甲", "9-7", "3;x"])
def test_rows_that_cannot_be_read_are_refused(book, import_file, rows) -> None:
    job = import_file("unions", book([HEADERS, union_row(1)])).json["job"]
    assert command("undo_import", job, "--rows", rows).code == 2
    assert Union.objects.exists()
