"""Answers: rows straight from the database to JSON, with what caches need."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from pydantic_core import to_json

from .fields import AnswerField

FRESH = 60  # seconds for which a cache need not ask again


class Projection:
    """Reads the fields of many rows by one query, and by one more each what other tables say of them, without instances.

    The first values of a row stand in the order of the fields, so that most of an item is one `zip`; the few fields
    that are read from their values, and the further values that they need, come after; its primary key is the last.
    """

    def __init__(self, fields: Sequence[AnswerField]) -> None:
        self.names = [field.name for field in fields]
        self.sources: list[Any] = [field.sources[0] for field in fields]
        self.gathered: list[tuple[str, Any]] = []
        self.special: list[tuple[str, Any, tuple[int, ...]]] = []
        for place, field in enumerate(fields):
            if field.gather:
                self.gathered.append((field.name, field.gather))
            if field.read:
                further = range(len(self.sources), len(self.sources) + len(field.sources) - 1)
                self.special.append((field.name, field.read, (place, *further)))
                self.sources += field.sources[1:]

    def of(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows as tuples of the values that `items` needs."""
        return rows.values_list(*self.sources, "pk")

    def items(self, rows: Iterable[tuple[Any, ...]]) -> list[dict[str, Any]]:
        found = []
        for values in rows:
            item = dict(zip(self.names, values, strict=False))
            for name, read, places in self.special:
                item[name] = read(*[values[place] for place in places])
            found.append(item)
        for name, gather in self.gathered if found else ():
            held = gather([item[name] for item in found])
            for item in found:
                item[name] = held.get(item[name], [])
        return found

    def texts(self, rows: Iterable[tuple[Any, ...]]) -> list[str]:
        """Return each item as JSON."""
        return [to_json(item).decode() for item in self.items(rows)]


def answer(request: HttpRequest, body: bytes) -> HttpResponse:
    """Return JSON that any site may read and any cache may keep for a minute, or 304 when it is known."""
    etag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    response = HttpResponse(body, content_type="application/json")
    response = get_conditional_response(request, etag=etag, response=response) or response
    response["ETag"] = etag
    response["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, max_age=FRESH)
    return response
