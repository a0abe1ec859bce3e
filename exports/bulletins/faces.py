"""The faces that PDFs are set in: where they lie, which characters they hold, and what is missing.

No tofu: WeasyPrint prints an empty box for a character that no font holds, without error or log, so texts are
checked against the faces before they are set (`missing_characters`).
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
# The families of the CSS, each with its file. Song also fills what the Fangsong lacks, character by character.
FACES = {
    "Xinghui Fangsong": "fangsong.otf",
    "Xinghui Heiti": "heiti.ttf",
    "Xinghui Kaiti": "kaiti.ttf",
    "Xinghui Biaosong": "biaosong.ttf",
    "Xinghui Song": "song.ttf",
}
# Takes what none of ours holds (rare names beyond 通用规范汉字表), where the machine has it.
SYSTEM_FALLBACK = "Noto Serif CJK SC"


@lru_cache(maxsize=1)
def covered() -> frozenset[int]:
    """Return every code point that a body text finds in our faces: read once a process, about 0.1 s."""
    from fontTools.ttLib import TTFont

    points: set[int] = set()
    for file in FACES.values():
        with TTFont(FOLDER / file, lazy=True) as font:
            points.update(font.getBestCmap())
    return frozenset(points)


def missing_characters(text: str) -> list[str]:
    """Return the characters of `text` that neither our faces nor the system's Noto CJK can print, in order."""
    wanted = dict.fromkeys(c for c in text if ord(c) not in covered() and not _invisible(c))
    return [character for character in wanted if not _in_system_fallback(character)]


def _invisible(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Zs", "Zl", "Zp", "Mn"}


@lru_cache(maxsize=512)
def _in_system_fallback(character: str) -> bool:
    command = shutil.which("fc-list")
    if not command:
        return False
    pattern = f":family={SYSTEM_FALLBACK}:charset={ord(character):x}"
    found = subprocess.run([command, pattern, "file"], capture_output=True, timeout=20, check=False)  # noqa: S603
    return bool(found.stdout.strip())


@lru_cache(maxsize=1)
def version() -> str:
    """Return a digest of the font files: part of every cached PDF's key."""
    return digest((FOLDER / file).read_bytes() for file in FACES.values())


def digest(parts: Iterable[bytes]) -> str:
    """Return the SHA-256 of `parts`, one after the other, in hex."""
    sha = hashlib.sha256()
    for part in parts:
        sha.update(part)
    return sha.hexdigest()
