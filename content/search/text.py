"""How a text becomes the words of the index, and a query the phrases that it is looked up by.

Chinese puts no spaces between words, so every run of Han characters is indexed as overlapping pairs and its last
character: 疗休养 → `疗休 休养 养`. A query of two characters is then one word of the index, a longer one a phrase
of pairs, a single character the beginning of a pair. Both databases get the same words, made here and nowhere else:
the tokenizers of SQLite and PostgreSQL see only letters, digits and spaces.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import add

from content.core import chinese

# A tsvector must stay below 1 MB; this many characters keep well below it. No article of ours comes near.
LIMIT = 60_000
# A run of at least this many characters that is found nowhere is looked up in pieces (苏州民宿 → 苏州 and 民宿).
SHORTEST_CUT, LONGEST_CUT = 4, 12
LONGEST_QUERY = 100
INITIAL = "ι"  # begins the index words made of pinyin initials, so that no other word equals them

_RUN = re.compile(rf"[{chinese.HAN}]+|[^\W_{chinese.HAN}]+")
_ASCII_RUN = re.compile("[a-z0-9]+")
_CHUNK = re.compile(rf"(?:{_RUN.pattern})+")
_ALL_HAN = re.compile(rf"[{chinese.HAN}]+\Z")
_HAN = re.compile(rf"[{chinese.HAN}]")
_ACCENTED = re.compile(r"[\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff]")
_INVISIBLE = re.compile(r"[·•・\u200b-\u200f\ufeff]")  # 示例·太湖 is also written 示例太湖
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_LETTERS = re.compile(r"[a-z]+\Z")
_SETTLED = re.compile(r"[\x00-\x7f\u4e00-\u9fff]*\Z")  # has one form only, but for the case of letters


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow one another; of the last one only the beginning, where `prefix` is set."""

    words: tuple[str, ...]
    prefix: bool = False


Choice = tuple[tuple[Phrase, ...], ...]
"""What one part of a query may be found by: alternatives, each of which is phrases that must all be there."""


def fold(text: str) -> str:
    """Make equal what a reader takes for equal: width, case, tone marks, accents, middle dots.

    Characters beyond the first Unicode plane become their number, as not every tokenizer knows them.
    """
    if text.isascii():
        return text.lower()
    text = text.replace("·", "")
    if _SETTLED.match(text):
        return text.lower()
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text).casefold())
    if _ACCENTED.search(text):
        bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
        text = unicodedata.normalize("NFC", bare)
    return _ASTRAL.sub(lambda match: f" x{ord(match[0]):x} ", text)


def words(text: str) -> list[str]:
    """Return the index words of a text, in order."""
    text = fold(text[:LIMIT])
    if text.isascii():
        return [text] if text.isalnum() else _ASCII_RUN.findall(text)
    found: list[str] = []
    for run in _RUN.findall(text):
        if run.isascii() or not _HAN.match(run):
            found.append(run)
        else:
            found += _pairs(run)
    return found


def _pairs(run: str) -> list[str]:
    return [*map(add, run, run[1:]), run[-1]]


def title_words(title: str, spelt: str | None = None, initials: str | None = None) -> list[str]:
    """Return the index words of a name: itself, its pinyin by syllables, its initials by pairs.

    spelt, initials: the name in pinyin, when it is known already.
    """
    found = words(title)
    if _HAN.search(title):
        found += words(chinese.pinyin(title) if spelt is None else spelt)
        letters = "".join(words(chinese.initials(title) if initials is None else initials))
        found += [INITIAL + pair for pair in _pairs(letters)] if letters else []
    return found


def chunks(query: str) -> list[str]:
    """Return what stands between spaces and punctuation in a query, folded."""
    return [match[0] for match in _CHUNK.finditer(fold(query[:LONGEST_QUERY]))]


def is_han(chunk: str) -> bool:
    """Tell whether a chunk is of Han characters alone."""
    return _ALL_HAN.match(chunk) is not None


def parse(query: str, *, unfinished: bool = False, cut: bool = False) -> list[Choice]:
    """Return the parts of a query, all (or any) of which must be found. Any text is a valid query.

    unfinished: the last word is still being typed, so its beginning is enough.
    cut: a long run of Han characters may be found in pieces.
    """
    found = chunks(query)
    parts = []
    for number, chunk in enumerate(found, start=1):
        last = unfinished and number == len(found)
        choices: list[tuple[Phrase, ...]] = [(_phrase(chunk, last),)]
        if _LETTERS.match(chunk):
            choices += [(phrase,) for phrase in _as_pinyin(chunk, last)]
        elif cut and is_han(chunk):
            choices = [tuple(_phrase(piece, False) for piece in pieces) for pieces in cuts(chunk)]
        parts.append(tuple(choices))
    return parts


def parse_phrase(query: str) -> list[Choice]:
    """Return the one part that a query in quotation marks is: all its words, one after another."""
    found = words(query[:LONGEST_QUERY])
    if not found:
        return []
    last_run = _RUN.findall(fold(query[:LONGEST_QUERY]))[-1]
    inside = _HAN.match(last_run) and len(last_run) > 1
    return [((Phrase(tuple(found[:-1] if inside else found), prefix=len(found) == 1 and not inside),),)]


def can_be_cut(query: str) -> bool:
    """Tell whether looking a query up in pieces is different from looking it up whole."""
    return parse(query, cut=True) != parse(query)


def _phrase(chunk: str, unfinished: bool) -> Phrase:
    found = words(chunk)
    last_run = _RUN.findall(chunk)[-1]
    if not _HAN.match(last_run):
        return Phrase(tuple(found), unfinished)
    if len(last_run) == 1:  # 号 is found as the beginning of 号楼, too
        return Phrase(tuple(found), True)
    return Phrase(tuple(found[:-1]))


def _as_pinyin(letters: str, unfinished: bool) -> Iterator[Phrase]:
    """Yield what a Latin word may be as pinyin: syllables run together (taihu), or initials (thmy)."""
    for syllables in _syllables(letters, unfinished):
        if len(syllables) > 1:
            yield Phrase(syllables, unfinished)
    if 2 <= len(letters) <= 20:
        yield Phrase(tuple(INITIAL + letters[i : i + 2] for i in range(len(letters) - 1)))


@lru_cache(maxsize=1024)
def _syllables(letters: str, unfinished: bool, most: int = 6) -> list[tuple[str, ...]]:
    """Return the ways to read letters as syllables (xian: xian, xi'an), at most `most`."""
    if not letters:
        return [()]
    known = _known_syllables()
    found: list[tuple[str, ...]] = []
    for length in range(min(6, len(letters)), 0, -1):
        head, rest = letters[:length], letters[length:]
        if head in known:
            found += [(head, *tail) for tail in _syllables(rest, unfinished, most)]
    if unfinished and not found and any(syllable.startswith(letters) for syllable in known):
        found.append((letters,))
    return found[:most]


@lru_cache(maxsize=1)
def _known_syllables() -> frozenset[str]:
    """Return every syllable of Mandarin without tone, as pypinyin's dictionary has them."""
    from pypinyin.constants import PINYIN_DICT

    typed = str.maketrans("üǖǘǚǜ", "vvvvv")  # as people type it, and as chinese.pinyin spells it
    read = {fold(tones.split(",")[0].translate(typed)) for tones in PINYIN_DICT.values()}
    return frozenset(s for s in read if _LETTERS.match(s) and re.search("[aeiouv]", s) and (len(s) > 1 or s in "aeo"))


def cuts(run: str) -> list[tuple[str, ...]]:
    """Return the whole run, and every way to cut it into pieces of two and three characters unless it is too long."""
    if not SHORTEST_CUT <= len(run) <= LONGEST_CUT:
        return [(run,)]

    def cut(rest: str) -> Iterator[tuple[str, ...]]:
        if not rest:
            yield ()
        for size in (2, 3):
            if size <= len(rest):
                yield from ((rest[:size], *more) for more in cut(rest[size:]))

    return [(run,), *cut(run)]
