"""Fetches a spreadsheet from the web for a person or a timer, without becoming a door into our own network."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from exports.imports.problems import ImportRefused

REDIRECTS = 5
LONGEST_MARK = 300
_CARRYING = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96")))
_BLOCK = 64 * 1024
_MB = 1024 * 1024


@dataclass(frozen=True)
class Fetched:
    """name: of the file. etag, modified: what the server says to recognise it by next time."""

    name: str
    etag: str = ""
    modified: str = ""


def fetch(url: str, target: IO[bytes], *, seen: Fetched | None = None) -> Fetched | None:
    """Write what stands at an address into `target`; None when the server says that it is what was `seen`.

    The host name is resolved once; every address it has must be public, and the connection goes to one of those very
    addresses, so that a name which resolves to something else a moment later gains nothing. Each redirect is checked
    like the first address, and what was seen is told to the host of the first address only. Raises ImportRefused: url_refused, url_failed, file_too_big, too_slow.
    """
    deadline = time.monotonic() + settings.IMPORT_URL_SECONDS
    home = None
    for _hop in range(REDIRECTS + 1):
        connection = _connect(url, deadline)
        home = home or urlsplit(url).netloc
        try:
            parts = urlsplit(url)
            path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~") + (f"?{parts.query}" if parts.query else "")
            headers = {"Accept-Encoding": "identity", "User-Agent": "Xinghui"}
            if seen and parts.netloc == home:
                headers |= {"If-None-Match": seen.etag} if seen.etag else {}
                headers |= {"If-Modified-Since": seen.modified} if seen.modified else {}
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            if answer.status == 304 and seen:
                return None
            if answer.status in (301, 302, 303, 307, 308) and answer.headers["Location"]:
                url = urljoin(url, answer.headers["Location"])
                continue
            if answer.status != 200:
                raise _failed(url, f"HTTP {answer.status}")
            _copy(answer, target, deadline)
            name = _name(answer) or unquote(parts.path.rpartition("/")[2]) or "download"
            return Fetched(name, _short(answer.headers["ETag"]), _short(answer.headers["Last-Modified"]))
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise _failed(url, type(error).__name__) from error
        finally:
            connection.close()
    raise _refused(url, _("it is redirected too often"))


def _name(answer: http.client.HTTPResponse) -> str:
    """Return the name that the server gives the file, without any folder."""
    name = answer.headers.get_filename() or ""
    return name.replace("\\", "/").rpartition("/")[2].strip()[:200]


def _short(header: str | None) -> str:
    return header if header and len(header) <= LONGEST_MARK else ""


def check(url: str) -> None:
    """Tell a person at once that an address will not be fetched. Raises ImportRefused; it is checked again each time."""
    _connect(url, time.monotonic() + settings.IMPORT_URL_SECONDS)


def _connect(url: str, deadline: float) -> http.client.HTTPConnection:
    """Return a connection that is not open yet."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise _refused(url, _("it is not an address")) from None
    if parts.scheme not in settings.IMPORT_URL_SCHEMES or not host:
        raise _refused(url, _("only %(schemes)s is allowed") % {"schemes": "、".join(settings.IMPORT_URL_SCHEMES)})
    if parts.username or parts.password:
        raise _refused(url, _("it carries a user name or password"))
    port = port or (443 if parts.scheme == "https" else 80)
    if port not in settings.IMPORT_URL_PORTS and host not in settings.IMPORT_URL_INTERNAL_HOSTS:
        raise _refused(
            url, _("only the ports %(ports)s are allowed") % {"ports": "、".join(map(str, settings.IMPORT_URL_PORTS))}
        )
    address = _public_address(url, host, port)
    return _Pinned(host, port, address=address, secure=parts.scheme == "https", deadline=deadline)


def _public_address(url: str, host: str, port: int) -> str:
    """Return an address of the host, all of whose addresses are public or expressly allowed."""
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        raise _failed(url, _("the host is not known")) from None
    for address in found:
        if not _is_public(address) and host not in settings.IMPORT_URL_INTERNAL_HOSTS:
            raise _refused(url, _("it leads into an internal network"))
    return min(found, key=lambda address: (":" in address, address))


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    inner = [address]
    if isinstance(address, ipaddress.IPv6Address):
        # Addresses of version 4 dressed up as version 6: mapped, 6to4, Teredo.
        inner += [found for found in (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())) if found]
        # NAT64, SIIT, addresses of version 4 written as ::1.2.3.4, and ISATAP carry one in their last 32 bits.
        if any(address in network for network in _CARRYING) or (int(address) >> 32) & 0xFCFFFFFF == 0x5EFE:
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return all(one.is_global and not one.is_multicast for one in inner)


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was checked, while certificate and Host header are those of the name."""

    def __init__(self, host: str, port: int, *, address: str, secure: bool, deadline: float) -> None:
        super().__init__(host, port)
        self.default_port = 443 if secure else 80
        self.address, self.secure, self.deadline = address, secure, deadline

    def connect(self) -> None:
        self.sock: Any = socket.create_connection((self.address, self.port), timeout=_left(self.deadline))
        if self.secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def _copy(answer: http.client.HTTPResponse, target: IO[bytes], deadline: float) -> None:
    limit, size = settings.IMPORT_LIMITS["file_bytes"], 0
    # read1 returns what has come, so that a server that drips cannot outlast the deadline.
    while block := answer.read1(_BLOCK):
        size += len(block)
        if size > limit:
            message = _("The file at the address is larger than %(limit)s MB.")
            raise ImportRefused("file_too_big", message % {"limit": limit // _MB})
        _left(deadline)
        target.write(block)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        message = _("The address did not deliver the file within %(limit)s seconds. Try again later.")
        raise ImportRefused("too_slow", message % {"limit": settings.IMPORT_URL_SECONDS})
    return left


def _refused(url: str, why: str) -> ImportRefused:
    message = _("The address %(url)s is not fetched: %(why)s.")
    return ImportRefused("url_refused", message % {"url": url[:200], "why": why})


def _failed(url: str, why: str) -> ImportRefused:
    message = _("Nothing could be fetched from %(url)s (%(why)s). Check the address, or download the file yourself.")
    return ImportRefused("url_failed", message % {"url": url[:200], "why": why})
