"""pytest. The database is real: SQLite here, PostgreSQL with DATABASE_URL (`make test-postgres`)."""

import tempfile
from pathlib import Path

from .base import *

SECRET_KEY = "only-for-tests-0123456789abcdefghijklmnopqrstuvwxyz"
DEBUG = False
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DIVISION_NAMES_SECONDS = 0  # tests count queries
_files = Path(tempfile.mkdtemp(prefix="xinghui-test-"))
MEDIA_ROOT = _files / "media"
PRIVATE_ROOT = _files / "private"
IMPORT_PROGRESS_ROOT = _files / "progress"
STORAGES = {
    **STORAGES,
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    # No collectstatic before a test run.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PAGE_CACHE_SECONDS = 0  # tests see what they have just written; those of the page cache switch it on
