"""Chinese text: keys for comparing names, pinyin for sorting and finding."""

import re
import unicodedata
from functools import lru_cache
from typing import Any

from pypinyin import Style, lazy_pinyin

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_NOT_IN_NAMES = re.compile(r"[\s\u200b-\u200f\ufeff·•]+")


def narrow(text: str) -> str:
    """Fold full-width letters, digits and brackets to half width (NFKC), and trim: `（Ａ１）` → `(A1)`."""
    return unicodedata.normalize("NFKC", text).strip()


def name_key(name: str) -> str:
    """Return what two spellings of one name share: width, case, spaces and middle dots do not count."""
    return _NOT_IN_NAMES.sub("", narrow(name)).casefold()


def _words(rest: str) -> Any:
    """What is no Han character goes through as it is, word by word."""
    return rest.split()


@lru_cache(maxsize=65536)
def pinyin(text: str) -> str:
    """Return the full pinyin without tones, syllables apart: 苏州 → `su zhou`. Used as a sort key."""
    return " ".join(lazy_pinyin(narrow(text), errors=_words)).lower()


@lru_cache(maxsize=65536)
def initials(text: str) -> str:
    """Return the first letters of the pinyin: 苏州 → `sz`."""
    return "".join(lazy_pinyin(narrow(text), style=Style.FIRST_LETTER, errors=_words)).lower()


def slug(text: str, *, limit: int = 80) -> str:
    """Return an ASCII slug in pinyin: 劳动竞赛简报 第3期 → `lao-dong-jing-sai-jian-bao-di-3-qi`."""
    return re.sub(r"[^a-z0-9]+", "-", pinyin(text)).strip("-")[:limit].rstrip("-")
