"""The font of the titles holds what the titles say, and stays small."""

from io import BytesIO

from fontTools.ttLib import TTFont

from cms.ops.titles import FONT, MOST, cut, titles


def test_holds_every_character_of_the_fixed_titles():
    held = set(map(chr, TTFont(FONT).getBestCmap()))
    assert set("".join(titles())) - held == set(), "run manage.py cut_titles"
    assert FONT.stat().st_size <= MOST


def test_can_be_cut_again():
    again = TTFont(BytesIO(cut()))
    assert again.getBestCmap().keys() == TTFont(FONT).getBestCmap().keys()


def test_its_licence_lies_beside_it():
    assert "SIL OPEN FONT LICENSE" in (FONT.parent / "OFL-NotoSerifSC.txt").read_text().upper()
