"""What a file must stay under before and while it is read."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of the file and of what it unpacks to; rows and columns of a sheet, cells of the file; memory (bytes) and time of the reader."""

    file_bytes: int
    unpacked_bytes: int
    rows: int
    columns: int
    cells: int
    reader_memory_bytes: int
    reader_seconds: int

    @classmethod
    def of_settings(cls) -> Limits:
        """Return the instance's limits (`IMPORT_LIMITS`)."""
        return cls(**settings.IMPORT_LIMITS)

    def as_dict(self) -> dict[str, int]:
        return asdict(self)
