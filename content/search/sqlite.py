"""Chinese search on SQLite's FTS5."""

from collections.abc import Sequence
from itertools import chain
from typing import Any, ClassVar

from django.db.models import Expression, IntegerField, Q
from modelsearch.backends.base import BaseSearchBackend
from modelsearch.conf import get_app_config

from . import text
from .compiler import ChineseQueryCompiler, ChineseSearchResults, UnfinishedQuery, Where
from .entries import Entry
from .index import ChineseIndex, Rebuilder

FullText = get_app_config().get_model("SQLiteFTSIndexEntry", require_ready=False)
COLUMNS: dict[Where, str] = {"title": "title", "text": "title body", "all": "title body autocomplete"}


class Found(Expression):
    """The rowids that the full-text table finds, asked in a query of its own: joined, SQLite may ask once a row."""

    output_field = IntegerField()

    def __init__(self, expression: str) -> None:
        super().__init__()
        self.expression = expression

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        table = connection.ops.quote_name(FullText._meta.db_table)
        return f"(SELECT rowid FROM {table} WHERE {table} MATCH %s)", (self.expression,)  # noqa: S608 (our table)


class SQLiteQueryCompiler(ChineseQueryCompiler):
    def matches(self, parts: list[text.Choice], *, operator: str, where: Where) -> Q:
        joined = f" {operator.upper()} ".join(_choice(part) for part in parts)
        return Q(pk__in=Found(f"{{{COLUMNS[where]}}} : ({joined})"))


class SQLiteAutocompleteCompiler(UnfinishedQuery, SQLiteQueryCompiler):
    pass


class SQLiteIndex(ChineseIndex):
    """Triggers of the table carry each entry on to the full-text table.

    Many rows a statement, since FTS5 writes what it has gathered to disk whenever a statement begins: one row a
    statement took two and a half times as long.
    """

    per_statement: ClassVar[int] = 2_000

    upsert: ClassVar[str] = (
        "INSERT INTO {table} (content_type_id, object_id, title_norm, title, body, autocomplete) {source}"
        " ON CONFLICT (content_type_id, object_id) DO UPDATE SET title_norm = excluded.title_norm,"
        " title = excluded.title, body = excluded.body, autocomplete = excluded.autocomplete"
        " WHERE title <> excluded.title OR body <> excluded.body OR autocomplete <> excluded.autocomplete"
    )

    def values(self, entry: Entry) -> tuple[Any, ...]:
        return entry.key, entry.weight, " ".join(entry.title), " ".join(entry.body), " ".join(entry.autocomplete)

    def analyze(self, model: Any) -> None:
        """A look at a thousand rows of each index is enough, and as quick for a million as for ten thousand."""
        with self.connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 1000")
        super().analyze(model)

    def statement(self, kind: int, rows: Sequence[tuple[Any, ...]]) -> tuple[str, Sequence[Any]]:
        values = ", ".join([f"({kind:d}, %s, %s, %s, %s, %s)"] * len(rows))
        return f"VALUES {values}", list(chain.from_iterable(rows))


class SearchBackend(BaseSearchBackend):
    query_compiler_class = SQLiteQueryCompiler
    autocomplete_query_compiler_class = SQLiteAutocompleteCompiler
    index_class = SQLiteIndex
    results_class = ChineseSearchResults
    rebuilder_class = Rebuilder


def _choice(part: text.Choice) -> str:
    return "(" + " OR ".join("(" + " AND ".join(_phrase(phrase) for phrase in phrases) + ")" for phrases in part) + ")"


def _phrase(phrase: text.Phrase) -> str:
    return f'"{" ".join(phrase.words)}"' + (" *" if phrase.prefix else "")
