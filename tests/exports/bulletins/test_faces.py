"""The shipped faces: size, coverage, licences."""

import re
from pathlib import Path

from fontTools.ttLib import TTFont

from exports.bulletins import faces

HAN = re.compile("[〇㐀-䶿一-鿿\U00020000-\U000323af]")


def points(file):
    with TTFont(faces.FOLDER / file, lazy=True) as font:
        return set(font.getBestCmap())


def test_faces_are_small():
    sizes = [(faces.FOLDER / file).stat().st_size for file in faces.FACES.values()]
    assert max(sizes) < 6_000_000
    assert sum(sizes) < 20_000_000


def test_every_style_has_the_8105_characters():
    fill = points("song.ttf")
    for file in ("fangsong.otf", "heiti.ttf", "kaiti.ttf", "biaosong.ttf"):
        held = points(file) | fill
        assert len([p for p in held if HAN.match(chr(p))]) >= 8105, file
        assert {ord(c) for c in "镕堃喆鿏𬭎𬬻㛃䓖囍龘ā㎡㎥①⑳№★—…“”％Ⅷ℃0aZ"} - held <= {ord("囍"), ord("龘")}, file


def test_families_are_renamed_and_stand_on_one_line():
    """The licences reserve the original names; one ascent keeps lines of mixed faces on the grid."""
    for family, file in faces.FACES.items():
        with TTFont(faces.FOLDER / file, lazy=True) as font:
            assert font["name"].getDebugName(1) == family
            assert "opyright" in font["name"].getDebugName(0) or "(c)" in font["name"].getDebugName(0)
            assert (font["hhea"].ascent, font["hhea"].descent) == (880, -120)


def test_licences_stand_beside_the_faces_and_in_the_docs():
    listed = Path("docs/licences.md").read_text(encoding="utf-8")
    for file in [*faces.FACES.values(), *(path.name for path in faces.FOLDER.glob("*.txt"))]:
        assert (faces.FOLDER / file).exists()
        assert f"`{file}`" in listed


def test_missing_characters_are_found_in_order_and_once():
    assert faces.missing_characters("工会\U0001f7f0会\U000105c0\U0001f7f0\u200b\n") == ["\U0001f7f0", "\U000105c0"]
    assert faces.missing_characters("工会 Union 2026，“示例”㎡") == []
