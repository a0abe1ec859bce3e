"""The search backend that reads Chinese."""

from modelsearch.backends.database import SearchBackend

__all__ = ["SearchBackend"]
