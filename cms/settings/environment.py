"""Reads the environment once; every other settings file takes its values from here.

`docs/environment.md` lists each variable, and a test fails when one is missing there.
"""

from pathlib import Path

import environ

PROJECT = Path(__file__).resolve().parents[2]
env = environ.Env()

# Everything the instance writes lives in one folder, so a second instance is one variable.
VAR = Path(env.str("XINGHUI_VAR", default=str(PROJECT / "var"))).resolve()


def secret_key() -> str:
    """Return the signing key: from SECRET_KEY, or from the file SECRET_KEY_FILE (made by `make run`).

    Raises FileNotFoundError when neither is there: a server never falls back to a known key.
    """
    if key := env.str("SECRET_KEY", default=""):
        return key
    return Path(env.str("SECRET_KEY_FILE", default=str(VAR / "keys" / "secret_key"))).read_text().strip()
