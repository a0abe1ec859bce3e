"""Chinese text: keys for comparing names, pinyin for sorting and finding."""

import re
import unicodedata
from functools import lru_cache
from typing import Any

from pypinyin import Style, lazy_pinyin

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_HAN = re.compile(f"[{HAN}]")
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


class _Spelt(dict[int, str]):
    """A table for `str.translate`: each Han character becomes a word of its own, all else stays as it is."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        self[point] = word = f" {char} " if _HAN.match(char) else char
        return word


class _Readings:
    """How characters read by themselves, and the phrases in which they read otherwise."""

    def __init__(self) -> None:
        from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

        usual = {chr(point): tones.split(",")[0].translate(_BARE) for point, tones in PINYIN_DICT.items()}
        unusual: dict[str, list[str]] = {}
        for phrase, syllables in PHRASES_DICT.items():
            if any(usual.get(char) != s[0].translate(_BARE) for char, s in zip(phrase, syllables, strict=False)):
                unusual.setdefault(phrase[0], []).append(phrase)
        self._phrases = {first: tuple(phrases) for first, phrases in unusual.items()}
        seconds = {phrase[1] for phrases in unusual.values() for phrase in phrases}
        self._may_begin = re.compile(f"[{''.join(unusual)}](?=[{''.join(seconds)}])")
        self.full = _Spelt({ord(char): f" {word} " for char, word in usual.items() if _HAN.match(char)})
        self.first = _Spelt({ord(char): f" {word[0]} " for char, word in usual.items() if _HAN.match(char)})

    def may_differ(self, text: str) -> bool:
        """Tell whether some character of a text may read otherwise than usual."""
        return any(text.startswith(self._phrases[at[0]], at.start()) for at in self._may_begin.finditer(text))


_readings = lru_cache(maxsize=1)(_Readings)


@lru_cache(maxsize=4096)
def _syllables(text: str) -> tuple[list[str], list[str]]:
    """Return the syllables of a text and their first letters; what is not Chinese stays in words in both.

    A text in which every character reads as usual needs no segmentation, which is a hundred times faster and what most
    names are; pypinyin reads the others (银行, 会计).
    """
    readings = _readings()
    text = narrow(text)
    if readings.may_differ(text):
        return lazy_pinyin(text, errors=_words), lazy_pinyin(text, style=Style.FIRST_LETTER, errors=_words)
    return text.translate(readings.full).split(), text.translate(readings.first).split()


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
