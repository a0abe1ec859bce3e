"""Writing: typed cells, formulas made harmless, and memory that does not grow with the rows."""

import csv
import datetime as dt
import io
import json
import tracemalloc
from decimal import Decimal

import openpyxl
import pytest

from content.core import cleaning
from content.core.file_formats import FILE_FORMATS
from exports.files import harmless, read_workbook, write_table
from exports.files.writers.table import WRITERS

HEADERS = ["名称", "电话", "床位数", "价格", "命名日期", "现场核查", "备注"]
ROWS = [
    ["示例·太湖明月民宿", "13812345678", 120, Decimal("280.50"), dt.date(2023, 4, 12), True, None],
    ["=HYPERLINK(1)", "+85221234567", 0, None, None, False, "第一行\n第二行"],
]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠1", " =1", "\n=1"]
)
def test_texts_like_formulas_are_made_harmless_and_come_back(text):
    assert harmless(text) == "'" + text
    assert cleaning.text(harmless(text)).value == cleaning.text(text).value


@pytest.mark.parametrize("cell", ["示例", "1-1", -1, Decimal(-1), None, "", dt.date(2023, 4, 12)])
def test_the_rest_stays(cell):
    assert harmless(cell) == cell


def test_xlsx(tmp_path):
    assert write_table(tmp_path / "a.xlsx", "xlsx", HEADERS, ROWS, text=["电话"], title="基地:名录") == 2
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert (sheet.title, sheet.freeze_panes, sheet["A1"].font.b) == ("基地 名录", "A2", True)
    assert sheet.auto_filter.ref == "A1:G3"
    first, second = ([cell.value for cell in row] for row in sheet.iter_rows(min_row=2))
    assert first == ["示例·太湖明月民宿", "13812345678", 120, 280.5, dt.datetime(2023, 4, 12), "是", None]
    assert second == ["'=HYPERLINK(1)", "'+85221234567", 0, None, None, "否", "第一行\n第二行"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}  # and no formula
    assert (sheet["B2"].number_format, sheet["E2"].number_format) == ("@", "yyyy-mm-dd")
    assert sheet.column_dimensions["A"].width > 16
    cells = [row for _number, row in read_workbook(tmp_path / "a.xlsx").sheets[0].rows]
    assert cells[1][4] == dt.date(2023, 4, 12)


def test_csv(tmp_path):
    assert write_table(tmp_path / "a.csv", "csv", HEADERS, ROWS) == 2
    content = (tmp_path / "a.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 3
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[1] == ["示例·太湖明月民宿", "13812345678", "120", "280.50", "2023-04-12", "是", ""]
    assert rows[2][0] == "'=HYPERLINK(1)"


def test_json(tmp_path):
    assert write_table(tmp_path / "a.json", "json", HEADERS, ROWS) == 2
    first, second = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert (first["价格"], first["现场核查"], first["命名日期"]) == (280.5, True, "2023-04-12")
    assert second["名称"] == "=HYPERLINK(1)"


@pytest.mark.parametrize("format", ["xlsx", "csv", "json", "jsonl"])
def test_a_table_without_rows_has_its_header(tmp_path, format):
    assert write_table(tmp_path / f"a.{format}", format, HEADERS, []) == 0
    if format == "jsonl":
        assert (tmp_path / "a.jsonl").read_text() == ""
    elif format == "json":
        assert json.loads((tmp_path / "a.json").read_text()) == []
    else:
        assert [row for _n, row in read_workbook(tmp_path / f"a.{format}").sheets[0].rows] == [HEADERS]


def test_a_file_object_takes_it_too():
    target = io.BytesIO()
    write_table(target, "xlsx", HEADERS, ROWS)
    assert openpyxl.load_workbook(io.BytesIO(target.getvalue())).active.max_row == 3


@pytest.mark.parametrize("format", ["xlsx", "csv", "json", "jsonl"])
def test_rows_are_taken_one_by_one(tmp_path, format):
    def rows(count):
        for number in range(count):
            yield [f"示例{number}", "13812345678", number, Decimal("1.5"), dt.date(2023, 4, 12), True, "说明" * 20]

    peaks = []
    for count in (2_000, 20_000):
        tracemalloc.start()
        write_table(tmp_path / f"a.{format}", format, HEADERS, rows(count))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 1_000_000


def test_control_characters_do_not_spoil_a_workbook(tmp_path):
    write_table(tmp_path / "a.xlsx", "xlsx", ["名称"], [["示\x00例\x0b"], ["x" * 40_000]])
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").active["A2"].value == "示例"


def test_every_declared_format_has_its_writer():
    assert set(WRITERS) == {name for name, format in FILE_FORMATS.items() if not format.printed}


@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_one_cell_that_needs_care_among_many_that_do_not(tmp_path, format):
    """Columns are looked at many rows at a time, so whatever stands at the end of them must be seen too."""
    odd = [
        ["=1+1", -1, True, Decimal("2.5"), None],
        [" @SUM(1)", None, False, Decimal("3"), "x" * 40_000],
        ["　＋1", 0, None, None, ""],
    ]
    rows = [["示例", number, None, Decimal("1.50"), None] for number in range(997)] + odd
    path = tmp_path / f"a.{format}"
    assert write_table(path, format, list("甲乙丙丁戊"), rows) == 1_000
    if format == "csv":
        read = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
        assert read[1] == ["示例", "0", "", "1.50", ""]
        assert [row[:4] for row in read[-3:]] == [
            ["'=1+1", "-1", "是", "2.5"], ["' @SUM(1)", "", "否", "3"], ["'　＋1", "0", "", ""],
        ]  # fmt: skip
    else:
        read = [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active.iter_rows()]
        assert read[1] == ["示例", 0, None, 1.5, None]
        assert [row[:4] for row in read[-3:]] == [
            ["'=1+1", -1, "是", 2.5], ["' @SUM(1)", None, "否", 3], ["'　＋1", 0, None, None],
        ]  # fmt: skip
        assert len(read[-2][4]) == 32_767
