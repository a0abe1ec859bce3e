"""Sends the shipped spreadsheets through the import pipeline, as a person would in the back office."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.utils.translation import gettext as _

from content.core.models import User
from content.core.register import get_register
from exports.imports import services
from exports.imports.models import ImportJob

from .make_files import FOLDER

FILES = (
    ("bases", "苏州市疗休养基地汇总表.xlsx"),
    ("bases", "联盟成员城市疗休养基地登记表.csv"),
    ("points", "苏州市疗休养活动点一览表.xlsx"),
    ("points", "联盟成员城市疗休养活动点.csv"),
    ("unions", "成都市中心城区工会台账.xlsx"),
    ("unions", "成都市近郊区县工会台账.csv"),
    ("ratings", "2022年度工会星级评定结果.xlsx"),
    ("ratings", "2023年度工会星级评定结果.csv"),
    ("ratings", "2024年度工会星级评定结果.xlsx"),
    ("competitions", "引领性劳动竞赛项目表.xlsx"),
)
"""Register and file, in an order in which every reference finds its row."""


class DemoBroken(Exception):
    """A shipped file did not come through without errors."""


def import_file(slug: str, name: str, *, user: User) -> ImportJob | None:
    """Import one shipped file; None when it has been imported before. Raises DemoBroken when a row has an error.

    A file is known by its hash: what people changed in its rows, or undid, is never written over.
    """
    path = FOLDER / name
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    done = (ImportJob.State.COMMITTED, ImportJob.State.UNDONE)
    if ImportJob.objects.filter(register_slug=slug, sha256=digest, state__in=done).exists():
        return None
    return _import(slug, path, user=user)


def _import(slug: str, path: Path, *, user: User) -> ImportJob:
    with path.open("rb") as file:
        job = services.create_job(register=get_register(slug), file=file, name=path.name, user=user)
    workbook = services.prepare(job)
    services.stage(job, workbook=workbook)
    if job.counts.get("error", 1) or not services.commit(job, user=user):
        job.refresh_from_db()
        raise DemoBroken(
            _("The demo file %(file)s was not imported: %(state)s %(counts)s %(error)s")
            % {"file": path.name, "state": job.get_state_display(), "counts": job.counts, "error": job.error}
        )
    job.refresh_from_db()
    return job
