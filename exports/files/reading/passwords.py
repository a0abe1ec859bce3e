"""Files under a password: opened into a copy without one, inside the limited process."""

from __future__ import annotations

import os

from .answering import Order, Refused

OPENED = "opened"
# Excel encrypts with this when only the structure of a workbook is protected, and opens such files without asking.
_NONE = "VelvetSweatshop"


def unlocked(path: str, order: Order) -> str:
    """Return the path of an opened copy in the scratch folder, which whoever ordered it removes."""
    with open(path, "rb") as file:
        zipped = file.read(2) == b"PK"
    return _open(path, os.path.join(order["scratch"], OPENED), order["password"], zipped=zipped)


def _open(path: str, target: str, password: str, *, zipped: bool) -> str:
    if zipped:
        from .odf_passwords import decrypt

        if not password:
            raise Refused("password")
        decrypt(path, target, password)
        return target
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError

    with open(path, "rb") as source:
        for attempt in filter(None, (password, _NONE)):
            try:
                file = msoffcrypto.OfficeFile(source)
                if hasattr(file, "keyTypes") and file.format == "ooxml":
                    file.load_key(password=attempt, verify_password=True)
                else:
                    file.load_key(password=attempt)
                with open(target, "wb") as opened:
                    file.decrypt(opened)
                return target
            except (InvalidKeyError, DecryptionError):
                source.seek(0)
            except Exception:  # another kind of protection, such as rights managed by a server
                raise Refused("password_kind") from None
    raise Refused("password_wrong" if password else "password")
