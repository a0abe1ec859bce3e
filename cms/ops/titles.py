"""The few characters that the masthead and the fixed titles are set in, cut from the bulletins' Song face."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from django.utils.translation import gettext, override
from fontTools import subset

from cms.settings.environment import PROJECT
from content.core.register import registers

SOURCE = PROJECT / "exports" / "bulletins" / "fonts" / "biaosong.ttf"
FONT = PROJECT / "site" / "static" / "fonts" / "titles.woff2"
MOST = 12_000  # bytes
NAME = "星汇"
MARKED = re.compile(r"class=\"[^\"]*\bsong\b[^\"]*\"[^>]*>(.*?)</h[12]>", re.DOTALL)
TEXT = re.compile(r"\{% translate \"([^\"]+)\" %\}")


def titles(templates: Path = PROJECT / "site" / "templates") -> Iterator[str]:
    """Yield the texts that are always the same: those that templates mark with the class `song`, in Chinese."""
    yield NAME
    with override("zh-hans"):
        yield from (str(register.verbose_name_plural) for register in registers() if register.pages)
        for file in sorted(templates.rglob("*.html")):
            for marked in MARKED.findall(file.read_text()):
                yield from (gettext(text) for text in TEXT.findall(marked))


def cut() -> bytes:
    """Return the font. Raises ValueError when it has grown larger than a page should carry."""
    options = subset.Options(hinting=False, layout_features=[], name_IDs=[0, 1, 2, 13, 14])
    options.drop_tables += ["GPOS", "GSUB", "GDEF", "BASE", "vhea", "vmtx"]
    font = subset.load_font(str(SOURCE), options)
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(titles()))
    cutter.subset(font)
    font.recalcTimestamp = False  # the same titles give the same file
    font.flavor = "woff2"
    target = BytesIO()
    font.save(target)
    if len(target.getvalue()) > MOST:
        raise ValueError(f"{len(target.getvalue())} bytes are more than {MOST}: mark fewer titles")
    return target.getvalue()
