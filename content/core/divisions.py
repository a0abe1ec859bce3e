"""Administrative divisions 行政区划: codes, ranges and names.

Codes are GB/T 2260 (6 digits: province, city, district) and GB/T 10114 (3 more for towns and streets).
A division contains every code that begins with its significant digits: 320500 contains 3205xx and 3205xxxxx.
"""

import time
from collections.abc import Container

from django.conf import settings
from django.db.models import Count, Max, Q


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


def parent_code(code: str, known: Container[str]) -> str | None:
    """Return the nearest division of `known` that contains `code`, or None for a province.

    Skips levels that do not exist: 110101 hangs on 110000, 429004 on 420000.
    """
    for candidate in ((code[:6],) if len(code) == 9 else ()) + (code[:4] + "00", code[:2] + "0000"):
        if candidate != code and candidate in known:
            return candidate
    return None


class _Names:
    """Code → full name of every division, kept in memory by each process.

    Another process may rename a division or add a street, so now and then the stamp of the table is compared.
    """

    def __init__(self) -> None:
        self.generation = 0  # counts how often this process was told to forget
        self._names: dict[str, str] | None = None
        self._stamp: object = None
        self._checked = 0.0

    def get(self) -> dict[str, str]:
        """Return the names; the very same dictionary as long as nothing changed."""
        patience = settings.DIVISION_NAMES_SECONDS
        if self._names is None or (patience and time.monotonic() - self._checked > patience):
            self._read()
        return self._names or {}

    def forget(self) -> None:
        """Read again at the next question: a division was written."""
        self.generation += 1
        self._names = None

    def _read(self) -> None:
        from .models import Division

        stamp = Division.objects.aggregate(count=Count("pk"), last=Max("changed_at"))
        if self._names is None or stamp != self._stamp:
            self._names = dict(Division.objects.values_list("code", "full_name"))
        self._stamp, self._checked = stamp, time.monotonic()


names = _Names()


def full_names() -> dict[str, str]:
    """Return code → full name (四川省成都市锦江区) of every division, from memory."""
    return names.get()
