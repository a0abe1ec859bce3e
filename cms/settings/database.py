"""SQLite in var/ unless DATABASE_URL names another database."""

from typing import Any

from .environment import VAR, env

SQLITE_OPTIONS = {
    # Writers queue at BEGIN instead of failing in the middle of a transaction.
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    # WAL lets readers go on while an import commits.
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        " PRAGMA busy_timeout=30000; PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;"
        # A page that an import changes again and again is then carried into the database once.
        " PRAGMA wal_autocheckpoint=8000"
    ),
}

_default: dict[str, Any] = env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'db.sqlite3'}")
if _default["ENGINE"] == "django.db.backends.sqlite3":
    _default["OPTIONS"] = SQLITE_OPTIONS
else:
    _default["CONN_HEALTH_CHECKS"] = True
# Opening a connection costs more than most pages take.
_default["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=600)

DATABASES = {"default": _default}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
