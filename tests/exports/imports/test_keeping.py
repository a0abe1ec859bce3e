"""Lines that an import keeps in the notes of a record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.imports.keeping import kept_columns, line_of, lines_of, with_lines

NAMES = st.text("甲乙丙列:", min_size=1, max_size=4)
LINES = st.dictionaries(NAMES, st.text("值123 ：", max_size=6).map(str.strip), max_size=4)
NOTES = st.lists(st.text("甲乙：值x\u3000", max_size=8), max_size=5).flatmap(
    lambda lines: st.sampled_from(["\n", "\r\n"]).map(lambda end: end.join(lines))
)


@given(notes=NOTES, lines=LINES, clear=st.booleans())
def test_the_same_lines_again_change_nothing(notes, lines, clear):
    once = with_lines(notes, lines, clear=clear)
    assert with_lines(once, lines, clear=clear) == once


@given(notes=NOTES, lines=LINES)
def test_every_line_is_found_again_and_others_stay(notes, lines):
    found = with_lines(notes, lines)
    for name, text in lines.items():
        if text:
            assert line_of(found, name) == text
    others = [line for line in notes.splitlines() if line.partition("：")[0] not in lines]
    assert [line for line in found.splitlines() if line.partition("：")[0] not in lines] == others


@pytest.mark.parametrize(
    ("notes", "lines", "clear", "result"),
    [
        ("", {"食堂": "好"}, False, "食堂：好"),
        ("手写\r\n食堂：好\r\n", {"食堂": "好"}, False, "手写\r\n食堂：好\r\n"),
        ("手写\n食堂：好", {"食堂": "差"}, False, "手写\n食堂：差"),
        ("手写\n食堂：好", {"食堂": ""}, False, "手写\n食堂：好"),
        ("手写\n食堂：好", {"食堂": ""}, True, "手写"),
    ],
)
def test_lines(notes, lines, clear, result):
    assert with_lines(notes, lines, clear=clear) == result


def test_cells_of_every_kind_become_one_line():
    columns = [
        {"index": 0, "header": "内部\n编号", "how": "kept"},
        {"index": 1, "header": "", "how": "kept"},
        {"index": 2, "header": "比例：", "how": "kept"},
        {"index": 3, "header": "名称", "how": "exact"},
    ]
    lines = lines_of(["甲\n乙", 13812345678.0, "#N/A"], kept_columns(columns))
    assert lines == {"内部 编号": "甲 乙", "#2": "13812345678", "比例:": "#N/A"}
