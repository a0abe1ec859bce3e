"""The writer of workbooks, as for imports."""

from tests.exports.imports.conftest import book

__all__ = ["book"]
