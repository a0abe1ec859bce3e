"""The search backend that reads Chinese, for the database in use."""

from typing import Any

from django.db import connections, router
from modelsearch.backends.base import BaseSearchBackend
from modelsearch.conf import get_app_config


def SearchBackend(params: dict[str, Any]) -> BaseSearchBackend:
    """Return the backend for SQLite or PostgreSQL. Raises NotImplementedError for any other database."""
    vendor = connections[router.db_for_read(get_app_config().get_model("IndexEntry"))].vendor
    if vendor == "sqlite":
        from . import sqlite

        return sqlite.SearchBackend(params)
    if vendor == "postgresql":
        from . import postgres

        return postgres.SearchBackend(params)
    raise NotImplementedError(f"Search needs SQLite or PostgreSQL, not {vendor}.")
