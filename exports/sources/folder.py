"""A folder below the inbox: whatever file is laid there is taken, and a report is laid beside it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from exports.imports.problems import ImportRefused

from .arrival import Arrival
from .models import ImportSource

SETTLED = 5.0  # seconds without a change, after which a file is taken to be complete
DONE, FAILED = "done", "failed"


def folder_of(place: str) -> Path:
    """Return the folder of this name. Raises ImportRefused where it would lie outside the inbox, also by a link."""
    root = Path(settings.IMPORT_INBOX)
    found = root / place.strip("/")
    parts = place.strip("/").split("/")
    if any(part in ("", ".", "..") for part in parts) or parts[-1] in (DONE, FAILED):
        raise _outside(place)
    if not found.resolve().is_relative_to(root.resolve()):
        raise _outside(place)
    return found


def _outside(place: str) -> ImportRefused:
    message = _("“%(place)s” is no folder below the inbox. Write a name like unions or suzhou/unions.")
    return ImportRefused("folder_refused", message % {"place": place[:100]})


def arrivals(source: ImportSource, *, settled: float = SETTLED) -> Iterator[Arrival]:
    """Yield the files that wait, oldest first. Makes the folders that are missing.

    Files still being copied, hidden ones and links are left alone: a link would let its owner read any file of ours.
    """
    folder = folder_of(source.place)
    try:
        for part in (folder, folder / DONE, folder / FAILED):
            part.mkdir(parents=True, exist_ok=True)
        waiting = [
            (path.stat().st_mtime, path)
            for path in folder.iterdir()
            if path.is_file() and not path.is_symlink() and not path.name.startswith((".", "~$"))
        ]
    except OSError as error:
        message = _("The folder “%(place)s” cannot be read (%(error)s). Ask the administrator of the server.")
        raise ImportRefused("folder_failed", message % {"place": source.place, "error": error.strerror}) from error
    for changed, path in sorted(waiting):
        if time.time() - changed >= settled:
            yield Arrival(path.name, path, finish=_mover(path))


def _mover(path: Path) -> Any:
    def move(good: bool, report: dict[str, Any]) -> None:
        target = _free(path.parent / (DONE if good else FAILED) / path.name)
        path.replace(target)
        target.with_name(target.name + ".json").write_text(json.dumps(report, ensure_ascii=False, indent=1), "utf-8")

    return move


def _free(path: Path) -> Path:
    """Return a path that no earlier file of the same name has."""
    number, candidate = 1, path
    while candidate.exists():
        number += 1
        candidate = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return candidate
