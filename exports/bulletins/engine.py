"""The one door to WeasyPrint: HTML in, PDF out."""

from __future__ import annotations

import logging
import re
import threading
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Any

from . import faces
from .errors import MissingGlyphs, ResourcesRefused

# WeasyPrint's font map is not made for two threads; a page is a fraction of a second.
_one_at_a_time = threading.Lock()
_NOT_TEXT = re.compile(r"<(style|script|svg)\b.*?</\1>|<!--.*?-->", re.S)
_ATTRIBUTES_AND_TAGS = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Rendered:
    """A finished PDF and how many pages it has."""

    pdf: bytes
    pages: int


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """Return the process's font configuration: reading the faces anew for each PDF would cost more than the PDF."""
    from weasyprint.text.fonts import FontConfiguration

    logging.getLogger("fontTools").setLevel(logging.ERROR)  # one line a table of every font it subsets
    return FontConfiguration()


def text_of(html: str) -> str:
    """Return the text that an HTML document of ours shows, for checking its characters."""
    return unescape(_ATTRIBUTES_AND_TAGS.sub("", _NOT_TEXT.sub("", html)))


def render(html: str, *, base_url: str) -> Rendered:
    """Set an HTML document as a tagged PDF (PDF/UA-1) with embedded fonts.

    The same HTML gives the same bytes. Raises MissingGlyphs for characters that no face holds, ResourcesRefused for
    pictures that are not our own files.
    """
    if missing := faces.missing_characters(text_of(html)):
        raise MissingGlyphs(missing)
    from weasyprint import HTML

    from .fetcher import OwnFilesFetcher
    from .typeset import settle

    fetcher = OwnFilesFetcher()
    with _one_at_a_time:
        document = HTML(string=html, base_url=base_url, url_fetcher=fetcher).render(
            font_config=_fonts(), pdf_variant="pdf/ua-1"
        )
        settle(document.pages)
        identifier = faces.digest([html.encode(), faces.version().encode()])[:32]
        pdf = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier.encode())
    if fetcher.refused:  # pictures inside SVG are fetched only while drawing
        raise ResourcesRefused(fetcher.refused)
    return Rendered(pdf=pdf, pages=len(document.pages))
