"""Who may import, and who sees which job."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, F, Func, Q, Value

from content.core import divisions, jurisdiction
from content.core.jurisdiction import codes_of
from content.core.register import Register, registers

from .models import ImportJob


def may_import(user: Any, register: Register) -> bool:
    """An import adds and changes rows, so it takes those permissions, its own, and a division; each row is checked later."""
    return bool(user.is_active and jurisdiction.may_import(user, register) and codes_of(user) != [])


def importable_registers(user: Any) -> list[Register]:
    return [register for register in registers() if may_import(user, register)]


def may_see(user: Any, job: ImportJob) -> bool:
    """The owner, superusers, and admins of the register whose divisions contain the job's scope."""
    if user.is_superuser or (job.user_id is not None and job.user_id == user.pk):
        return True
    codes = codes_of(user) or []
    if job.scope is None or not job.scope or not may_import(user, job.register):
        return False
    return all(any(divisions.contains(outer, inner) for outer in codes) for inner in job.scope)


def seen_by(user: Any) -> Q:
    """Return what `may_see` tells, as a condition on jobs: one query, however many jobs there are."""
    if user.is_superuser:
        return Q()
    slugs = [register.slug for register in importable_registers(user)]
    others = Q(register_slug__in=slugs, scope__isnull=False) & ~Q(scope=[]) & Q(_Inside("scope", codes_of(user) or []))
    return Q(user=user) | others if slugs else Q(user=user)


class _Inside(Func):
    """Whether each code of a JSON list lies inside one of some divisions."""

    output_field = BooleanField()

    def __init__(self, field: str, codes: list[str]) -> None:
        super().__init__(F(field), *(Value(f"{divisions.significant(code)}%") for code in codes))

    def as_sql(self, compiler: Any, connection: Any, *_more: Any, **_context: Any) -> tuple[str, Any]:
        (column, given), *marks = map(compiler.compile, self.get_source_expressions())
        is_postgres = connection.vendor == "postgresql"
        each = f"jsonb_array_elements_text({column}) AS one(value)" if is_postgres else f"json_each({column}) AS one"
        inside = " OR ".join(f"one.value LIKE {mark}" for mark, _values in marks) or "1 = 0"
        sql = f"NOT EXISTS (SELECT 1 FROM {each} WHERE NOT ({inside}))"  # noqa: S608 (our column)
        return sql, [*given, *(value for _mark, values in marks for value in values)]
