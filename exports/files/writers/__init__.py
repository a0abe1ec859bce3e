"""Writers: a table as XLSX, CSV, JSON or JSON Lines, row by row, in memory that does not grow with the rows."""

from .formulas import harmless
from .table import FORMATS, write_table

__all__ = ["FORMATS", "harmless", "write_table"]
