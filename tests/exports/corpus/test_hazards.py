"""Which case of the corpus covers which hazard of the files that offices send; none is without one."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from .columns import REGISTERS
from .test_corpus import CASES

# Hazards of a whole file, and the cases in which each stands.
FILES = {
    "GB18030 without a mark": "container-csv-gb18030",
    "GB18030 in a three-row file of four-byte characters": "gb18030-one-row-of-four-byte-characters",
    "GB18030, mostly ASCII": "gb18030-mostly-ascii",
    "UTF-8 with a mark": "container-csv-utf-8-bom",
    "UTF-16 separated by tabs": "container-tsv-utf-16",
    "UTF-16LE without a mark": "container-tsv-utf-16-le-without-bom",
    "semicolons": "container-csv-semicolon commas-in-semicolons",
    "newlines in quotes": "newline-in-quotes newline-in-quotes-semicolon",
    "HTML as .xls": "container-html-called-xls container-html-gb18030-called-xls",
    "real .xls": "container-xls",
    ".et": "container-et",
    "XLSX as .csv": "container-xlsx-called-csv",
    "a password": "password-xlsx password-xls password-given password-wrong password-of-the-structure-only",
    "a password, titles and totals": "password-and-titles-and-totals",
    "a password and hidden rows": "password-and-hidden-rows",
    "rights managed by a server": "password-of-a-server",
    "a bomb": "hostile-bomb",
    "a sparse giant": "sparse-giant",
    "a truncated archive": "broken-truncated broken-torn",
    "external entities": "hostile-entity",
    "macros": "odd-macros",
    "title rows": "layout-titles layout-three_titles layout-long_instructions",
    "two-level merged headers": "layout-two_levels",
    "merged body cells": "layout-merged_down",
    "2^20 blank rows": "odd-a-million-blank-rows odd-lying-dimension odd-no-dimension",
    "blank columns": "layout-blank_columns odd-five-hundred-blank-columns",
    "hidden rows and filters": "layout-hidden_rows unseen-rows-xls unseen-rows-ods unseen-rows-left-xlsx",
    "hidden columns": "layout-hidden_columns unseen-columns-ods unseen-columns-left-xls",
    "hidden and very hidden sheets": "layout-hidden_sheets",
    "several sheets of data": "layout-several_sheets sheets-all-xlsx sheets-all-xls sheets-all-ods sheets-one-by-name",
    "sheets of different headers": "sheets-of-different-headers",
    "合计, 小计": "layout-totals layout-subtotal_inside totals-only",
    "填表人, notes": "layout-signatures",
    "headers repeated on printed pages": "layout-printed_pages",
    "序号": "layout-numbered",
    "同上": "layout-ditto",
    "synonyms of headers": "synonyms-unions-0 synonyms-unions-1 synonyms-bases-0",
    "* and （必填）": "layout-starred",
    "line breaks in headers": "layout-broken",
    "units in headers": "layout-in_units",
    "duplicate headers": "duplicate-header layout-unknown_columns",
    "empty headers": "layout-stray_cells_without_header",
    "the epoch of 1904": "layout-mac_dates",
    "a key twice": "twin-same-code",
    "a key that differs by width or case": "twin-code-in-full-width twin-code-in-small-letters",
    "a name that differs by width or brackets": "twin-name-in-other-width twin-name-in-other-brackets",
    "the same name with another key": "twin-same-name-other-code",
    "formulas without a result": "formula-without-result formula-with-empty-result",
    "errors of formulas": "formula-na-xlsx formula-ref-xls formula-div-ods formula-div-et",
    "more members than employees": "rule-members-above-employees",
    "founded in the future": "rule-founded-in-future rule-founded-in-future-in-words",
    "longitude and latitude, swapped too": "coordinates coordinates-swapped",
    "a row outside the user's district": "outside-the-district",
}
# Hazards of a cell: what stands in it. Each stands in a file of its own column, and in mixtures.
CELLS: dict[str, list[Any]] = {
    "full-width digits": ["１２０", "５１０１０４"],
    "U+3000": [" 成都市\u3000锦江区 ", "\u3000"],
    "NBSP": ["2023\u00a0年4月12日"],
    "zero width": ["120\u200b"],
    "a leading '": ["'120"],
    '="…"': ['="120"'],
    "codes as floats": [9.11100001234568e17, "9.11E+17"],
    "old codes": ["510104000012345", "12345678-9"],
    "待办理": ["待办理"],
    "numbers in words and with units": ["1,200", "120个", "约300", "三万二", "1.2万"],
    "ranges": ["120-150元", "100-200"],
    "percentages": ["80%"],
    "empty words": ["/", "—", "无", "暂无"],
    "dates": ["2023年4月12日", "2023.4.12", "20230412", 45028, "2023年4月"],
    "doubtful dates": ["23.4.12", "2023-4-31", "2023.4-2026.4"],
    "a number that became a date": [datetime(2023, 3, 5)],
    "phones": ["138-1234-5678", "13812345678、13912345678", "0512-66661234转801", "400-123-4567", 13812345678.0],
    "stars": ["★★★", "三星级", "AAA"],
    "booleans": ["是", "否", "√", "×"],
    "divisions": ["510104", "310119", "市本级", "开发区", "441900", "鼓楼区"],
}
BEGINNINGS = ("=", "+", "-", "@", "\t", "＝")  # what a spreadsheet might run as a formula


def cells() -> Iterator[Any]:
    for columns in REGISTERS.values():
        for column in columns:
            yield from (spot.cell for spot in column.dirt(1))


@pytest.mark.parametrize("hazard", FILES)
def test_a_case_covers_the_hazard_of_a_file(hazard):
    assert set(FILES[hazard].split()) <= {case.name for case in CASES}


@pytest.mark.parametrize("hazard", CELLS)
def test_a_cell_covers_the_hazard(hazard):
    known = [(type(cell), cell) for cell in cells()]
    assert [cell for cell in CELLS[hazard] if (type(cell), cell) not in known] == []


def test_formulas_are_injected_and_letters_confused():
    texts = [cell for cell in cells() if isinstance(cell, str)]
    assert all(any(text.startswith(start) for text in texts) for start in BEGINNINGS)
    assert any("O" in text and text.startswith("8") for text in texts)


def test_hazards_stand_in_combination_too():
    assert sum(case.name.startswith("mixture-") for case in CASES) >= 90
