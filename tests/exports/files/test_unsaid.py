"""What spreadsheets hold and do not show: hidden rows, columns and sheets, errors of formulas, results that are missing."""

import zipfile

import openpyxl
import pytest
import xlsxwriter
import xlwt

from exports.files import FileRefused, read_workbook
from exports.files.workbook import Runs

HEADERS = ["名称", "人数", "备注"]


def cells(workbook):
    return dict(workbook.sheets[0].rows)


def hidden(workbook):
    sheet = workbook.sheets[0]
    return (
        [number for number, _cells in sheet.rows if number in sheet.hidden_rows],
        sheet.hidden_columns,
        sheet.filtered,
    )


def test_runs_are_a_set_of_numbers():
    runs = Runs([[3, 5], [9, 9]])
    assert [number for number in range(12) if number in runs] == [3, 4, 5, 9]
    assert (len(runs), runs.below(3), runs.below(4), runs.below(6), runs.below(9)) == (4, 3, 2, 1, 0)
    assert len(Runs()) == 0
    assert 1 not in Runs()


@pytest.mark.parametrize("filtered", [False, True])
def test_xlsx_tells_hidden_rows_and_columns(tmp_path, filtered):
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet()
    for row in range(6):
        sheet.write_row(row, 0, [f"示例{row}", row, "x", "y"])
    if filtered:
        sheet.autofilter(0, 0, 5, 3)
        sheet.filter_column(1, "x > 3")
    sheet.set_row(2, options={"hidden": True})
    sheet.set_row(3, options={"hidden": True})
    sheet.set_row(9, options={"hidden": True})  # blank: nobody misses it
    sheet.set_column(1, 2, options={"hidden": True})
    sheet.set_column(20, 16_000, options={"hidden": True})
    book.close()
    assert hidden(read_workbook(tmp_path / "a.xlsx")) == ([3, 4], [1, 2], filtered)


def test_xls_tells_hidden_rows_columns_and_sheets(tmp_path):
    book = xlwt.Workbook()
    for title in ("甲", "乙", "丙"):
        sheet = book.add_sheet(title)
        for row in range(6):
            for column in range(4):
                sheet.write(row, column, f"{title}{row}{column}")
    first = book.get_sheet(0)
    first.row(2).hidden = first.row(5).hidden = True
    first.col(1).hidden = True
    book.get_sheet(1).visibility, book.get_sheet(2).visibility = 1, 2
    book.save(str(tmp_path / "a.xls"))
    found = read_workbook(tmp_path / "a.xls")
    assert hidden(found) == ([3, 6], [1], False)
    assert [sheet.hidden for sheet in found.sheets] == [False, True, True]
    assert len(found.sheets[1].hidden_rows) == 0


def ods(path, rows, columns=""):
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text", "style")
    )
    spaces += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    hide = '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {spaces}><office:automatic-styles>{hide}</office:automatic-styles>'
            f'<office:body><office:spreadsheet><table:table table:name="表">{columns}{rows}</table:table>'
            f'<table:table table:name="藏" table:style-name="ta2">{ods_row("甲")}</table:table>'
            f"</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def ods_row(*texts, more=""):
    inner = "".join(
        text
        if text.startswith("<")
        else f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in texts
    )
    return f"<table:table-row {more}>{inner}</table:table-row>"


def test_ods_tells_hidden_rows_columns_and_sheets(tmp_path):
    rows = ods_row(*HEADERS) + ods_row("甲", "1") + ods_row("乙", "2", more='table:visibility="collapse"')
    rows += ods_row(more='table:number-rows-repeated="3"') + ods_row("丙", "3", more='table:visibility="filter"')
    rows += ods_row("丁", "4", more='table:visibility="filter" table:number-rows-repeated="2"')
    columns = '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
    found = read_workbook(ods(tmp_path / "a.ods", rows, columns))
    assert hidden(found) == ([3, 7, 8, 9], [1, 2], True)
    assert [sheet.hidden for sheet in found.sheets] == [False, True]


def test_ods_tells_errors_and_missing_results(tmp_path):
    error = '<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>'
    odd = '<table:table-cell table:formula="of:=X()" office:value-type="string" calcext:value-type="error"><text:p>Err:508</text:p></table:table-cell>'
    uncomputed = '<table:table-cell table:formula="of:=1+1"/>'
    kept = '<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"><text:p>2</text:p></table:table-cell>'
    text = '<table:table-cell table:formula="of:=&quot;&quot;" office:value-type="string" office:string-value=""><text:p></text:p></table:table-cell>'
    rows = ods_row(*HEADERS) + ods_row("甲", error, kept) + ods_row("乙", uncomputed, odd) + ods_row("丙", text, "完")
    found = cells(read_workbook(ods(tmp_path / "a.ods", rows)))
    assert found[2] == ["甲", "#N/A", 2]
    assert found[3] == ["乙", "#未计算!", "#ERR!"]
    assert found[4] == ["丙", None, "完"]


def test_an_ods_with_a_document_type_is_damaged(tmp_path):
    with zipfile.ZipFile(ods(tmp_path / "a.ods", ods_row("甲")), "a") as archive:
        content = archive.read("content.xml")
    with zipfile.ZipFile(tmp_path / "b.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY e "x">]>', 1))
    with pytest.raises(FileRefused) as caught:
        read_workbook(tmp_path / "b.ods")
    assert caught.value.code == "damaged"


def test_xls_tells_errors_and_missing_results(tmp_path):
    """xlwt writes an empty text for every result: an arithmetic formula cannot have that."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for column, header in enumerate(HEADERS):
        sheet.write(0, column, header)
    sheet.row(1).write(0, "甲")
    sheet.row(1).set_cell_error(1, 0x2A)
    sheet.row(1).set_cell_error(2, 0x07)
    sheet.row(2).write(0, "乙")
    sheet.row(2).write(1, xlwt.Formula("1+1"))
    sheet.row(2).write(2, xlwt.Formula("SUM(A1:A2)"))
    sheet.row(3).write(0, "丙")
    sheet.row(3).write(1, xlwt.Formula('IF(1,"","")'))
    sheet.row(3).write(2, xlwt.Formula("ROUND(A1,2)"))
    book.save(str(tmp_path / "a.xls"))
    found = cells(read_workbook(tmp_path / "a.xls"))
    assert found[2] == ["甲", "#N/A", "#DIV/0!"]
    assert found[3] == ["乙", "#未计算!", "#未计算!"]
    assert found[4] == ["丙", None, "#未计算!"]


def test_hidden_rows_and_columns_of_web_pages(tmp_path):
    page = """<html><table><col><col style='display:none' span=2><tr><td>名称</td><td>人数</td><td>备注</td></tr>
    <tr style='height:0;display: none'><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table></html>"""
    (tmp_path / "a.xls").write_text(page, encoding="utf-8")
    assert hidden(read_workbook(tmp_path / "a.xls")) == ([2], [1, 2], False)


def test_macros_are_said_to_be_ignored(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["甲"])
    book.save(tmp_path / "a.xlsm")
    with zipfile.ZipFile(tmp_path / "a.xlsm", "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\1" * 100)
    found = read_workbook(tmp_path / "a.xlsm")
    assert found.kind == "xlsm"
    assert "宏" in "".join(found.notes)


def test_too_many_cells_are_refused(tmp_path, settings):
    settings.IMPORT_LIMITS = settings.IMPORT_LIMITS | {"cells": 100}
    (tmp_path / "a.csv").write_text("a,b,c\n" * 40, encoding="utf-8")
    with pytest.raises(FileRefused) as caught:
        read_workbook(tmp_path / "a.csv")
    assert caught.value.code == "too_many_cells"
    assert "100" in caught.value.message
