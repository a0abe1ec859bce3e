"""The PDFs that everyone may read, kept as files: a reader costs no typesetting, the same issue is the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from io import BytesIO
from typing import Any

import pypdfium2
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from . import compose, engine, faces


@dataclass(frozen=True)
class Published:
    """A PDF (or the picture of its cover) and the digest of all that it was made from (text, style, faces, engine), which serves as its ETag."""

    content: bytes
    key: str


def published_pdf(page: Any) -> Published:
    """Return a live page's PDF; only the current one is kept. Raises NotPrintable, as `compile_bulletin` does."""
    return kept(compose.compose(page), folder=f"bulletins/{page.pk}", most=1)


COVER_WIDTH = 360  # px, twice what it is shown at


def published_cover(page: Any) -> Published:
    """Return the first leaf of a live page's PDF as a WebP picture; only the current one is kept. Raises NotPrintable."""
    published = published_pdf(page)
    storage, folder = storages["private"], f"bulletins/{page.pk}/cover"
    name = f"{folder}/{published.key}.webp"
    try:
        with storage.open(name) as file:
            return Published(file.read(), published.key)
    except FileNotFoundError:
        pass
    with pypdfium2.PdfDocument(published.content) as document:
        leaf = document[0]
        picture = leaf.render(scale=COVER_WIDTH / leaf.get_width()).to_pil()
    out = BytesIO()
    picture.save(out, "WEBP", quality=80)
    _drop_oldest(storage, folder, 0)
    storage.save(name, ContentFile(out.getvalue()))
    return Published(out.getvalue(), published.key)


def kept(html: str, *, folder: str, most: int) -> Published:
    """Return the PDF of a public document from the private storage, set now when it is not there.

    The folder holds the `most` latest. Raises NotPrintable.
    """
    key = faces.digest([html.encode(), faces.version().encode(), version("weasyprint").encode()])
    storage, name = storages["private"], f"{folder}/{key}.pdf"
    try:
        with storage.open(name) as file:
            return Published(file.read(), key)
    except FileNotFoundError:
        pass  # not set yet, or another process has just dropped it
    pdf = engine.render(html, base_url=settings.BASE_URL).pdf
    _drop_oldest(storage, folder, most - 1)
    storage.save(name, ContentFile(pdf))
    return Published(pdf, key)


def _drop_oldest(storage: Storage, folder: str, left: int) -> None:
    """Delete all files of a folder but the `left` latest: what is no longer published is not kept."""
    try:
        _folders, names = storage.listdir(folder)
        paths = sorted((f"{folder}/{name}" for name in names), key=storage.get_modified_time, reverse=True)
    except FileNotFoundError:  # no folder yet, or another process is dropping too
        return
    for path in paths[left:]:
        storage.delete(path)
