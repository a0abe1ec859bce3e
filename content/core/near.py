"""When two names are likely one: they differ only in width, case, brackets and signs, spaces, or the place before them."""

from __future__ import annotations

import re
from functools import lru_cache

from . import chinese, divisions

_SIGNS = re.compile(r"[\W_]+")
_SHORT = re.compile(r"(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)$")


def bare_name(name_key: str, division: str) -> str:
    """Return what is left of a name's key (`chinese.name_key`) without signs and without the place it begins with.

    四川省成都市锦江区总工会, 成都市锦江区总工会 and 锦江区总工会 in 510104 → 总工会. Compare within one division only.
    """
    bare = _SIGNS.sub("", name_key)
    rest = _place(division, divisions.names.generation).sub("", bare, count=1)
    return rest if len(rest) > 1 else bare


@lru_cache(maxsize=4096)
def _place(division: str, _generation: int) -> re.Pattern[str]:
    """Return what matches the place at the beginning of a name, as far down as the division goes.

    Levels may be left out, and 四川 may stand for 四川省 when another level follows: 成都宾馆 is no hotel called 宾馆.
    """
    names = divisions.full_names()
    parts: list[str] = []
    code: str | None = division
    while code and code in names:
        above = divisions.parent_code(code, names)
        parts.insert(0, _SIGNS.sub("", chinese.name_key(names[code].removeprefix(names.get(above or "", "")))))
        code = above
    choices = []
    for last in range(len(parts) - 1, -1, -1):
        before = "".join(f"(?:{re.escape(p)}|{re.escape(_SHORT.sub('', p))})?" for p in parts[:last] if p)
        if parts[last]:
            choices.append(before + re.escape(parts[last]))
    return re.compile(f"^(?:{'|'.join(choices)})" if choices else r"(?!)")
