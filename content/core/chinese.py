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


@lru_cache(maxsize=4096)  # a row that is imported asks twice
def name_key(name: str) -> str:
    """Return what two spellings of one name share: width, case, spaces and middle dots do not count."""
    return _NOT_IN_NAMES.sub("", narrow(name)).casefold()


def _words(rest: str) -> Any:
    """What is no Han character goes through as it is, word by word."""
    return rest.split()


_BARE = str.maketrans("āáǎàēéěèếềōóǒòīíǐìūúǔùüǖǘǚǜńňǹḿ", "aaaaeeeeeeooooiiiiuuuuvvvvvnnnm", "\u0300\u0301\u0304\u030c")


@lru_cache(maxsize=1)
def _readings() -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Return char → usual reading without tone, and first char → the phrases in which some char reads otherwise."""
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    usual = {chr(point): tones.split(",")[0].translate(_BARE) for point, tones in PINYIN_DICT.items()}
    unusual: dict[str, list[str]] = {}
    for phrase, syllables in PHRASES_DICT.items():
        if any(usual.get(char) != s[0].translate(_BARE) for char, s in zip(phrase, syllables, strict=False)):
            unusual.setdefault(phrase[0], []).append(phrase)
    return usual, {first: tuple(phrases) for first, phrases in unusual.items()}


_HAN_RUN = re.compile(f"([{HAN}]+)")


@lru_cache(maxsize=4096)
def _syllables(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the syllables of a text and their first letters; what is not Chinese stays in words in both.

    A text in which every character reads as usual needs no segmentation, which is 30 times faster and what most
    names are; pypinyin reads the others (银行, 会计).
    """
    usual, unusual = _readings()
    text = narrow(text)
    for at, char in enumerate(text):
        if char in unusual and text.startswith(unusual[char], at):
            spelt = lazy_pinyin(text, errors=_words)
            return tuple(spelt), tuple(lazy_pinyin(text, style=Style.FIRST_LETTER, errors=_words))
    full: list[str] = []
    first: list[str] = []
    for number, run in enumerate(_HAN_RUN.split(text)):
        words = [usual.get(char, char) for char in run] if number % 2 else run.split()
        full += words
        first += [word[0] for word in words] if number % 2 else words
    return tuple(full), tuple(first)


def pinyin(text: str) -> str:
    """Return the full pinyin without tones, syllables apart: 苏州 → `su zhou`. Used as a sort key."""
    return " ".join(_syllables(text)[0]).lower()


def initials(text: str) -> str:
    """Return the first letters of the pinyin: 苏州 → `sz`."""
    return "".join(_syllables(text)[1]).lower()


def slug(text: str, *, limit: int = 80) -> str:
    """Return an ASCII slug in pinyin: 劳动竞赛简报 第3期 → `lao-dong-jing-sai-jian-bao-di-3-qi`.

    One that is too long ends with a whole syllable.
    """
    whole = re.sub(r"[^a-z0-9]+", "-", pinyin(text)).strip("-")
    if len(whole) <= limit:
        return whole
    return whole[: limit + 1].rpartition("-")[0] or whole[:limit]


def is_han(text: str) -> bool:
    """Tell whether a text is of Han characters alone."""
    return bool(re.fullmatch(f"[{HAN}·]+", text))
