"""Reading: every container and encoding that federations send, and what is politely refused."""

import contextlib
import datetime as dt
import importlib.util
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font

from exports.files import FileRefused, Limits, Merged, read_workbook

_spec = importlib.util.spec_from_file_location("make", Path(__file__).parent / "make.py")
make = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make)

ROWS = [["基地名称", "床位数"], ["示例·太湖明月民宿", 120]]


def cells(workbook, sheet=0):
    return [row for _number, row in workbook.sheets[sheet].rows]


def refused(path, **options):
    with pytest.raises(FileRefused) as caught:
        read_workbook(path, **options)
    assert caught.value.message
    assert "%(" not in caught.value.message
    return caught.value.code


@pytest.fixture
def small():
    return replace(Limits.of_settings(), reader_seconds=20)


class TestXlsx:
    def test_cells_have_their_types_and_rows_their_numbers(self, tmp_path):
        file = tmp_path / "a.xlsx"
        book = xlsxwriter.Workbook(file)
        sheet = book.add_worksheet("基地")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        minute = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write("B3", "甲")
        sheet.write("C3", 12)
        sheet.write("D3", 12.5)
        sheet.write("E3", True)
        sheet.write_datetime("F3", dt.datetime(2023, 4, 12), day)
        sheet.write_datetime("G3", dt.datetime(2023, 4, 12, 8, 30), minute)
        sheet.merge_range("B7:C8", "并")
        book.close()
        found = read_workbook(file)
        assert (found.kind, found.encoding, found.notes) == ("xlsx", "", [])
        expected = [None, "甲", 12, 12.5, True, dt.date(2023, 4, 12), dt.datetime(2023, 4, 12, 8, 30)]
        rows = list(found.sheets[0].rows)
        assert rows[0] == (3, expected)
        assert rows[1] == (7, [None, "并"] + [None] * 5)
        assert found.sheets[0].merged == [Merged(7, 1, 8, 2)]
        assert list(found.sheets[0].rows) == rows  # and again

    def test_hidden_sheets_are_told(self, tmp_path):
        file = tmp_path / "a.xlsx"
        book = xlsxwriter.Workbook(file)
        for name in ("甲", "乙", "丙"):
            book.add_worksheet(name).write(0, 0, name)
        book.worksheets_objs[1].hide()
        book.worksheets_objs[2].very_hidden()
        book.close()
        assert [(s.name, s.hidden) for s in read_workbook(file).sheets] == [("甲", False), ("乙", True), ("丙", True)]

    def test_errors_of_formulas_are_seen(self, tmp_path):
        file = tmp_path / "a.xlsx"
        book = xlsxwriter.Workbook(file)
        sheet = book.add_worksheet()
        sheet.write("A1", "名称")
        sheet.write_formula("B2", "=NA()", value="#N/A")
        sheet.write_formula("C2", "=1+1", value=2)
        sheet.write_formula("D2", '=""', value="")
        sheet.write_formula("B4", "=1/0", value="#DIV/0!")
        book.close()
        rows = dict(read_workbook(file).sheets[0].rows)
        assert rows[2][1:3] == ["#N/A", 2]
        assert rows[4][1] == "#DIV/0!"

    def test_a_formula_without_a_kept_result_is_seen(self, tmp_path):
        book = openpyxl.Workbook()
        book.active.append(["名称", "=1+1"])
        book.save(tmp_path / "a.xlsx")
        assert cells(read_workbook(tmp_path / "a.xlsx")) == [["名称", "#未计算!"]]

    def test_the_epoch_of_1904(self, tmp_path):
        book = openpyxl.Workbook()
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        book.active["A1"] = dt.date(2023, 4, 12)
        book.save(tmp_path / "a.xlsx")
        assert cells(read_workbook(tmp_path / "a.xlsx")) == [[dt.date(2023, 4, 12)]]

    def test_a_styled_corner_does_no_harm(self, tmp_path):
        book = openpyxl.Workbook()
        book.active["A1"] = "甲"
        book.active["XFD1048576"].font = Font(bold=True)
        book.save(tmp_path / "a.xlsx")
        assert cells(read_workbook(tmp_path / "a.xlsx")) == [["甲"]]

    def test_a_sparse_giant_is_refused(self, tmp_path, small):
        book = openpyxl.Workbook()
        book.active["A1"], book.active["XFD1048576"] = 1, 2
        book.save(tmp_path / "a.xlsx")
        assert refused(tmp_path / "a.xlsx", limits=small) == "too_large"

    def test_xlsx_called_csv_is_read_with_a_note(self, tmp_path):
        book = openpyxl.Workbook()
        book.active.append(["甲"])
        book.save(tmp_path / "a.xlsx")
        found = read_workbook((tmp_path / "a.xlsx").rename(tmp_path / "a.csv"))
        assert found.kind == "xlsx"
        assert found.notes

    def test_limits_of_rows_and_columns(self, tmp_path, small):
        book = openpyxl.Workbook()
        for _row in range(20):
            book.active.append(["x"] * 20)
        book.save(tmp_path / "a.xlsx")
        assert refused(tmp_path / "a.xlsx", limits=replace(small, rows=10)) == "too_many_rows"
        assert refused(tmp_path / "a.xlsx", limits=replace(small, columns=10)) == "too_many_columns"
        assert refused(tmp_path / "a.xlsx", limits=replace(small, file_bytes=100)) == "file_too_big"
        assert refused(tmp_path / "a.xlsx", limits=replace(small, unpacked_bytes=1000)) == "unpacks_too_big"

    def test_a_bomb_inside_the_unpacked_limit_ends_by_memory_or_time(self, tmp_path, small):
        book = xlsxwriter.Workbook(tmp_path / "a.xlsx", {"constant_memory": True})
        sheet = book.add_worksheet()
        for row in range(3000):
            sheet.write_row(row, 0, ["x" * 100] * 100)
        book.close()
        limits = replace(small, reader_memory_bytes=60 * 1024 * 1024)
        assert refused(tmp_path / "a.xlsx", limits=limits) == "too_large"
        assert refused(tmp_path / "a.xlsx", limits=replace(small, reader_seconds=0)) == "too_slow"

    @pytest.mark.parametrize("keep", [100, 2000, -300])
    def test_a_truncated_file_is_damaged(self, tmp_path, keep):
        book = openpyxl.Workbook()
        for row in range(500):
            book.active.append([f"示例{row}", row])
        book.save(tmp_path / "a.xlsx")
        (tmp_path / "b.xlsx").write_bytes((tmp_path / "a.xlsx").read_bytes()[:keep])
        assert refused(tmp_path / "b.xlsx") == "damaged"

    def test_entities_are_not_followed(self, tmp_path):
        book = openpyxl.Workbook()
        book.active.append(["甲"])
        book.save(tmp_path / "a.xlsx")
        with zipfile.ZipFile(tmp_path / "a.xlsx") as source, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as target:
            for info in source.infolist():
                data = source.read(info)
                if info.filename == "xl/workbook.xml":
                    start = data.index(b"<workbook")
                    data = data[:start] + b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + data[start:]
                target.writestr(info, data)
        assert refused(tmp_path / "b.xlsx") == "damaged"


class TestOtherContainers:
    @pytest.mark.parametrize("suffix", ["xls", "et"])
    def test_xls_and_et(self, tmp_path, suffix):
        found = read_workbook(make.xls(tmp_path / f"a.{suffix}", ROWS))
        assert (found.kind, cells(found), found.notes) == ("xls", ROWS, [])

    def test_ods(self, tmp_path):
        found = read_workbook(make.ods(tmp_path / "a.ods", ROWS))
        assert (found.kind, cells(found)) == ("ods", ROWS)

    def test_passwords(self, tmp_path):
        encrypted = make.ole(tmp_path / "a.xlsx", {"EncryptionInfo": b"x", "EncryptedPackage": b"x"})
        assert refused(encrypted) == "password"
        assert refused(make.xls(tmp_path / "b.xls", ROWS, protected=True)) == "password"

    def test_html_called_xls(self, tmp_path):
        page = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset=gbk><style>td{}</style>
        <title>不要</title></head><body><table><tr><td colspan=2>疗休养基地名录</td></tr>
        <tr><th>基地名称</th><th>电话</th><tr><td>示例<br>民宿</td><td x:num="13812345678">1.38E+10</td></tr>
        </table><table><tr><td></td></tr></table></body></html>"""
        (tmp_path / "a.xls").write_bytes(page.encode("gb18030"))
        found = read_workbook(tmp_path / "a.xls")
        assert (found.kind, len(found.sheets)) == ("html", 1)
        assert cells(found)[1:] == [["基地名称", "电话"], ["示例\n民宿", "13812345678"]]
        assert found.sheets[0].merged == [Merged(1, 0, 1, 1)]
        assert found.notes

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "empty_file"),
            (b"\n\n , ,\n", "no_rows"),
            (b"%PDF-1.7 ...", "not_a_spreadsheet"),
            (b"\x89PNG\r\n\x1a\n", "not_a_spreadsheet"),
            (bytes(range(256)) * 20, "not_a_spreadsheet"),
            (b"<html><body>none</body></html>", "not_a_spreadsheet"),
            (b"PK\x03\x04 broken", "damaged"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not_a_spreadsheet"),
            (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "old_xml"),
            ("示例,".encode() + b"\xff\xff", "encoding"),
        ],
    )
    def test_what_is_no_spreadsheet_is_refused(self, tmp_path, content, code):
        (tmp_path / "a.xlsx").write_bytes(content)
        assert refused(tmp_path / "a.xlsx") == code

    def test_other_zips_are_refused(self, tmp_path):
        for member in ("word/document.xml", "ppt/presentation.xml", "readme.txt"):
            with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
                archive.writestr(member, "x")
            assert refused(tmp_path / "a.zip") == "not_a_spreadsheet"

    def test_a_missing_file(self, tmp_path):
        assert refused(tmp_path / "none.xlsx") == "file_missing"


class TestText:
    @pytest.mark.parametrize(
        ("codec", "named"),
        [
            ("utf-8", "utf-8"),
            ("utf-8-sig", "utf-8-sig"),
            ("gb18030", "gb18030"),
            ("utf-16", "utf-16"),
            ("utf-16-le", "utf-16-le"),
            ("utf-16-be", "utf-16-be"),
        ],
    )
    def test_encodings(self, tmp_path, codec, named):
        text = "基地名称,床位数,备注\r\n示例·太湖明月民宿,120,㐀𠮷䶮\r\n"
        (tmp_path / "a.csv").write_bytes(text.encode(codec))
        found = read_workbook(tmp_path / "a.csv")
        assert (found.kind, found.encoding) == ("csv", named)
        assert cells(found)[1] == ["示例·太湖明月民宿", "120", "㐀𠮷䶮"]

    def test_mostly_ascii_gb18030(self, tmp_path):
        (tmp_path / "a.csv").write_bytes(("a,b\n" * 2000 + "c,苏州\n").encode("gb18030"))
        assert cells(read_workbook(tmp_path / "a.csv"))[-1] == ["c", "苏州"]

    def test_a_person_may_choose_the_encoding(self, tmp_path):
        (tmp_path / "a.csv").write_bytes("名稱,電話\n示例,1\n".encode("big5"))
        assert cells(read_workbook(tmp_path / "a.csv", encoding="big5"))[0] == ["名稱", "電話"]

    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_delimiters(self, tmp_path, delimiter):
        rows = [["名称", "地址", "电话"], ["示例，一", "甲", "1"], ["示例二", "乙", "2"]]
        (tmp_path / "a.csv").write_text("\n".join(delimiter.join(row) for row in rows), encoding="utf-8")
        assert cells(read_workbook(tmp_path / "a.csv")) == rows

    def test_quotes_newlines_blank_and_ragged_rows(self, tmp_path):
        text = '标题\n名称,地址\n"甲\n乙","a,""b"""\n\n,\n丙\n'
        (tmp_path / "a.csv").write_text(text, encoding="utf-8")
        assert list(read_workbook(tmp_path / "a.csv").sheets[0].rows) == [
            (1, ["标题", None]),
            (2, ["名称", "地址"]),
            (3, ["甲\n乙", 'a,"b"']),
            (6, ["丙", None]),
        ]

    def test_a_million_blank_rows_cost_nothing(self, tmp_path):
        (tmp_path / "a.csv").write_bytes("名称,电话\n示例,1\n".encode() + b",\n" * 1_000_000)
        assert len(read_workbook(tmp_path / "a.csv").sheets[0].rows) == 2


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(min_size=1, max_size=400),
    start=st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<table>", b"\xff\xfe"]),
)
def test_whatever_comes_is_read_or_refused(tmp_path, content, start):
    (tmp_path / "a.xls").write_bytes(start + content)
    with contextlib.suppress(FileRefused):
        read_workbook(tmp_path / "a.xls")


@pytest.mark.parametrize("program", ["/bin/false", "/nowhere/python"])
def test_a_reader_that_cannot_start_is_no_fault_of_the_file(program, tmp_path, monkeypatch):
    """Too many open files, no memory for a process, a program that is just being replaced: not a damaged file."""
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    monkeypatch.setattr(sys, "executable", program)
    assert refused(tmp_path / "a.xlsx") == "reader_failed"
