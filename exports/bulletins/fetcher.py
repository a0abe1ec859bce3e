"""What the PDF engine may read: data of the page itself, our fonts, and files of the site's own media.

WeasyPrint's own fetcher follows redirects and opened `file:///etc/hostname` after one; this one opens no socket and
no path. Imported lazily with WeasyPrint.
"""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from weasyprint.urls import URLFetcher, URLFetcherResponse

from .faces import FACES, FOLDER

# Documents of the media may be private; pictures are public by nature, and all that a page prints.
PICTURES = ("images/", "original_images/")


class OwnFilesFetcher(URLFetcher):
    """Answers `font:NAME` (a shipped face), `media:NAME` (a picture of the default storage) and `data:`.

    An address below BASE_URL + MEDIA_URL is read from the storage too, never over the network. All else is refused
    and remembered in `refused`, so that the caller can fail instead of printing a page with a hole.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["data"], allow_redirects=False)
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        try:
            return self._fetch(url, headers)
        except (OSError, ValueError, SuspiciousFileOperation) as error:
            if url not in self.refused:
                self.refused.append(url)
            raise ValueError(f"not one of our own files: {url[:200]}") from error

    def _fetch(self, url: str, headers: dict[str, str] | None) -> URLFetcherResponse:
        scheme, _colon, rest = url.partition(":")
        if scheme == "data":
            return super().fetch(url, headers)
        if scheme == "font" and rest in FACES.values():
            return URLFetcherResponse(url, (FOLDER / rest).read_bytes())
        name = _media_name(url)
        if name.startswith(PICTURES):
            with default_storage.open(name) as file:
                return URLFetcherResponse(url, file.read())
        raise ValueError("refused")


def _media_name(url: str) -> str:
    """Return the storage name that an address stands for; empty when it is none of ours."""
    if url.startswith("media:"):
        return unquote(url.removeprefix("media:"))
    media = urlsplit(settings.BASE_URL.rstrip("/") + settings.MEDIA_URL)
    parts = urlsplit(url)
    ours = (parts.scheme, parts.netloc) == (media.scheme, media.netloc) and parts.path.startswith(media.path)
    return unquote(parts.path[len(media.path) :]) if ours and settings.MEDIA_URL.startswith("/") else ""
