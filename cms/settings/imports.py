"""Imports and exports: limits of spreadsheets (exports/files/limits.py), what is done at once, how long files stay."""

from .environment import VAR, env

IMPORT_LIMITS = {
    "file_bytes": env.int("IMPORT_MAX_FILE_MB", default=50) * 1024 * 1024,
    "unpacked_bytes": env.int("IMPORT_MAX_UNPACKED_MB", default=500) * 1024 * 1024,
    "rows": env.int("IMPORT_MAX_ROWS", default=1_000_000),
    "columns": env.int("IMPORT_MAX_COLUMNS", default=200),
    "cells": env.int("IMPORT_MAX_CELLS", default=30_000_000),
    "reader_memory_bytes": env.int("IMPORT_READER_MEMORY_MB", default=2048) * 1024 * 1024,
    "reader_seconds": env.int("IMPORT_READER_SECONDS", default=120),
}
# Files with at most this many rows are checked while the person waits; larger ones go to the worker.
IMPORT_INLINE_ROWS = env.int("IMPORT_INLINE_ROWS", default=2_000)
# After so many days the file and rows of an import are deleted: one never written, and a written one (no undo then).
IMPORT_KEEP_DAYS = env.int("IMPORT_KEEP_DAYS", default=30)
IMPORT_UNDO_DAYS = env.int("IMPORT_UNDO_DAYS", default=365)
# Folders below the inbox may be watched; <inbox>/<register>/ always are, within the divisions of this user.
IMPORT_INBOX = env.str("IMPORT_INBOX", default=str(VAR / "inbox"))
IMPORT_INBOX_USER = env.str("IMPORT_INBOX_USER", default="")
# Registers whose imports a second person approves: `unions`, `unions:名录管理员` (only that role), or `*` for all.
IMPORT_APPROVAL = env.list("IMPORT_APPROVAL", default=[])
# How far a commit on SQLite is, for the progress page.
IMPORT_PROGRESS_ROOT = VAR / "progress"
# Files from addresses: how long it may take, what it may speak, on which ports, and which hosts of our own network.
IMPORT_URL_SECONDS = env.int("IMPORT_URL_SECONDS", default=60)
IMPORT_URL_SCHEMES = env.list("IMPORT_URL_SCHEMES", default=["https"])
IMPORT_URL_PORTS = env.list("IMPORT_URL_PORTS", cast=int, default=[80, 443, 8080, 8443])
IMPORT_URL_INTERNAL_HOSTS = env.list("IMPORT_URL_INTERNAL_HOSTS", default=[])
# The one bucket from which files are taken. Only here: staff choose a prefix in it, never another server.
IMPORT_S3 = {
    "endpoint": env.str("IMPORT_S3_ENDPOINT", default=""),
    "region": env.str("IMPORT_S3_REGION", default=""),
    "bucket": env.str("IMPORT_S3_BUCKET", default=""),
    "prefix": env.str("IMPORT_S3_PREFIX", default=""),
    "access_key": env.str("IMPORT_S3_ACCESS_KEY", default=""),
    "secret_key": env.str("IMPORT_S3_SECRET_KEY", default=""),
    "addressing": env.str("IMPORT_S3_ADDRESSING", default="auto"),
}
# A back-office export of more rows is made by the worker (a PDF of more than a hundredth), and its file kept so long.
EXPORT_INLINE_ROWS = env.int("EXPORT_INLINE_ROWS", default=20_000)
EXPORT_KEEP_HOURS = env.int("EXPORT_KEEP_HOURS", default=24)
