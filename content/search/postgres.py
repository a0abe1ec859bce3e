"""Chinese search on PostgreSQL's tsvector.

Vectors and queries are written as literals of their types: the words are ours already, and no text-search
configuration or locale of the server has a say in them.
"""

import json
from collections.abc import Sequence
from itertools import chain, repeat
from operator import add
from typing import Any, ClassVar

from django.db.models import F, Q
from django.db.models.lookups import Lookup
from modelsearch.backends.base import BaseSearchBackend

from . import text
from .compiler import ChineseQueryCompiler, ChineseSearchResults, UnfinishedQuery, Where
from .entries import Entry
from .index import ChineseIndex, Rebuilder

COLUMNS: dict[Where, tuple[str, ...]] = {"title": ("title",), "text": ("body",), "all": ("body", "autocomplete")}

_PLACES = [f":{place} " for place in range(1, 16_384)]  # PostgreSQL counts no further


class Match(Lookup):
    """`vector @@ query`."""

    lookup_name = "tsmatch"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        vector, vector_params = self.process_lhs(compiler, connection)
        return f"{vector} @@ %s::tsquery", (*vector_params, self.rhs)

    def get_prep_lookup(self) -> Any:
        return self.rhs


class PostgresQueryCompiler(ChineseQueryCompiler):
    def matches(self, parts: list[text.Choice], *, operator: str, where: Where) -> Q:
        query = (" & " if operator == "and" else " | ").join(_choice(part) for part in parts)
        condition = Q()
        for column in COLUMNS[where]:
            condition |= Q(Match(F(column), query))
        return condition


class PostgresAutocompleteCompiler(UnfinishedQuery, PostgresQueryCompiler):
    pass


class PostgresIndex(ChineseIndex):
    """`body` holds the name too, so that one index serves a query whose words are in both."""

    per_statement: ClassVar[int] = 2_000
    upsert: ClassVar[str] = (
        "INSERT INTO {table} (content_type_id, object_id, title_norm, title, body, autocomplete, title_text, body_text)"
        " SELECT (e->>0)::integer, e->>1, (e->>2)::double precision, (e->>3)::tsvector, (e->>4)::tsvector,"
        " (e->>5)::tsvector, '', '' FROM {source} AS e"
        " ON CONFLICT (content_type_id, object_id) DO UPDATE SET title_norm = excluded.title_norm,"
        " title = excluded.title, body = excluded.body, autocomplete = excluded.autocomplete"
        " WHERE ({table}.title, {table}.body, {table}.autocomplete)"
        " IS DISTINCT FROM (excluded.title, excluded.body, excluded.autocomplete)"
    )

    def values(self, kind: int, entry: Entry) -> tuple[Any, ...]:
        title, body = _placed(entry.title), _placed(entry.body, after=len(entry.title))
        return (kind, entry.key, entry.weight, title, title + body, _placed(entry.autocomplete))

    def statement(self, rows: Sequence[tuple[Any, ...]]) -> tuple[str, Sequence[Any]]:
        return "json_array_elements(%s::json)", [json.dumps(rows, ensure_ascii=False, separators=(",", ":"))]


class SearchBackend(BaseSearchBackend):
    query_compiler_class = PostgresQueryCompiler
    autocomplete_query_compiler_class = PostgresAutocompleteCompiler
    index_class = PostgresIndex
    results_class = ChineseSearchResults
    rebuilder_class = Rebuilder


def _placed(words: list[str], *, after: int = 0) -> str:
    """Return the words with their positions, as a vector is written."""
    return "".join(map(add, words, chain(_PLACES[after : after + len(words)], repeat(_PLACES[-1]))))


def _choice(part: text.Choice) -> str:
    return "(" + " | ".join("(" + " & ".join(_phrase(phrase) for phrase in phrases) + ")" for phrases in part) + ")"


def _phrase(phrase: text.Phrase) -> str:
    return "(" + " <-> ".join(f"'{word}'" for word in phrase.words) + (":*" if phrase.prefix else "") + ")"
