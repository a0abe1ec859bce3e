"""Passwords of OpenDocument files (ODF 1.2): each part of the archive is compressed and encrypted by itself."""

from __future__ import annotations

import base64
import hashlib
import zipfile
import zlib
from typing import Any
from xml.etree import ElementTree

from .answering import Refused

_NS = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"


def decrypt(path: str, target: str, password: str) -> None:
    """Write the archive opened. Knows AES-256 in CBC, which LibreOffice has written since 3.5; Refused for other ways."""
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as opened:
        content = archive.read("META-INF/manifest.xml")
        if b"<!ENTITY" in content:
            raise Refused("damaged")
        manifest = ElementTree.fromstring(content)  # noqa: S314 - no entities
        secrets = {}
        for entry in manifest.iter(_NS + "file-entry"):
            for secret in entry.findall(_NS + "encryption-data"):
                secrets[entry.get(_NS + "full-path", "")] = secret
                entry.remove(secret)
        if "encrypted-package" in secrets:
            raise Refused("password_kind")
        for name in archive.namelist():
            if name == "META-INF/manifest.xml":
                opened.writestr(name, ElementTree.tostring(manifest))
            elif name in secrets:
                opened.writestr(name, _part(archive.read(name), secrets[name], password))
            else:
                opened.writestr(name, archive.read(name))


def _part(data: bytes, secret: Any, password: str) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    way = secret.find(_NS + "algorithm")
    derivation = secret.find(_NS + "key-derivation")
    start = secret.find(_NS + "start-key-generation")
    if way is None or derivation is None or not way.get(_NS + "algorithm-name", "").endswith("#aes256-cbc"):
        raise Refused("password_kind")
    if not derivation.get(_NS + "key-derivation-name", "").upper().endswith("PBKDF2"):
        raise Refused("password_kind")
    sha256 = start is not None and "sha256" in start.get(_NS + "start-key-generation-name", "").lower()
    first = (hashlib.sha256 if sha256 else hashlib.sha1)(password.encode()).digest()
    salt, rounds = base64.b64decode(derivation.get(_NS + "salt", "")), int(derivation.get(_NS + "iteration-count", "0"))
    if not 0 < rounds <= 10_000_000:
        raise Refused("password_kind")
    key = hashlib.pbkdf2_hmac("sha1", first, salt, rounds, 32)
    vector = base64.b64decode(way.get(_NS + "initialisation-vector", ""))
    decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    plain = decryptor.update(data) + decryptor.finalize()
    if not _fits(plain, secret):
        raise Refused("password_wrong")
    try:
        return zlib.decompressobj(-15).decompress(plain)
    except zlib.error:
        raise Refused("password_wrong") from None


def _fits(plain: bytes, secret: Any) -> bool:
    """Tell whether the checksum of the first kilobyte is the one noted; true where none that we know is."""
    kind, noted = secret.get(_NS + "checksum-type", "").lower(), secret.get(_NS + "checksum", "")
    way = hashlib.sha256 if "sha256" in kind else hashlib.sha1 if "sha1" in kind else None
    return way is None or not noted or way(plain[:1024]).digest() == base64.b64decode(noted)
