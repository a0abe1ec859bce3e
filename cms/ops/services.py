"""Verbs that make an instance ready to serve."""

import hashlib
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from wagtail.models import Page

from cms.settings.environment import write_secret
from content.core.models import User

# No letters or digits that a person may mistake for one another.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def static_fingerprint() -> str:
    """Return a digest of path, size and time of every static file that the finders know."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            digest.update(f"{path}|{stat.st_size}|{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static_files() -> bool:
    """Collect, hash and compress static files if any changed since the last time; tell whether that was so."""
    root = Path(settings.STATIC_ROOT)
    stamp, fingerprint = root / ".fingerprint", static_fingerprint()
    if stamp.exists() and stamp.read_text() == fingerprint:
        return False
    root.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(fingerprint)
    return True


def ensure_admin(*, file: Path) -> Path | None:
    """Make the administrator of a fresh instance with a random password; return the file that keeps it.

    None when the administrator was there and the file is gone: its password is nobody's but the person's.
    """
    if not User.objects.filter(is_superuser=True).exists():
        password = "-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(4))
        file.unlink(missing_ok=True)
        write_secret(file, password + "\n")
        User.objects.create_superuser("admin", email="", password=password, first_name="系统管理员")
    return file if file.exists() else None


def is_empty() -> bool:
    """Tell whether the site holds no page of ours yet."""
    return not Page.objects.filter(depth=2).exclude(content_type__model="page").exists()
