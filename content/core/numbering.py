"""Codes for rows that come without one: prefix, division, running number (JD 320506 0001)."""

from __future__ import annotations

from django.db.models.functions import Length

from .register import Register

DIGITS = 4  # 9,999 rows a division before codes grow longer


class CodeNumbers:
    """Gives codes of one register. Hold `locks.register_lock` while in use, so that no number is given twice."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._last: dict[str, int] = {}

    def next(self, division: str) -> str:
        """Return the next free code of a division. Asks the database once a division."""
        if division not in self._last:
            self._last[division] = self._highest(division)
        self._last[division] += 1
        return f"{self.register.code_prefix}{division}{self._last[division]:0{DIGITS}}"

    def _highest(self, division: str) -> int:
        """Return the highest number in use; a street's codes also begin with its district's, but are longer."""
        stem = self.register.code_prefix + division
        codes = (
            self.register.model._default_manager.filter(code__startswith=stem)
            .annotate(code_length=Length("code"))
            .filter(code_length__gte=len(stem) + DIGITS, code_length__lt=len(stem) + DIGITS + 3)
            .order_by("-code_length", "-code")
            .values_list("code", flat=True)
        )
        return next((int(code[len(stem) :]) for code in codes.iterator() if code[len(stem) :].isdigit()), 0)
