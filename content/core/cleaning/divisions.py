"""Administrative divisions in cells: by code, name, short name or full path."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from content.core import divisions as tree
from content.core.chinese import narrow, pinyin

from .abolished import abolished
from .cell import NOTHING, Cleaned, Unclean, arrow, cell_text, shown

_SUFFIXES = re.compile(
    r"(?:特别行政区|自治区|自治州|自治县|自治旗|行政区|地区|林区|特区|矿区|新区|街道|省|市|区|县|盟|旗|镇|乡)$"
)
_PEOPLES = re.compile(
    r"(?:蒙古族|蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|普米族|塔吉克|怒族|裕固族|保安族|独龙族|鄂伦春|鄂温克族|各族|回族|壮|满)+$"
)
_BETWEEN = re.compile(r"[\s\-—–_/\\|>→,，、;；·.:：()（）\[\]【】]+")
_ITSELF = re.compile(r"(?:市本级|区本级|县本级|省本级|本级|市直属?|市级|市辖区)$")
_KEEP_SUFFIX = {
    "市本级": "市",
    "区本级": "区",
    "县本级": "县",
    "省本级": "省",
    "市直": "市",
    "市直属": "市",
    "市级": "市",
}
# What names no division by itself; None is any level.
_LEVELS = {
    **dict.fromkeys(("市本级", "市直", "市直属", "市级", "全市", "市辖区"), "city"),
    **dict.fromkeys(("省本级", "省直", "省级", "全省"), "province"),
    **dict.fromkeys(("区本级", "县本级", "全区", "全县"), "district"),
    **dict.fromkeys(("本级", "本市", "本区", "本县", "本省"), None),
}
_SHOWN = 6  # candidates that a message names
_REMEMBERED = 50_000
_ALIKE = 80  # of 100: a suggestion less alike would be another place


class Index:
    """What names which division; made once from `tree.full_names()` and asked by dictionary."""

    def __init__(self, full_names: dict[str, str]) -> None:
        self.full_names = full_names
        # rank 0: the name itself; 1: without 省, 市, 区 …; 2: also without the people of an autonomous area
        self.ranks: tuple[dict[str, list[str]], ...] = (defaultdict(list), defaultdict(list), defaultdict(list))
        self.by_full_name = {full: code for code, full in full_names.items()}
        known = set(full_names)
        self.names: dict[str, str] = {}
        for code, full in full_names.items():
            parent = tree.parent_code(code, known)
            name = full.removeprefix(full_names[parent]) if parent else full
            self.names[code] = name
            for rank, word in _spellings(name):
                self.ranks[rank][word].append(code)
        self.longest = max((len(word) for rank in self.ranks for word in rank), default=0)
        self.remembered: dict[Any, Cleaned | Unclean] = {}

    def named(self, word: str, outer: str | None) -> list[str]:
        """Return the codes that `word` names inside `outer`: by the whole name first; a province outranks a district."""
        found = [
            [c for c in rank.get(word, ()) if outer is None or (c != outer and tree.contains(outer, c))]
            for rank in self.ranks
        ]
        if found[0]:
            return found[0]
        if any(code.endswith("0000") for code in found[1]):
            return [code for code in found[1] if code.endswith("00") and len(code) == 6]
        return list(dict.fromkeys(found[1] + found[2]))

    def resolve(self, text: str, outer: str | None = None) -> list[str]:
        """Return the codes that a path without separators names: 江苏苏州吴中 → 320506."""
        found = self.named(text, outer)
        if found or not text:
            return found
        if outer and text in (self.names[outer], "市辖区"):
            return [outer]
        for length in range(min(len(text) - 1, self.longest), 1, -1):
            heads = (
                [outer]
                if outer and text[:length] in (self.names[outer], "市辖区")
                else self.named(text[:length], outer)
            )
            found = [code for head in heads for code in self.resolve(text[length:], head)]
            if found:
                return list(dict.fromkeys(found))
        return []

    def nearest(self, text: str) -> str | None:
        """Return the full name nearest to a text that names no division: the longest beginning that does, or alike."""
        if _ITSELF.fullmatch(text):
            return None
        for length in range(len(text) - 1, 1, -1):
            found = self.resolve(text[:length])
            if len(found) == 1:
                return self.full_names[found[0]]
        sounding = self.by_sound.get(pinyin(text), [])
        if len(sounding) == 1:
            return self.full_names[sounding[0]]
        near = process.extractOne(text, self.by_full_name.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        return near[0] if near else None

    @cached_property
    def by_sound(self) -> dict[str, list[str]]:
        """Pinyin → codes: 苏洲 sounds like 苏州."""
        found: dict[str, list[str]] = defaultdict(list)
        for code, name in self.names.items():
            for sound in {pinyin(word) for _rank, word in _spellings(name)}:
                found[sound].append(code)
        return found


def _spellings(name: str) -> Iterable[tuple[int, str]]:
    yield 0, name
    short = _SUFFIXES.sub("", name)
    if len(short) > 1:
        yield 1, short
    plain = short
    while len(stripped := _PEOPLES.sub("", plain)) > 1 and stripped != plain:
        plain = stripped
    if plain != short:
        yield 2, plain
        if "自治" in name:
            yield 1, plain + name[-1]  # 凉山彝族自治州 → 凉山州


_cached: tuple[dict[str, str], Index] | None = None


def index() -> Index:
    """Return the index of the divisions as the process knows them; made anew when they change."""
    global _cached
    names = tree.full_names()
    if _cached is None or _cached[0] is not names:
        _cached = (names, Index(names))
    return _cached[1]


def division(value: Any, *, inside: Iterable[str] = ()) -> Cleaned:
    """Clean a division into its code: 320506, 320506.0, 吴中, 江苏苏州, 江苏省-苏州市-吴中区, 苏州市本级.

    inside: codes that decide between divisions of one name, such as those of the person who imports.
    Raises `ambiguous` with the candidates, `unknown_division` with the nearest name as suggestion.
    """
    if isinstance(value, str) and value in tree.full_names():
        return Cleaned(value)
    known, inside = index(), tuple(inside)
    key = (value, inside, type(value)) if isinstance(value, str | int | float) else None
    answer = known.remembered.get(key) if key else None
    if answer is None:
        try:
            answer = _division(value, known, inside)
        except Unclean as refusal:
            answer = refusal
        if key and len(known.remembered) < _REMEMBERED:
            known.remembered[key] = answer
    if isinstance(answer, Unclean):
        raise Unclean(answer.code, answer.message, suggestion=answer.suggestion)
    return answer


def codes_named(value: Any) -> list[str]:
    """Return the codes that a cell may mean: none for what is no division, several for a name that several have."""
    try:
        found, _trace = cell_text(value)
    except Unclean:
        return []
    return _codes(narrow(found), index()) if found else []


def _codes(text: str, known: Index) -> list[str]:
    if text.isascii() and text.isdigit():
        return [code] if (code := _code(text)) in known.full_names else []
    return _by_name(_bare(text), known)


def _own_level(text: str, inside: tuple[str, ...]) -> list[str]:
    """Return the one division of that level in somebody's charge: 市本级, typed by somebody of one city."""
    level = _LEVELS.get(text)
    own = {code for code in inside if level in (None, tree.level(code))} if text in _LEVELS else set()
    return list(own) if len(own) == 1 else []


def _bare(text: str) -> str:
    """Return a path of names without what stands between them."""
    return _BETWEEN.sub("", text).removeprefix("中国")


def _division(value: Any, known: Index, inside: tuple[str, ...]) -> Cleaned:
    found, trace = cell_text(value)
    if found is None:
        return Cleaned(None, trace) if trace else NOTHING
    text = narrow(found)
    codes = _codes(text, known) or _own_level(text, inside)
    if len(codes) > 1 and inside:
        own = [code for code in codes if any(tree.contains(outer, code) for outer in inside)]
        codes = own if len(own) == 1 else codes
    if len(codes) > 1:
        raise _ambiguous(found, codes, known)
    if not codes:
        raise _unknown(found, text if text.isdigit() else _bare(text), known)
    full = known.full_names[codes[0]]
    return Cleaned(codes[0], trace if found in (codes[0], full) else (*trace, arrow(found, f"{full} {codes[0]}")))


def _code(digits: str) -> str:
    """Return 6 or 9 digits: 3205 → 320500, 320506000000 (12 digits, as in statistics) → 320506."""
    if len(digits) in (2, 4):
        return digits.ljust(6, "0")
    if len(digits) == 12 and digits.endswith("000"):
        digits = digits[:9]
    return digits[:6] if len(digits) == 9 and digits.endswith("000") else digits


def _by_name(text: str, known: Index) -> list[str]:
    if text in known.by_full_name:
        return [known.by_full_name[text]]
    codes = known.resolve(text)
    own = _ITSELF.search(text)
    if not codes and own and own.start():
        codes = known.resolve(text[: own.start()] + _KEEP_SUFFIX.get(own[0], "")) or known.resolve(text[: own.start()])
    return codes


def _ambiguous(found: str, codes: list[str], known: Index) -> Unclean:
    names = [known.full_names[code] for code in codes]
    listed = "、".join(names[:_SHOWN]) + ("…" if len(names) > _SHOWN else "")
    return Unclean(
        "ambiguous",
        _("Several divisions are called “%(value)s”: %(candidates)s. Write province and city before it, or the code.")
        % {"value": shown(found), "candidates": listed},
    )


def _unknown(found: str, text: str, known: Index) -> Unclean:
    old = abolished(text)
    if old and old.successor in known.full_names:
        return Unclean(
            "division_abolished",
            _(
                "“%(value)s” (%(code)s %(name)s) was abolished; most of it now belongs to %(successor)s. Choose the one in force."
            )
            % {
                "value": shown(found),
                "code": old.code,
                "name": old.name,
                "successor": known.full_names[old.successor],
            },
            suggestion=known.full_names[old.successor],
        )
    if text in _LEVELS:
        return Unclean(
            "unknown_division",
            _("“%(value)s” does not say of which place. Write its name before it, like 苏州市本级.")
            % {"value": shown(found)},
        )
    if text.isdigit():
        above = [code for code in map(_code, (text[:6], text[:4], text[:2])) if code in known.full_names]
        return Unclean(
            "unknown_division",
            _(
                "There is no division with the code “%(value)s”; it may have been abolished. Type the code in force or the name."
            )
            % {"value": shown(found)},
            suggestion=known.full_names[above[0]] if above and len(text) >= 4 else None,
        )
    return Unclean(
        "unknown_division",
        _(
            "There is no division called “%(value)s”. Write it like 江苏省苏州市吴中区; a development zone has no code "
            "of its own: choose the district in which it lies."
        )
        % {"value": shown(found)},
        suggestion=known.nearest(text[:40]),
    )
