"""Showing where a text answers a query: an excerpt around the first match, matches in <mark>."""

import re
from collections.abc import Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from . import text

LENGTH = 120
READ = 20_000  # characters of a text that are looked through


def highlight(value: str, query: str, *, length: int = 0) -> SafeString:
    """Return the text, escaped, with what the query asks for in <mark>; only an excerpt where `length` is given."""
    value = " ".join(value[:READ].split())
    spans = list(_spans(value, query))
    start, end = 0, len(value)
    if length and len(value) > length:
        start = max(0, spans[0][0] - length // 4) if spans else 0
        start = max(0, min(start, len(value) - length))
        end = start + length
    pieces, at = [], start
    for low, high in spans:
        if low >= at and high <= end:
            pieces.append((value[at:low], value[low:high]))
            at = high
    marked = format_html_join("", "{}<mark>{}</mark>", pieces)
    before, after = "…" if start else "", "…" if end < len(value) else ""
    return format_html("{}{}{}{}", before, marked, value[at:end], after)


def _spans(value: str, query: str) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of matches, compared as the index compares: width, case and dots do not count."""
    needles = _needles(query)
    if not needles:
        return
    places = [(char, place) for place, original in enumerate(value) for char in text.fold(original)]
    folded = "".join(char for char, _ in places)
    for match in re.finditer("|".join(needles), folded):
        yield places[match.start()][1], places[match.end() - 1][1] + 1


def _needles(query: str) -> list[str]:
    found: set[str] = set()
    for chunk in text.chunks(query):
        found.add(chunk)
        if text.is_han(chunk):
            found.update(piece for pieces in text.cuts(chunk) for piece in pieces)
    longest_first = sorted(found, key=len, reverse=True)
    return [re.escape(n) if text.is_han(n) else rf"(?<![a-z0-9]){re.escape(n)}" for n in longest_first]
