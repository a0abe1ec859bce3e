"""Where files live: public media, private uploads, collected static files."""

from .environment import PROJECT, VAR

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [PROJECT / "site" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
# Uploaded spreadsheets and anything else that only its owner may see. Never below MEDIA_ROOT.
PRIVATE_ROOT = VAR / "private"
# While this file is there, the public site is closed (cms/ops/maintenance.py).
MAINTENANCE_SIGN = VAR / "maintenance.json"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None, "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Source maps are for developers' tools: large, seldom read, not worth minutes of compression.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "jpg", "jpeg", "png", "gif", "webp", "avif", "zip", "gz", "br", "woff2")
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
