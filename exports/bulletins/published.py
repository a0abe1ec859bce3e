"""The PDFs of published pages, kept as files: a reader costs no typesetting, and the same issue is the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from . import compose, engine, faces


@dataclass(frozen=True)
class Published:
    """A PDF and the digest of all that it was made from (text, style, faces, engine), which serves as its ETag."""

    pdf: bytes
    key: str


def published_pdf(page: Any) -> Published:
    """Return a live page's PDF, from the private storage when nothing changed since it was set.

    Raises NotPrintable, as `compile_bulletin` does.
    """
    html = compose.compose(page)
    key = faces.digest([html.encode(), faces.version().encode(), version("weasyprint").encode()])
    storage, name = storages["private"], f"{_folder(page)}/{key}.pdf"
    try:
        with storage.open(name) as file:
            return Published(file.read(), key)
    except FileNotFoundError:
        pass  # not set yet, or another process has just dropped it
    pdf = engine.render(html, base_url=settings.BASE_URL).pdf
    _drop_older(storage, page)
    storage.save(name, ContentFile(pdf))
    return Published(pdf, key)


def _folder(page: Any) -> str:
    return f"bulletins/{page.pk}"


def _drop_older(storage: Storage, page: Any) -> None:
    """Keep one file a page: what is no longer published is not kept."""
    try:
        _folders, names = storage.listdir(_folder(page))
    except FileNotFoundError:
        return
    for name in names:
        storage.delete(f"{_folder(page)}/{name}")
