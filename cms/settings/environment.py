"""Reads the environment; every other settings file takes its values from here.

`docs/environment.md` lists each variable, and a test fails when one is missing there.
"""

import os
import secrets
from pathlib import Path

import environ

PROJECT = Path(__file__).resolve().parents[2]
env = environ.Env()

# Everything the instance writes lives in one folder, so a second instance is one variable.
VAR = Path(env.str("XINGHUI_VAR", default=str(PROJECT / "var"))).resolve()


def secret_key(*, make: bool = False) -> str:
    """Return the signing key: from SECRET_KEY, else from the file that SECRET_KEY_FILE names.

    With `make`, a missing file is written first, readable by its owner only. Without it (production) a missing file
    raises FileNotFoundError: a server never falls back to a known key.
    """
    if key := env.str("SECRET_KEY", default=""):
        return key
    file = Path(env.str("SECRET_KEY_FILE", default=str(VAR / "keys" / "secret_key")))
    if make and not file.exists():
        write_secret(file, secrets.token_urlsafe(60))
    return file.read_text().strip()


def write_secret(file: Path, secret: str) -> None:
    """Write a secret for its owner only. Where two processes start at once, the first one's stays."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w") as target:
        target.write(secret)
