"""What goes wrong with a whole import (a row's problems are data: `ImportRow.problems`)."""

from __future__ import annotations

from django.utils.functional import Promise


class ImportRefused(Exception):
    """The file cannot be imported as it is. `code` is of docs/error-codes.md; the message says what to do."""

    def __init__(self, code: str, message: str | Promise) -> None:
        super().__init__(str(message))
        self.code = code
        self.message = message


class Busy(ImportRefused):
    """Another import writes into the same register; the person should wait."""


class Stale(Exception):
    """The register changed between preview and commit."""
