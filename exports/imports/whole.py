"""An import from file to register in one go, as commands and sources do it; a person at a screen goes step by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from . import services
from .models import ImportJob
from .problems import ImportRefused
from .waiting import in_turn

State = ImportJob.State


def carry_through(
    job: ImportJob,
    *,
    user: Any = None,
    chosen: Mapping[str, str] | None = None,
    write: bool = True,
    say: Callable[[str], object] | None = None,
) -> bool:
    """Inspect, check and, when nothing stands against it, write. Returns whether the rows are in the register.

    write: else the checked import waits for a person. A job that was begun before is gone on with. A register that
    changed meanwhile is checked and tried once more. chosen: as `services.prepare` takes it. say: the
    import has its turn after another one that writes, and says so; else it raises Busy. Raises ImportRefused.
    """
    if job.state in (State.UPLOADED, State.INSPECTING, State.NEEDS_ANSWER, State.NEEDS_MAPPING, State.VALIDATING):
        workbook = services.prepare(job, chosen=chosen)
        if job.state in (State.NEEDS_ANSWER, State.NEEDS_MAPPING):
            raise ImportRefused(job.error_code, job.error)
        services.stage(job, workbook=workbook)
    for _attempt in range(2):
        if not write or job.state != State.PREVIEWED or (job.counts["error"] and job.policy["on_error"] == "stop"):
            break
        if in_turn(lambda: services.commit(job, user=user), say=say) if say else services.commit(job, user=user):
            break
    job.refresh_from_db()
    return job.state == State.COMMITTED
