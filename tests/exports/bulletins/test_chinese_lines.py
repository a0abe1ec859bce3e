"""Titles break well, headings count in Chinese."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.bulletins.chinese_lines import is_numbered, numeral, title_lines, width


@pytest.mark.parametrize(("number", "text"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九")])
def test_numeral(number, text):
    assert numeral(number) == text


@pytest.mark.parametrize("text", ["一、总体情况", "（二）做法", "3.要求", "十一、其他", "第三章 附则"])
def test_numbered(text):
    assert is_numbered(text)


@pytest.mark.parametrize("text", ["一线职工", "总体情况", "2026年工作要点"])
def test_not_numbered(text):
    assert not is_numbered(text)


def test_short_title_stays_on_one_line():
    assert title_lines("关于开展劳动竞赛的通知") == ["关于开展劳动竞赛的通知"]


def test_authors_breaks_win():
    assert title_lines("甲\n 乙丙 \n") == ["甲", "乙丙"]


def test_quotes_and_numbers_stay_whole():
    lines = title_lines("示例市总工会关于印发《2026年劳动和技能竞赛实施方案》的通知")
    assert any(line.startswith("《2026年") or "《2026年劳动和技能竞赛实施方案》" in line for line in lines)


@given(st.text(alphabet="工会劳动竞赛、，。《》“”（）0123456789abc 示例", min_size=1, max_size=90))
def test_nothing_is_lost_and_every_line_fits(title):
    lines = title_lines(title)
    assert "".join(lines).replace(" ", "") == title.replace(" ", "")
    assert all(width(line) <= 20 for line in lines)
