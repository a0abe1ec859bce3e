"""From a search query to a queryset: what SQLite and PostgreSQL share."""

from collections import OrderedDict
from functools import cached_property, reduce
from operator import and_, or_
from typing import Any, Literal

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    F,
    FloatField,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models import Subquery as Scalar
from django.db.models.functions import Cast, Coalesce
from modelsearch.backends.base import BaseSearchQueryCompiler, BaseSearchResults
from modelsearch.conf import get_app_config
from modelsearch.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText
from modelsearch.utils import get_descendants_content_types_pks

from . import text

IndexEntry = get_app_config().get_model("IndexEntry", require_ready=False)
NOTHING = Q(pk__in=[])
Where = Literal["title", "text", "all"]
"""Names only; names and texts; these and what only autocompletion looks at."""


class ChineseQueryCompiler(BaseSearchQueryCompiler):
    """Turns each leaf of a query into "the primary key is among the matches", and And, Or and Not into Q's.

    Looked up as it stands first. When that finds nothing, long runs of Han characters are looked up in pieces.
    Relevance is the same on both databases, and cheap: names that match come first, short ones before long ones
    (an entry's `title_norm` is 1 / length), then the newest rows. Keys are integers or text.
    """

    DEFAULT_OPERATOR = "and"
    HANDLES_ORDER_BY_EXPRESSIONS = True
    unfinished = False
    scope: Where = "text"

    def matches(self, parts: list[text.Choice], *, operator: str, where: Where) -> Q:
        """Return the condition on index entries that a database's own full-text search fulfils."""
        raise NotImplementedError

    def check(self) -> None:
        """Nothing to check: the index stands beside the rows, so any column may filter and sort them."""

    def search(self, start: int | None, stop: int | None, score_field: str | None = None) -> QuerySet[Any]:
        queryset = self._found
        by_relevance = self.order_by_relevance and not isinstance(self.query, MatchAll)
        score = score_field or "_score"
        if score_field or by_relevance:
            queryset = queryset.annotate(**{score: self._score()})
        if by_relevance:
            queryset = queryset.order_by(F(score).desc(), "-pk")
        elif not queryset.ordered:
            queryset = queryset.order_by("-pk")  # pages of results must not overlap
        return queryset[start:stop]

    @cached_property
    def _found(self) -> QuerySet[Any]:
        whole = self.queryset.filter(self._condition(self.query, cut=False))
        plain = isinstance(self.query, PlainText | Fuzzy)
        if plain and text.can_be_cut(self.query.query_string) and not whole.exists():
            return self.queryset.filter(self._condition(self.query, cut=True))
        return whole

    def _condition(self, query: Any, *, cut: bool) -> Q:
        if isinstance(query, MatchAll):
            return ~NOTHING
        if isinstance(query, Not):
            return ~self._condition(query.subquery, cut=cut)
        if isinstance(query, And | Or):
            conditions = [self._condition(part, cut=cut) for part in query.subqueries]
            return reduce(and_ if isinstance(query, And) else or_, conditions)
        if isinstance(query, Boost):
            return self._condition(query.subquery, cut=cut)
        parts, operator = self._leaf(query, cut=cut)
        if not parts:
            return NOTHING
        where: Where = "title" if self.fields and set(self.fields) <= {"title"} else self.scope
        found = self._entries.filter(self.matches(parts, operator=operator, where=where))
        return Q(pk__in=found.values_list(self._key(), flat=True))

    def _leaf(self, query: Any, *, cut: bool) -> tuple[list[text.Choice], str]:
        if isinstance(query, Phrase):
            return text.parse_phrase(query.query_string), "and"
        if isinstance(query, PlainText | Fuzzy):
            return text.parse(query.query_string, unfinished=self.unfinished, cut=cut), query.operator
        raise NotImplementedError(f"`{type(query).__name__}` is not supported by this search backend.")

    @property
    def _entries(self) -> QuerySet[Any]:
        kinds = get_descendants_content_types_pks(self.queryset.model)
        return IndexEntry._default_manager.filter(content_type__in=kinds)

    def _key(self) -> Any:
        """An entry's object as the database compares it with the model's key; entries keep all keys as text."""
        key = self.queryset.model._meta.pk
        while key.remote_field:
            key = key.target_field
        return Cast("object_id", BigIntegerField()) if isinstance(key, IntegerField) else F("object_id")

    def _score(self) -> Any:
        leaf = _first_leaf(self.query)
        parts, operator = self._leaf(leaf, cut=False) if leaf else ([], "and")
        if not parts:
            return Value(0.0, output_field=FloatField())
        # Not a filter: the database shall find the entry by its key, and only then look whether the name matches.
        named = When(self.matches(parts, operator=operator, where="title"), then=F("title_norm"))
        entry = self._entries.filter(object_id=Cast(OuterRef("pk"), CharField(max_length=50)))
        score = entry.annotate(score=Case(named, default=0.0)).values("score")[:1]
        return Coalesce(Scalar(score), 0.0, output_field=FloatField())


class UnfinishedQuery:
    """What autocompletion adds: the last word is still being typed."""

    unfinished = True
    scope: Where = "all"


def _first_leaf(query: Any) -> Any:
    while query is not None and not isinstance(query, PlainText | Phrase | Fuzzy):
        inner = getattr(query, "subqueries", None) or [getattr(query, "subquery", None)]
        query = inner[0]
    return query


class ChineseSearchResults(BaseSearchResults):
    supports_facet = True

    def get_queryset(self) -> QuerySet[Any]:
        return self.query_compiler.search(self.start, self.stop, score_field=self._score_field)

    def _do_search(self) -> list[Any]:
        return list(self.get_queryset())

    def _do_count(self) -> int:
        return self.get_queryset().count()

    def facet(self, field_name: str) -> OrderedDict[Any, int]:
        found = self.query_compiler.search(None, None).order_by()
        counted = found.values(field_name).annotate(count=Count("pk")).order_by("-count")
        return OrderedDict((row[field_name], row["count"]) for row in counted)
