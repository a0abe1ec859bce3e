"""Who may import, and who sees which job."""

from __future__ import annotations

from typing import Any

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
