"""A prefix of the S3 bucket. Endpoint, bucket and keys come from the environment alone: nobody can point it elsewhere."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from exports.imports.problems import ImportRefused

from .arrival import Arrival
from .models import ImportSource, SourceRun

_BLOCK = 256 * 1024
_MB = 1024 * 1024


def is_configured() -> bool:
    return bool(settings.IMPORT_S3["bucket"])


def key_prefix(place: str) -> str:
    """Return the prefix within the bucket; the environment's own prefix stands before it."""
    return f"{settings.IMPORT_S3['prefix']}{place.lstrip('/')}"


def arrivals(source: ImportSource) -> Iterator[Arrival]:
    """Yield the objects that were not taken yet, oldest first. They stay in the bucket; key and ETag are remembered."""
    client = _client()
    bucket = settings.IMPORT_S3["bucket"]
    for entry in _new(client, bucket, source):
        with tempfile.TemporaryDirectory(prefix="xinghui-s3-") as folder:
            path = Path(folder) / "file"
            refusal = _too_big(entry)
            if refusal is None:
                _download(client, bucket, entry, path)
            yield Arrival(entry["Key"].rpartition("/")[2], path, mark=_mark(entry), refusal=refusal)


def _client() -> Any:
    if not is_configured():
        message = _("No S3 bucket is set up. Ask the administrator of the server to set IMPORT_S3_BUCKET.")
        raise ImportRefused("s3_missing", message)
    import boto3  # half a second and 30 MB that only those spend who use it
    from botocore.config import Config

    chosen = settings.IMPORT_S3
    return boto3.client(
        "s3",
        endpoint_url=chosen["endpoint"] or None,
        region_name=chosen["region"] or None,
        aws_access_key_id=chosen["access_key"] or None,
        aws_secret_access_key=chosen["secret_key"] or None,
        config=Config(
            connect_timeout=10,
            read_timeout=settings.IMPORT_URL_SECONDS,
            retries={"max_attempts": 2},
            s3={"addressing_style": chosen["addressing"]},
        ),
    )


def _new(client: Any, bucket: str, source: ImportSource) -> list[dict[str, Any]]:
    seen = set(source.runs.exclude(outcome=SourceRun.Outcome.STARTED).exclude(mark="").values_list("mark", flat=True))
    try:
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=key_prefix(source.place))
        found = [
            entry
            for page in pages
            for entry in page.get("Contents", ())
            if not entry["Key"].endswith("/") and entry["Size"] and _mark(entry) not in seen
        ]
    except Exception as error:
        raise _failed(error) from error
    return sorted(found, key=lambda entry: entry["LastModified"])


def _too_big(entry: dict[str, Any]) -> ImportRefused | None:
    limit = settings.IMPORT_LIMITS["file_bytes"]
    if entry["Size"] <= limit:
        return None
    message = _("The object %(key)s is larger than %(limit)s MB.")
    return ImportRefused("file_too_big", message % {"key": entry["Key"], "limit": limit // _MB})


def _download(client: Any, bucket: str, entry: dict[str, Any], path: Path) -> None:
    try:
        body = client.get_object(Bucket=bucket, Key=entry["Key"], IfMatch=entry["ETag"])["Body"]
        with path.open("wb") as target:
            for block in body.iter_chunks(_BLOCK):
                target.write(block)
    except Exception as error:
        raise _failed(error) from error


def _mark(entry: dict[str, Any]) -> str:
    return f"{entry['Key']}#{entry['ETag'].strip(chr(34))}"


def _failed(error: Exception) -> ImportRefused:
    answer = getattr(error, "response", {}).get("Error", {}).get("Code") or type(error).__name__
    message = _("The S3 bucket cannot be read (%(error)s). Ask the administrator of the server.")
    return ImportRefused("s3_failed", message % {"error": answer})
