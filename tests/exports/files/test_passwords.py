"""Passwords: of Office's and of OpenDocument's kind, opened in the reader's own process."""

import base64
import hashlib
import os
import subprocess
import zipfile
import zlib

import openpyxl
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from msoffcrypto.format.ooxml import OOXMLFile

from exports.files import FileRefused, open_protected, read_workbook

SECRET = "太湖Moon!2024"
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
CONTENT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="表"><table:table-row><table:table-cell office:value-type="string">'
    "<text:p>示例</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
)


@pytest.fixture
def sealed_xlsx(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["示例", 1])
    book.save(tmp_path / "plain.xlsx")
    with (tmp_path / "plain.xlsx").open("rb") as source, (tmp_path / "a.xlsx").open("wb") as target:
        OOXMLFile(source).encrypt(SECRET, target)
    return tmp_path / "a.xlsx"


@pytest.fixture
def sealed_ods(tmp_path):
    """Write what LibreOffice 3.5 to 24.2 writes: AES-256 in CBC, a key by PBKDF2 from the SHA-256 of the password."""
    salt, vector, rounds = os.urandom(16), os.urandom(16), 1000
    key = hashlib.pbkdf2_hmac("sha1", hashlib.sha256(SECRET.encode()).digest(), salt, rounds, 32)
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(CONTENT.encode()) + packer.flush()
    packed += b"\0" * (-len(packed) % 16)
    encryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    secret = encryptor.update(packed) + encryptor.finalize()
    text = [base64.b64encode(part).decode() for part in (hashlib.sha256(packed[:1024]).digest(), vector, salt)]
    manifest = (
        f'<manifest:manifest xmlns:manifest="{MANIFEST}"><manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry '
        f'manifest:full-path="content.xml" manifest:media-type="text/xml" manifest:size="{len(CONTENT.encode())}">'
        '<manifest:encryption-data manifest:checksum-type="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0#sha256-1k" '
        f'manifest:checksum="{text[0]}"><manifest:algorithm manifest:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc" '
        f'manifest:initialisation-vector="{text[1]}"/><manifest:key-derivation manifest:key-derivation-name="PBKDF2" '
        f'manifest:key-size="32" manifest:iteration-count="{rounds}" manifest:salt="{text[2]}"/><manifest:start-key-generation '
        'manifest:start-key-generation-name="http://www.w3.org/2000/09/xmldsig#sha256" manifest:key-size="32"/>'
        "</manifest:encryption-data></manifest:file-entry></manifest:manifest>"
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", secret)
    return tmp_path / "a.ods"


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_the_right_password_opens_and_another_does_not(kind, request):
    path = request.getfixturevalue(f"sealed_{kind}")
    for password, code in (("", "password"), ("nein", "password_wrong")):
        with pytest.raises(FileRefused) as caught:
            read_workbook(path, password=password)
        assert caught.value.code == code
    found = read_workbook(path, password=SECRET)
    assert next(iter(found.sheets[0].rows))[1][0] == "示例"
    assert found.kind == kind


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_an_opened_copy_needs_none(kind, request, tmp_path):
    path = request.getfixturevalue(f"sealed_{kind}")
    assert open_protected(path, tmp_path / "opened", password=SECRET) is True
    assert read_workbook(tmp_path / "opened", name=f"a.{kind}").kind == kind
    assert open_protected(tmp_path / "opened", tmp_path / "again", password=SECRET) is False
    assert not (tmp_path / "again").exists()


def test_the_password_is_no_argument_of_a_process(sealed_xlsx, monkeypatch):
    seen = []

    original = subprocess.Popen.__init__

    def watching(self, args, **options):
        seen.append((list(args), options.get("env")))
        original(self, args, **options)

    monkeypatch.setattr(subprocess.Popen, "__init__", watching)
    read_workbook(sealed_xlsx, password=SECRET)
    assert seen
    assert SECRET not in str(seen)


def test_ways_of_protection_that_are_not_known_are_said(sealed_ods, tmp_path):
    with zipfile.ZipFile(sealed_ods) as old, zipfile.ZipFile(tmp_path / "b.ods", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"#aes256-cbc", b"#blowfish-cfb"))
    with pytest.raises(FileRefused) as caught:
        read_workbook(tmp_path / "b.ods", password=SECRET)
    assert caught.value.code == "password_kind"
