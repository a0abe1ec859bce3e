"""Which column of the file is which column of the register."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from content.core import chinese
from content.core.register import Register

from .contents import Contents, Evidence
from .problems import ImportRefused

_REQUIRED = re.compile(r"[(【\[](必填|选填|必填项|可选|可空)[)】\]]")
_BRACKETS = re.compile(r"[(【\[][^)】\]]*[)】\]]")
_NOISE = re.compile(r"[\s*★:：\"'“”]+")
# Columns that every list has and no register wants.
_IGNORED = frozenset({"序号", "序", "no", "no.", "行号", "编号序", "#", "错误原因", "核对结果"})
LIKELY = (
    75  # of 100; below that a suggestion is wrong more often than right (measured on the synonyms of our registers)
)


def plain(header: Any) -> str:
    """Return what two spellings of one header share: width, case, blanks, marks of obligation do not count."""
    text = "" if header is None else _REQUIRED.sub("", chinese.narrow(str(header)))
    return _NOISE.sub("", text).casefold()


def bare(header: str) -> str:
    """Return a plain header without units and notes in brackets: 接待人数(人) → 接待人数."""
    return _BRACKETS.sub("", header)


def is_noise(header: str) -> bool:
    """Tell whether a column of that header holds nothing that anybody wants: 序号, or none at all."""
    return plain(header) in _IGNORED or not plain(header)


@dataclass
class Vocabulary:
    """What the columns of a register are called in files: three levels of certainty, best first."""

    levels: tuple[dict[str, set[str]], dict[str, set[str]], dict[str, set[str]]]

    @classmethod
    def of(cls, register: Register) -> Vocabulary:
        exact: dict[str, set[str]] = defaultdict(set)
        synonyms: dict[str, set[str]] = defaultdict(set)
        loose: dict[str, set[str]] = defaultdict(set)
        for column in register:
            if not column.importable:
                continue
            header = plain(register.header(column))
            exact[header].add(column.key)
            for word in map(plain, column.synonyms):
                synonyms[word].add(column.key)
            for word in (header, *map(plain, column.synonyms)):
                loose[bare(word)].add(column.key)
        return cls((exact, synonyms, loose))

    def candidates(self, header: str) -> tuple[int, set[str]] | None:
        """Return the level and the column keys that a plain header may mean."""
        for level, words in enumerate(self.levels):
            if found := words.get(header):
                return level, found
        if found := self.levels[2].get(bare(header)):
            return 2, found
        return None

    def knows(self, header: str) -> bool:
        return self.candidates(header) is not None

    def suggest(self, header: str, taken: set[str]) -> tuple[str, int] | None:
        """Return the likeliest free column for an unknown header and how alike they are, 0–100."""
        words = {word: keys - taken for word, keys in self.levels[2].items() if keys - taken}
        best = process.extractOne(bare(header) or header, words.keys(), scorer=fuzz.ratio, score_cutoff=LIKELY)
        return (min(words[best[0]]), round(best[1])) if best else None


@dataclass
class Matched:
    """One column of the file. how: exact, synonym, loose (by its header), content, chosen, remembered, kept, ignored,
    ambiguous, unknown; constant for one that the file lacks and that holds the same value, its only sample, in every
    row. title: the header as people read it, when it takes two rows. evidence: what the values look like, where that decided or helps to. doubt: what they look like instead of
    what the header says. Both as (kind, fits, of), see contents.Evidence."""

    index: int
    header: str
    key: str = ""
    how: str = "unknown"
    suggestion: str = ""
    likeness: int = 0
    samples: list[str] = field(default_factory=list)
    title: str = ""
    evidence: tuple[str, int, int] | None = None
    doubt: tuple[str, int, int] | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


HOW = ("exact", "synonym", "loose")
Values = Callable[[int], Sequence[Any]]
"""Gives a sample of the values below a header, by the index of the column."""
KEEP = "@notes"  # a choice in place of a column: the cells go into the notes of their row


def names_of(columns: Sequence[Matched]) -> list[str]:
    """Return what a choice calls each column: its header; `电话#2` for the second one of a name; "#3" without header."""
    seen: dict[str, int] = defaultdict(int)
    names = []
    for column in columns:
        word = plain(column.header)
        seen[word] += 1
        nth = f"#{seen[word]}" if seen[word] > 1 else ""
        names.append(f"{column.header}{nth}" if word else f"#{column.index + 1}")
    return names


def match(
    register: Register,
    headers: Sequence[Sequence[str]],
    *,
    chosen: Mapping[str, str] | None = None,
    values: Values | None = None,
) -> list[Matched]:
    """Match the file's columns, each given by the spellings of its header, most specific first.

    A person's choice comes first: file header (or "#3" for the third column) → column key or header; "" drops it, KEEP
    keeps it. Then a better match wins over a worse one. Where headers leave it open, the values decide (contents.py);
    two columns that fit equally well are both `ambiguous`: a person decides. Values that contradict a header are noted.
    Raises ImportRefused when the choice names what does not exist or gives one column twice.
    """
    vocabulary = Vocabulary.of(register)
    columns = [Matched(index, words[0] if words else "") for index, words in enumerate(headers)]
    options: list[tuple[int, set[str]] | None] = []
    for column, words in zip(columns, headers, strict=True):
        found = [option for word in words if (option := vocabulary.candidates(plain(word)))]
        options.append(min(found, key=lambda option: option[0]) if found else None)
        if is_noise(column.header):
            column.how = "ignored"
    taken = _choose(register, columns, chosen or {})
    contents = _Looking(Contents(register), values) if values else None
    for level in range(3):
        wanted: dict[str, list[Matched]] = defaultdict(list)
        for column, option in zip(columns, options, strict=True):
            if option and option[0] == level and column.how == "unknown":
                free = option[1] - taken
                if len(free) == 1:
                    wanted[next(iter(free))].append(column)
                elif free and not (contents and contents.decide(column, free, taken)):
                    column.how, column.suggestion = "ambiguous", min(free)
        for key, claimants in wanted.items():
            if len(claimants) == 1:
                claimants[0].key, claimants[0].how = key, HOW[level]
                taken.add(key)
            elif not (contents and contents.single_out(claimants, key, taken)):
                for column in claimants:
                    column.how, column.suggestion = "ambiguous", key
    for column in columns:
        if column.how == "unknown" and (likely := vocabulary.suggest(plain(column.header), taken)):
            column.suggestion, column.likeness = likely
    if contents:
        contents.settle(columns, taken)
    return columns


class _Looking:
    """Lets the values decide where headers do not."""

    def __init__(self, contents: Contents, values: Values) -> None:
        self.contents = contents
        self.values = values

    def decide(self, column: Matched, keys: set[str], taken: set[str]) -> bool:
        """Match a column whose header may mean several of ours, when its values can only be one of them."""
        best = self.contents.best(keys, self.values(column.index))
        return best is not None and self._take(column, best[0], best[1], taken)

    def single_out(self, claimants: list[Matched], key: str, taken: set[str]) -> bool:
        """Match the only one of several columns with the same header whose values fit; the others are left over."""
        found = [(c, best[1]) for c in claimants if (best := self.contents.best({key}, self.values(c.index)))]
        return len(found) == 1 and self._take(found[0][0], key, found[0][1], taken)

    def settle(self, columns: list[Matched], taken: set[str]) -> None:
        """Match what is still open when the values leave one place only, and doubt headers that the values belie."""
        wanted: dict[str, list[tuple[Matched, Evidence]]] = defaultdict(list)
        for column in columns:
            if column.how in HOW and (doubt := self.contents.doubt(column.key, self.values(column.index))):
                column.doubt = (doubt.kind, doubt.fits, doubt.of)
            elif column.how == "unknown" or (column.how == "ignored" and not column.header):
                free = set(self.contents.kinds) - taken
                fitting = self.contents.fitting(self.values(column.index))
                if column.suggestion in fitting:  # the header is nearly right, and the values agree
                    wanted[column.suggestion].append((column, fitting[column.suggestion]))
                elif best := self.contents.best(free, self.values(column.index), foreign=bool(column.header)):
                    wanted[best[0]].append((column, best[1]))
                elif likely := sorted(free & set(fitting), key=list(self.contents.kinds).index):
                    self._suggest(column, likely[0], fitting[likely[0]])
        for key, claimants in wanted.items():
            if len(claimants) == 1:
                self._take(claimants[0][0], key, claimants[0][1], taken)
            else:
                for column, evidence in claimants:
                    self._suggest(column, key, evidence)

    def _take(self, column: Matched, key: str, evidence: Evidence, taken: set[str]) -> bool:
        column.key, column.how, column.suggestion, column.likeness = key, "content", "", 0
        column.evidence = (evidence.kind, evidence.fits, evidence.of)
        taken.add(key)
        return True

    def _suggest(self, column: Matched, key: str, evidence: Evidence) -> None:
        column.suggestion, column.likeness = key, 0
        column.evidence = (evidence.kind, evidence.fits, evidence.of)


def _choose(register: Register, columns: list[Matched], chosen: Mapping[str, str]) -> set[str]:
    """Apply a person's choice and return the register's columns it gives away."""
    names = {plain(register.header(column)): column.key for column in register if column.importable}
    names |= {column.key: column.key for column in register if column.importable}
    by_header = {plain(column.header): column for column in reversed(columns)}
    by_header |= {plain(name): column for name, column in zip(names_of(columns), columns, strict=True)}
    by_header |= {f"#{column.index + 1}": column for column in columns}
    taken: set[str] = set()
    for header, name in chosen.items():
        column = by_header.get(header) or by_header.get(plain(header))
        if name == KEEP and column is not None:
            column.key, column.how = register.notes_field, "kept"
            continue
        key = names.get(name) or names.get(plain(name)) if name else ""
        if column is None or key is None:
            raise ImportRefused(
                "mapping_unknown",
                _("The mapping names “%(name)s”, which is neither a column of the file nor of the register.")
                % {"name": header if column is None else name},
            )
        if key in taken:
            raise ImportRefused(
                "mapping_twice",
                _("Two columns of the file are matched to “%(column)s”. Choose one of them.")
                % {"column": register.header(register.by_key[key])},
            )
        column.key, column.how = key, "chosen" if key else "ignored"
        taken |= {key} if key else set()
    return taken


def constant_columns(register: Register, columns: Sequence[Matched], constants: Mapping[str, str]) -> list[Matched]:
    """Return the columns that a person gave one value for all rows (column key → text), behind those of the file.

    A column that the file has is left to the file. Raises ImportRefused for a key that the register does not have.
    """
    given = {register.by_key[column.key].field for column in columns if column.key}
    found = []
    for key, text in constants.items():
        declared = register.by_key.get(key)
        if declared is None or not declared.importable:
            message = _("The mapping names “%(name)s”, which is neither a column of the file nor of the register.")
            raise ImportRefused("mapping_unknown", message % {"name": key})
        if text.strip() and declared.field not in given:
            # Its place depends on the register only, so that changes to its cells stay with it.
            index = len(columns) + list(register.by_key).index(key)
            header = register.header(declared)
            found.append(Matched(index, header, key=key, how="constant", samples=[text.strip()]))
    return found


def missing(register: Register, keys: Iterable[str]) -> list[str]:
    """Return the headers of required fields that no column of the file gives."""
    given = {register.by_key[key].field for key in keys if key}
    lacking: dict[str, str] = {}
    for column in register:
        if column.importable and column.field not in given and register.is_required(column):
            lacking.setdefault(column.field, register.header(column))
    return list(lacking.values())
