"""Administrative divisions 行政区划: codes, ranges and names.

Codes are GB/T 2260 (6 digits: province, city, district) and GB/T 10114 (3 more for towns and streets).
A division contains every code that begins with its significant digits: 320500 contains 3205xx and 3205xxxxx.
"""

from functools import lru_cache

from django.db.models import Q


def significant(code: str) -> str:
    """Return the digits that every code inside `code` begins with: 320000 → 32, 320500 → 3205."""
    if len(code) == 6:
        return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
    return code


def level(code: str) -> str:
    """Return the level that a code's length and zeros tell: province, city, district or street."""
    return {2: "province", 4: "city", 6: "district", 9: "street"}[len(significant(code))]


def contains(outer: str, inner: str) -> bool:
    """Tell whether division `inner` is `outer` or lies inside it."""
    return inner.startswith(significant(outer))


def within(codes: list[str], *, field: str = "division") -> Q:
    """Return the condition "the row's division lies inside one of `codes`"; no codes match nothing."""
    return codes_within(codes, field=f"{field}_id")


def codes_within(codes: list[str], *, field: str) -> Q:
    """Return the condition "the code in `field` lies inside one of `codes`"; no codes match nothing.

    Written as ranges on the key, which an index serves on SQLite and PostgreSQL alike.
    """
    condition = Q(pk__in=[])
    for code in codes:
        low = significant(code)
        high = str(int(low) + 1).zfill(len(low))  # no code begins with 99, so the length stays
        condition |= Q(**{f"{field}__gte": low, f"{field}__lt": high})
    return condition


def parent_code(code: str, known: set[str]) -> str | None:
    """Return the nearest division of `known` that contains `code`, or None for a province.

    Skips levels that do not exist: 110101 hangs on 110000, 429004 on 420000.
    """
    for candidate in ((code[:6],) if len(code) == 9 else ()) + (code[:4] + "00", code[:2] + "0000"):
        if candidate != code and candidate in known:
            return candidate
    return None


@lru_cache(maxsize=1)
def full_names() -> dict[str, str]:
    """Return code → full name (四川省成都市锦江区) of every division, read once a process.

    `Division.save` and `load_divisions` empty it.
    """
    from .models import Division

    return dict(Division.objects.values_list("code", "full_name"))
