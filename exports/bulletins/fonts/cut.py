"""Cuts the faces of the PDFs from the complete open fonts; run by hand when a source or the character set changes.

Put the sources into one folder and name it::

    apt-get download fonts-lxgw-wenkai=1.250+repack-1 texlive-lang-chinese=2022.20230122-1 unicode-data=15.0.0-1
    for deb in *.deb; do dpkg-deb -x $deb sources; done
    npm pack @expo-google-fonts/noto-serif-sc@0.4.3 @expo-google-fonts/noto-sans-sc@0.4.3
    for tgz in *.tgz; do tar -xzf $tgz -C sources --one-top-level; done
    python exports/bulletins/fonts/cut.py sources

Every face is renamed, since the licences reserve the names of the originals; their copyright stays inside.
"""

import bz2
import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
UNIHAN = "Unihan_OtherMappings.txt.bz2"
# What real texts hold beside GB2312: squared units, currency, ticks, circled numbers, stars, full-width forms.
RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x2010, 0x2027),
    (0x2030, 0x203B),
    (0x2070, 0x209C),
    (0x2150, 0x217F),
    (0x2190, 0x2199),
    (0x2460, 0x24FF),
    (0x2500, 0x257F),
    (0x25A0, 0x25FF),
    (0x3000, 0x301F),
    (0x3220, 0x324F),
    (0x3280, 0x32BF),
    (0x3380, 0x33DF),
    (0xFF01, 0xFF5E),
    (0xFFE0, 0xFFE5),
)
SIGNS = "ˉˇ€℃℉№℡™Ω∈∏∑√∝∞∠∥∧∨∩∪∫∮∴∵∶∷∽≈≌≒≠≡≤≥≦≧≮≯⊕⊙⊥⊿★☆♀♂✓✔✕✗〇兀嗀"


@dataclass(frozen=True)
class Face:
    """One face: file and family we ship, the source's file name and digest.

    fills: only what this other face lacks. lacks: code points left to the next face of the CSS.
    """

    file: str
    family: str
    source: str
    sha256: str
    fills: str = ""
    lacks: tuple[int, int] = (0, 0)


FACES = (
    # Its digits and Latin letters are heavier than its characters: the light Song gives them instead.
    Face(
        "fangsong.otf",
        "Xinghui Fangsong",
        "FandolFang-Regular.otf",
        "d838ad32ce2244d8144f408c37fe71065aba6fbbc80759a4d2aa2033948d5bc9",
        lacks=(0x21, 0x24F),
    ),
    Face(
        "heiti.ttf",
        "Xinghui Heiti",
        "NotoSansSC_500Medium.ttf",
        "b30853d205f3ecdde938b1488c735ee15a2e870d31331b992fdc53971e23ec4a",
    ),
    Face(
        "kaiti.ttf",
        "Xinghui Kaiti",
        "LXGWWenKai-Regular.ttf",
        "bbf534b0ca093928f94d1782855e65a19a32cde82b075d495d072025521953c8",
    ),
    Face(
        "biaosong.ttf",
        "Xinghui Biaosong",
        "NotoSerifSC_700Bold.ttf",
        "9c6a2ba736e4b499c84f65ce366bd3625c0401885fd3e585ace50fb738b96ff6",
    ),
    # Page numbers, digits and Latin of the body, and the name characters that the Fangsong lacks.
    Face(
        "song.ttf",
        "Xinghui Song",
        "NotoSerifSC_300Light.ttf",
        "a86e5cabd0c0b9bd656ff9c3e437bec6519fc7b149e845192edd8075b07789eb",
        fills="fangsong.otf",
    ),
)


def characters(unihan: Path) -> set[int]:
    """Return the code points to ship: 通用规范汉字表 (Unihan's kTGH, 8,105), GB2312, and the signs above."""
    wanted = {ord(sign) for sign in SIGNS}
    for low, high in RANGES:
        wanted.update(range(low, high + 1))
    with bz2.open(unihan, "rt", encoding="utf-8") as lines:
        fields = (line.split("\t") for line in lines)
        wanted.update(int(field[0][2:], 16) for field in fields if len(field) == 3 and field[1] == "kTGH")
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            wanted.update(map(ord, bytes([row, cell]).decode("gb2312", errors="ignore")))
    return wanted


def cut(face: Face, source: Path, wanted: set[int]) -> int:
    """Write one face and return its size in bytes. Raises ValueError when the source is not the one we know."""
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    if face.sha256 != digest:
        raise ValueError(f"{source}: digest {digest} is not the known one")
    if face.fills:
        wanted = wanted - {code for code in TTFont(HERE / face.fills).getBestCmap() if code > 0x2FFF}
    wanted = wanted - set(range(face.lacks[0], face.lacks[1] + 1))
    options = subset.Options(
        hinting=False, layout_features=[], name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14], notdef_outline=True
    )
    options.drop_tables += ["BASE", "STAT", "VORG", "vhea", "vmtx", "GPOS", "GSUB", "GDEF", "gasp", "prep"]
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    rename(font, face.family)
    share_metrics(font)
    font["head"].modified = font["head"].created  # the same input gives the same file
    font.recalcTimestamp = False
    subset.save_font(font, str(HERE / face.file), options)
    return (HERE / face.file).stat().st_size


def rename(font: TTFont, family: str) -> None:
    """Give the font our own family name; copyright (0), version (5) and licence (13, 14) stay the author's."""
    postscript = family.replace(" ", "") + "-Regular"
    for name_id, text in ((1, family), (2, "Regular"), (3, postscript), (4, family), (6, postscript)):
        font["name"].removeNames(nameID=name_id)
        font["name"].setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = 400  # each family has one weight, whatever the original's was
    font["OS/2"].fsSelection = 0x40
    font["head"].macStyle = 0
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [postscript]
        cff.topDictIndex[0].FamilyName = cff.topDictIndex[0].FullName = family


def share_metrics(font: TTFont) -> None:
    """Give every face one ascent and descent: a line that mixes faces keeps one baseline and the line grid."""
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = 880, -120, 0
    os2 = font["OS/2"]
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = 880, -120, 0
    os2.usWinAscent, os2.usWinDescent = 880, 120


def main(folder: Path) -> None:
    wanted = characters(next(folder.rglob(UNIHAN)))
    for face in FACES:
        size = cut(face, next(folder.rglob(face.source)), wanted)
        print(f"{face.file}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
