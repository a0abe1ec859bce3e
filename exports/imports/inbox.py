"""A folder a register: whatever file is laid there is imported, and a report is laid beside it."""

from __future__ import annotations

import json
import logging
import time
from pathlib import Path
from typing import Any

from content.core.register import Register, registers

from . import report, services
from .models import ImportJob
from .problems import ImportRefused

SETTLED = 5.0  # seconds without a change, after which a file is taken to be complete
DONE, FAILED = "done", "failed"
log = logging.getLogger(__name__)


def waiting(root: Path, *, settled: float = SETTLED) -> list[tuple[Register, Path]]:
    """Return the files that wait in `root/<register>/`, oldest first. Makes the folders that are missing.

    Files still being copied, hidden ones and links are left alone: a link would let its owner read any file of ours.
    """
    found = []
    for register in registers():
        folder = root / register.slug
        for part in (folder, folder / DONE, folder / FAILED):
            part.mkdir(parents=True, exist_ok=True)
        for path in folder.iterdir():
            if path.is_symlink() or not path.is_file() or path.name.startswith((".", "~$")):
                continue
            if time.time() - path.stat().st_mtime >= settled:
                found.append((register, path))
    return sorted(found, key=lambda entry: entry[1].stat().st_mtime)


def take(register: Register, path: Path, *, user: Any = None) -> bool:
    """Import one file and move it to done/ or failed/, with a report `<name>.json` beside it. Returns whether all went in.

    user: whose permissions and divisions bound the import; None is the system itself.
    """
    job, good = None, False
    try:
        with path.open("rb") as file:
            job = services.create_job(register=register, file=file, name=path.name, user=user)
        workbook = services.prepare(job)
        if job.state == ImportJob.State.NEEDS_MAPPING:
            raise ImportRefused(job.error_code, job.error)
        services.stage(job, workbook=workbook)
        good = not job.counts["error"] and any(services.commit(job, user=user) for _attempt in range(2))
        answer = report.as_json(job)
    except ImportRefused as refusal:
        if refusal.code == "busy":  # another import writes just now: the file stays and has its turn later
            if job is not None:
                services.cancel(job)
            return False
        answer = report.refused(register.slug, refusal.code, str(refusal.message), job=job)
    folder = path.parent / (DONE if good else FAILED)
    target = _free(folder / path.name)
    path.replace(target)
    target.with_name(target.name + ".json").write_text(json.dumps(answer, ensure_ascii=False, indent=1), "utf-8")
    log.info("inbox %s/%s: %s", register.slug, path.name, answer["counts"])
    return good


def _free(path: Path) -> Path:
    """Return a path that no earlier file of the same name has."""
    number, candidate = 1, path
    while candidate.exists():
        number += 1
        candidate = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return candidate
