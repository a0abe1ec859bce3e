"""Files in and out: recognised by content, read in a limited subprocess, written as a stream."""

from .limits import Limits
from .reader import open_protected, read_workbook
from .refusal import FileRefused
from .workbook import Cell, Merged, Sheet, Workbook
from .writers import FORMATS, harmless, write_table

__all__ = [
    "FORMATS",
    "Cell",
    "FileRefused",
    "Limits",
    "Merged",
    "Sheet",
    "Workbook",
    "harmless",
    "open_protected",
    "read_workbook",
    "write_table",
]
