"""Pinyin: the fast way says what pypinyin says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin

from content.core import chinese

NAMES = [
    "苏州市吴中区示例民宿",
    "中国银行会计工会委员会",
    "工会计划",
    "重庆长寿区乐山大佛A1号基地",
    "绿地·女职工之家 12351",
    "单县单位行长",
    "朝阳区都江堰万俟公司㐀𠮷",
    "",
]
common = st.text(
    st.sampled_from("工会计划银行长重庆乐音都江堰单位员朝阳绿女略嗯呣的了行李AB12· 示例公司藏书参差"), max_size=20
)


def expected(text: str, **style) -> list[str]:
    return lazy_pinyin(chinese.narrow(text), errors=lambda rest: rest.split(), **style)


@pytest.mark.parametrize("name", NAMES)
def test_names(name: str) -> None:
    assert chinese.pinyin(name) == " ".join(expected(name)).lower()
    assert chinese.initials(name) == "".join(expected(name, style=Style.FIRST_LETTER)).lower()


@given(common)
def test_any_text(text: str) -> None:
    assert chinese.pinyin(text) == " ".join(expected(text)).lower()
    assert chinese.initials(text) == "".join(expected(text, style=Style.FIRST_LETTER)).lower()
