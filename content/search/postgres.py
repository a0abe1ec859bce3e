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
    """`body` holds the name too, so that one index serves a query whose words are in both.

    The texts go as one list a column: of a list of lists each was read five times, and the driver takes long over arrays.
    """

    per_statement: ClassVar[int] = 2_000
    upsert: ClassVar[str] = (
        "INSERT INTO {table} (content_type_id, object_id, title_norm, title, body, autocomplete, title_text, body_text)"
        " SELECT kind, key, weight::double precision, title::tsvector, title::tsvector || body::tsvector, autocomplete::tsvector, '', ''"
        " FROM {source} AS e(kind, key, weight, title, body, autocomplete)"
        " ON CONFLICT (content_type_id, object_id) DO UPDATE SET title_norm = excluded.title_norm,"
        " title = excluded.title, body = excluded.body, autocomplete = excluded.autocomplete"
        " WHERE ({table}.title, {table}.body, {table}.autocomplete)"
        " IS DISTINCT FROM (excluded.title, excluded.body, excluded.autocomplete)"
    )

    def values(self, entry: Entry) -> tuple[Any, ...]:
        return entry.key, entry.weight, _placed(entry.title), _placed(entry.body), _placed(entry.autocomplete)

    def statement(self, kind: int, rows: Sequence[tuple[Any, ...]]) -> tuple[str, Sequence[Any]]:
        columns = [json.dumps(column, ensure_ascii=False, separators=(",", ":")) for column in zip(*rows, strict=True)]
        lists = ", ".join(["json_array_elements_text(%s::json)"] * len(columns))
        return f"(SELECT {kind:d}, * FROM ROWS FROM ({lists}) AS e)", columns  # noqa: S608 (a number)


class SearchBackend(BaseSearchBackend):
    query_compiler_class = PostgresQueryCompiler
    autocomplete_query_compiler_class = PostgresAutocompleteCompiler
    index_class = PostgresIndex
    results_class = ChineseSearchResults
    rebuilder_class = Rebuilder


def _placed(words: list[str]) -> str:
    """Return the words with their positions, as a vector is written."""
    return "".join(map(add, words, chain(_PLACES[: len(words)], repeat(_PLACES[-1]))))


def _choice(part: text.Choice) -> str:
    return "(" + " | ".join("(" + " & ".join(_phrase(phrase) for phrase in phrases) + ")" for phrases in part) + ")"


def _phrase(phrase: text.Phrase) -> str:
    return "(" + " <-> ".join(f"'{word}'" for word in phrase.words) + (":*" if phrase.prefix else "") + ")"
