"""The job's file, from the private storage to the reader."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from exports.files import FileRefused, Workbook, read_workbook

from .models import ImportJob
from .pauses import seldom_collected
from .problems import ImportRefused


@seldom_collected()
def read(job: ImportJob) -> Workbook:
    """Read the job's file, wherever the storage keeps it. The workbook outlives the copy read from."""
    with tempfile.TemporaryDirectory(prefix="xinghui-import-") as folder:
        path = Path(folder) / "file"
        fetch(job, path)
        try:
            return read_workbook(path, name=job.original_name)
        except FileRefused as error:
            raise ImportRefused(error.code, error.message) from error


def fetch(job: ImportJob, path: Path) -> None:
    """Copy the job's file to a path of this machine."""
    with job.file.open("rb") as source, path.open("wb") as target:
        shutil.copyfileobj(source, target)
