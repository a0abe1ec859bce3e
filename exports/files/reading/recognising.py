"""What a file is, by its content; its name may say anything."""

from __future__ import annotations

import mmap

from .answering import Order, Refused

_MB = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"{\\rtf", "word"),
)


def recognise(path: str, order: Order) -> str:
    """Return xlsx, xlsm, xlsb, xls, ods, text, or encrypted. Raises Refused for what is no spreadsheet."""
    with open(path, "rb") as file:
        head = file.read(8)
    if head.startswith(b"PK"):
        return _of_zip(path, order)
    if head.startswith(OLE):
        return _of_ole(path)
    for magic, what in _OTHER:
        if head.startswith(magic):
            raise Refused("not_a_spreadsheet", what=what)
    return "text"


def _of_zip(path: str, order: Order) -> str:
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive:
            sizes = {info.filename: info.file_size for info in archive.infolist()}
            if sum(sizes.values()) > order["unpacked_bytes"]:
                size, limit = f"{sum(sizes.values()) / _MB:.0f}", order["unpacked_bytes"] // _MB
                raise Refused("unpacks_too_big", size=size, limit=limit)
            mimetype = archive.read("mimetype")[:100] if sizes.get("mimetype", 1000) < 200 else b""
            if b"opendocument.spreadsheet" in mimetype:
                manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in sizes else b""
                return "encrypted" if b"encryption-data" in manifest else "ods"
    except zipfile.BadZipFile:
        raise Refused("damaged") from None
    names = {name.replace("\\", "/").lower() for name in sizes}
    if b"opendocument" in mimetype or any(name.startswith("word/") for name in names):
        raise Refused("not_a_spreadsheet", what="word")
    if any(name.startswith("ppt/") for name in names):
        raise Refused("not_a_spreadsheet", what="slides")
    if "xl/workbook.bin" in names:
        return "xlsb"
    if not any(name.startswith("xl/") for name in names):
        raise Refused("not_a_spreadsheet", what="archive")
    return "xlsm" if "xl/vbaproject.bin" in names else "xlsx"


def _of_ole(path: str) -> str:
    """Look for the names of the streams inside, which are written in UTF-16."""
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            return "encrypted"
        if content.find("Workbook".encode("utf-16-le")) >= 0 or content.find("Book\0".encode("utf-16-le")) >= 0:
            return "encrypted" if _has_filepass(content) else "xls"
        word = content.find("WordDocument".encode("utf-16-le")) >= 0
    raise Refused("not_a_spreadsheet", what="word" if word else "unknown")


def _has_filepass(content: mmap.mmap) -> bool:
    """Tell whether the first records of the workbook's stream say that the rest is encrypted.

    The stream begins at a sector, with a record "beginning of file"; FILEPASS is the next one or the one after.
    """
    for start in _beginnings(content):
        at = start
        for _record in range(4):
            kind, size = (
                int.from_bytes(content[at : at + 2], "little"),
                int.from_bytes(content[at + 2 : at + 4], "little"),
            )
            if kind == 0x002F:
                return True
            if kind not in (0x0809, 0x0086):  # beginning of file, write protection
                break
            at += 4 + size
    return False


def _beginnings(content: mmap.mmap) -> list[int]:
    found: list[int] = []
    at = content.find(b"\x09\x08", 512)
    while at >= 0 and len(found) < 4:
        if at % 64 == 0:
            found.append(at)
        at = content.find(b"\x09\x08", at + 1)
    return found
