"""Cells that take one of a few values: choices, sets of choices, yes or no, stars."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import cn2an
from django.utils import translation
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from content.core.chinese import name_key, narrow

from .cell import EMPTY_WORDS, NOTHING, Cleaned, Cleaner, Unclean, arrow, cell_text, shown

_YES = frozenset(
    ["y", "yes", "true", "t", "1", "是", "是的", "有", "对", "已", "√", "✓", "✔", "☑", "■", "●", "v", "○", "通过", "on"]
)
_NO = frozenset(
    [
        "n",
        "no",
        "false",
        "f",
        "0",
        "否",
        "不是",
        "无",
        "没有",
        "未",
        "错",
        "×",
        "✗",
        "✘",
        "x",
        "☒",
        "□",
        "☐",
        "不",
        "off",
    ]
)
_STAR_SIGNS = re.compile(r"([★⭐✦🌟]+)[☆✩]*")
_STAR_WORDS = re.compile(r"[★]?([0-9]+(?:\.0+)?|[一二两三四五六七八九十]+)(?:颗?星级?|a级?|★)?(?:工会|单位)?")
_ASTERISKS = re.compile(r"[*＊]{1,5}")
_TICKED = re.compile(r"([☑✓✔√■●☒×✗□☐○])\s*(?:是|有)\s*[/、,]?\s*([☑✓✔√■●☒×✗□☐○])\s*(?:否|无)")
_TICK, _BOX = frozenset("☑✓✔√■●☒×✗"), frozenset("□☐○")
_DONE = re.compile(r"(?:已|有)(?!无).{1,6}|建立|成立")
_NOT_DONE = re.compile(r"(?:未|没有?|尚未|不|无).{1,6}")
_AAA = re.compile(r"(a+)级?")
_SAID = re.compile(r"(?<![0-9.])[1-5一二三四五](?=颗?星|a)|(?<=星级:)[1-5]")
_ALMOST = re.compile(r"准|拟|非|未|不")  # nearly, planned, not: never the stars that are named
_NO_STARS = frozenset(
    ["无星", "无星级", "未评", "未评定", "未评星", "未定星", "未定级", "未参评", "0", "零", "零星", "0星", "0星级"]
)
_LIST = re.compile(r"[、,，;；/|+&\s]+|和|及|与")
_ALL = frozenset(
    ["全部", "所有", "四季", "全年", "常年", "四季皆宜", "全年皆宜", "一年四季", "四季均可", "不限", "春夏秋冬"]
)
_NOISE = re.compile(r"[季节天度两二三个皆都均可宜适合]+")
_NUMBERED = re.compile(r"^(?:[(]?[0-9]{1,2}[).、.:]|[①-⑳])\s*")
_LIKENESS = 55  # of 100: below it a suggestion would puzzle more than help


def boolean(value: Any) -> Cleaned:
    """Clean yes or no: 是 √ Y 1 true 有 ■ ☑是□否; 否 × N 0 false 无 □ □是☑否."""
    if isinstance(value, bool):
        return Cleaned(value)
    if isinstance(value, str) and name_key(value) in _NO & EMPTY_WORDS:
        return Cleaned(False, (arrow(value, "否"),))
    found, trace = cell_text(value)
    if found is None:
        return Cleaned(None, trace) if trace else NOTHING
    key = name_key(found)
    if (boxes := _TICKED.fullmatch(narrow(found))) and (boxes[1] in _TICK) != (boxes[2] in _TICK):
        return Cleaned(boxes[1] in _TICK, (*trace, arrow(found, "是" if boxes[1] in _TICK else "否")))
    if key in _YES or key in _NO:
        word = "是" if key in _YES else "否"
        return Cleaned(key in _YES, trace if found == word else (*trace, arrow(found, word)))
    raise Unclean(
        "not_a_boolean",
        _("“%(value)s” is neither yes nor no. Type 是 or 否.") % {"value": shown(found)},
        suggestion="否" if _NOT_DONE.fullmatch(found) else "是" if _DONE.fullmatch(found) else None,
    )


def stars(value: Any) -> Cleaned:
    """Clean a number of stars, 1 to 5: ★★★, 三星级, 5星, AAA, 5A, 3.0; 未评定 counts as empty."""
    if isinstance(value, bool):
        raise _not_stars(value)
    if isinstance(value, str) and _ASTERISKS.fullmatch(value.strip()):
        raise _not_stars(value, suggestion=len(value.strip()))  # stars, or a hidden value
    found, trace = cell_text(value)
    if found is None:
        return Cleaned(None, trace) if trace else NOTHING
    key = name_key(found)
    if key in _NO_STARS:
        return Cleaned(None, (*trace, _("“%(word)s” counts as empty") % {"word": shown(found)}))
    if (match := _STAR_SIGNS.fullmatch(key)) or (match := _AAA.fullmatch(key)):
        count = len(match[1])
    elif match := _STAR_WORDS.fullmatch(key):
        count = _small_number(match[1])
    elif re.fullmatch("☆{1,5}", key):
        raise _not_stars(found, suggestion=len(key))
    else:
        told = set(map(_small_number, _SAID.findall(key)))
        only = next(iter(told)) if len(told) == 1 else 0
        raise _not_stars(found, suggestion=only if 1 <= only <= 5 and not _ALMOST.search(key) else None)
    if not 1 <= count <= 5:
        raise Unclean(
            "out_of_range",
            _("“%(value)s”: stars go from 1 to 5. Type one of these numbers.") % {"value": shown(found)},
        )
    return Cleaned(count, trace if found == str(count) else (*trace, arrow(found, count)))


def _small_number(text: str) -> int:
    if text[0].isdigit():
        return int(float(text)) if len(text) < 6 else 0
    try:
        return int(cn2an.cn2an(text, "normal"))
    except Exception:  # it raises what it likes, by the characters it meets
        return 0


def _not_stars(value: Any, suggestion: int | None = None) -> Unclean:
    return Unclean(
        "not_stars",
        _("“%(value)s” is not a number of stars. Type 1 to 5, ★★★ or 三星级.") % {"value": shown(value)},
        suggestion=suggestion,
    )


def choice(choices: Any, **synonyms: Any) -> Cleaner:
    """Return a cleaner that takes one of `choices` by value, label or synonym; width, case and spaces do not count.

    choices: a Django enumeration or pairs of value and label. synonyms: other words → value.
    Labels are read at the first use, in Chinese and English, because translations are not there at import time.
    """
    known = _reader(choices, synonyms)

    def clean(value: Any) -> Cleaned:
        found, trace = cell_text(value)
        if found is None:
            return Cleaned(None, trace) if trace else NOTHING
        values, labels = known()
        key = name_key(found)
        for candidate in (key, _NUMBERED.sub("", key), key.replace("其它", "其他")):
            if candidate in values:
                chosen = values[candidate]
                label = labels[chosen]
                return Cleaned(chosen, trace if found in (label, str(chosen)) else (*trace, arrow(found, label)))
        raise _not_a_choice(found, key, values, labels)

    return clean


def several(choices: Any, **synonyms: Any) -> Cleaner:
    """Return a cleaner that takes any number of `choices`: `春秋`, `春、秋`, `四季` → "春、秋", in the order of choices."""
    known = _reader(choices, synonyms)

    def clean(value: Any) -> Cleaned:
        found, trace = cell_text(value)
        if found is None:
            return Cleaned(None, trace) if trace else NOTHING
        values, labels = known()
        key = name_key(found)
        chosen = (
            set(labels) if key in _ALL else {v for part in _LIST.split(key) for v in _run(part, values, labels, found)}
        )
        if not chosen:
            raise _not_a_choice(found, key, values, labels)
        joined = "、".join(str(value) for value in labels if value in chosen)
        return Cleaned(joined, trace if found == joined else (*trace, arrow(found, joined)))

    return clean


def _run(part: str, values: dict[str, Any], labels: dict[Any, str], found: str) -> Iterable[Any]:
    """Read choices that follow each other without a mark between: 春秋两季."""
    words = sorted(values, key=len, reverse=True)
    while part:
        noise = _NOISE.match(part)
        word = next((word for word in words if part.startswith(word)), None)
        if word:
            yield values[word]
            part = part[len(word) :]
        elif noise:
            part = part[noise.end() :]
        else:
            raise _not_a_choice(found, part, values, labels)


def _reader(choices: Any, synonyms: dict[str, Any]) -> Callable[[], tuple[dict[str, Any], dict[Any, str]]]:
    @cache
    def read() -> tuple[dict[str, Any], dict[Any, str]]:
        pairs = list(getattr(choices, "choices", choices))
        values = {name_key(word): value for word, value in synonyms.items()}
        with translation.override("en"):
            values |= {name_key(str(label)): value for value, label in pairs}
        with translation.override("zh-hans"):
            labels = {value: str(label) for value, label in pairs}
        values |= {name_key(label): value for value, label in labels.items()}
        values |= {name_key(str(value)): value for value in labels}
        return values, labels

    return read


def _not_a_choice(found: str, key: str, values: dict[str, Any], labels: dict[Any, str]) -> Unclean:
    near = process.extractOne(key, list(values), scorer=fuzz.WRatio, score_cutoff=_LIKENESS)
    suggestion = labels[values[near[0]]] if near else None
    allowed = "、".join(list(labels.values())[:10])
    return Unclean(
        "not_a_choice",
        _("“%(value)s” is not one of the values of this column. Choose from: %(allowed)s.")
        % {"value": shown(found), "allowed": allowed},
        suggestion=suggestion,
    )
