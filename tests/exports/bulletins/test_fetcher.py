"""The engine reads our own files and nothing else."""

import http.server
import threading

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from exports.bulletins.engine import render
from exports.bulletins.errors import ResourcesRefused
from exports.bulletins.fetcher import OwnFilesFetcher

PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/hostname",
        "FILE:///etc/hostname",
        "http://127.0.0.1:9/x.png",
        "https://example.com/x.png",
        "ftp://example.com/x.png",
        "font:../services.py",
        "font:/etc/hostname",
        "media:../private/secret.png",
        "media:images/../../private/secret.png",
        "media:documents/private.pdf",
        "media:images/%2e%2e/%2e%2e/private/secret.png",
        "media:images/not-there.png",
        "http://localhost:8000/admin/",
        "/etc/hostname",
    ],
)
def test_refuses(address):
    fetcher = OwnFilesFetcher()
    with pytest.raises(ValueError, match="not one of our own files"):
        fetcher.fetch(address)
    assert fetcher.refused == [address]


def test_opens_own_files(settings):
    name = default_storage.save("images/own.png", ContentFile(b"picture"))
    fetcher = OwnFilesFetcher()
    assert fetcher.fetch(f"media:{name}").read() == b"picture"
    assert fetcher.fetch(f"{settings.BASE_URL}/media/{name}").read() == b"picture"
    assert fetcher.fetch("font:song.ttf").read(4) == b"\x00\x01\x00\x00"
    assert fetcher.fetch(PIXEL).read(3) == b"GIF"
    assert not fetcher.refused


def test_redirect_is_never_followed_since_nothing_is_asked():
    """A server that would redirect to a local file hears nothing at all."""
    asked = []

    class Redirect(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(302)
            self.send_header("Location", "file:///etc/hostname")
            self.end_headers()

    server = http.server.HTTPServer(("127.0.0.1", 0), Redirect)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/x.png"
    try:
        with pytest.raises(ResourcesRefused) as raised:
            render(
                f'<html lang="zh-CN"><title>题</title><img src="{address}" alt="图"></html>',
                base_url="http://localhost/",
            )
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []
    assert raised.value.addresses == (address,)
    assert "图片库" in str(raised.value)


@pytest.mark.parametrize(
    "html",
    [
        '<link rel="stylesheet" href="file:///etc/hostname">',
        '<style>@import "file:///etc/hostname";</style>',
        '<style>p { background: url("file:///etc/hostname"); }</style><p>文</p>',
        '<object data="file:///etc/hostname"></object>',
        '<img alt="图" src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 width=%2210%22 height=%2210%22'
        '%3E%3Cimage href=%22file:///etc/hostname%22 width=%2210%22 height=%2210%22/%3E%3C/svg%3E">',
    ],
)
def test_no_way_in_through_markup(html):
    with pytest.raises(ResourcesRefused):
        render(f'<html lang="zh-CN"><title>题</title><body>{html}</body></html>', base_url="http://localhost/")
