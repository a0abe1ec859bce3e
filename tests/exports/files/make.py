"""Makes files that real programs write and that no library here writes: OLE containers, .xls, .ods."""

import struct
import zipfile
from pathlib import Path

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def ole(path: Path, streams: dict[str, bytes]) -> Path:
    """Write an OLE compound file of streams of at least 4096 bytes each (shorter ones are padded)."""
    padded = {name: data.ljust(max(4096, -(-len(data) // _SECTOR) * _SECTOR), b"\0") for name, data in streams.items()}
    fat: list[int] = [_FAT, _END]  # sector 0: FAT, sector 1: directory
    body, entries = b"", [_entry("Root Entry", 5, 1, _END, 0)]
    for name, data in padded.items():
        first, count = len(fat), len(data) // _SECTOR
        fat += [first + n + 1 for n in range(count - 1)] + [_END]
        entries.append(_entry(name, 2, _FREE, first, len(data)))
        body += data
    fat += [_FREE] * (_SECTOR // 4 - len(fat))
    entries += [_entry("", 0, _FREE, 0, 0)] * (4 - len(entries))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", _FREE) * 108
    path.write_bytes(header + struct.pack(f"<{len(fat)}I", *fat) + b"".join(entries) + body)
    return path


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = (name + "\0").encode("utf-16-le") if name else b""
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBB", len(encoded), kind, 1)
        + struct.pack("<III", _FREE, _FREE, child)
        + b"\0" * 36
        + struct.pack("<II", start, size)
        + b"\0" * 4
    )


def xls(path: Path, rows: list[list[str | float]], *, protected: bool = False) -> Path:
    """Write a BIFF8 workbook of one sheet, as Excel 97 to 2003 and WPS (.et) do."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def label(row: int, column: int, text: str) -> bytes:
        return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))

    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    start += record(0x002F, b"\1\0\1\0\1\0" + b"\0" * 48) if protected else b""
    name = "Sheet1".encode("ascii")
    sheet_at = len(start) + 4 + 8 + len(name) + 4
    book = start + record(0x0085, struct.pack("<IHBB", sheet_at, 0, len(name), 0) + name) + record(0x000A, b"")
    book += record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    book += record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            book += label(r, c, cell) if isinstance(cell, str) else record(0x0203, struct.pack("<HHHd", r, c, 0, cell))
    return ole(path, {"Workbook": book + record(0x000A, b"")})


def ods(path: Path, rows: list[list[str | float]]) -> Path:
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            if isinstance(cell, str)
            else f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="表">{cells}</table:table></office:spreadsheet></office:body></office:document-content>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>',
        )
        archive.writestr("content.xml", content)
    return path
