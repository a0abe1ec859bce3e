"""What the index holds of an object, as words. The same on both databases."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Manager
from modelsearch.index import AutocompleteField, RelatedFields, SearchField

from content.core import chinese
from content.core.models import RegisterRow

from . import text

TITLES = {"title", "name", "full_name"}
"""Search fields of these names are what an object is called."""
LONGEST_SPELT = 100  # characters of a line that is found by its pinyin, too


@dataclass(frozen=True, slots=True)
class Entry:
    """One object: the words of its name, of its text, and of what only autocompletion looks at.

    weight: 1 / number of words in the name, the order of relevance among names that match.
    """

    key: str
    title: list[str]
    body: list[str]
    autocomplete: list[str]

    @property
    def weight(self) -> float:
        return 1 / len(self.title) if self.title else 0.0


def entry_of(instance: Any) -> Entry:
    """Return the entry of one object of any indexed model."""
    if isinstance(instance, RegisterRow):
        return entry_of_row(*(getattr(instance, name) for name in row_fields(type(instance))))
    title: list[str] = []
    body: list[str] = []
    rest: list[str] = []
    indexed = {field.field_name for field in instance.get_search_fields() if isinstance(field, SearchField)}
    for field, value in _values(instance, instance.get_search_fields()):
        if isinstance(field, SearchField):
            if field.field_name in TITLES:
                title += text.title_words(value)
            else:
                body += text.words(value)
        elif field.field_name not in indexed:
            rest += text.words(value)
    return Entry(str(instance.pk), title, body[: text.LIMIT], rest)


def row_fields(model: type[RegisterRow]) -> list[str]:
    """Return the fields that `entry_of_row` takes."""
    has_code = any(field.name == "code" for field in model._meta.concrete_fields)
    return ["pk", model.register.title_field, "search_text", *(["code"] if has_code else [])]


def entry_of_row(key: Any, title: str, search_text: str, code: str = "") -> Entry:
    """Return the entry of a register row: found by its name, its code, and each line of its `search_text`, in pinyin, too."""
    spelt, initials = _spelling(title, search_text)
    said = {title, spelt, spelt.replace(" ", ""), initials}
    body = text.words(code)
    for line in search_text.splitlines():
        if line not in said:
            body += text.words(line) if line.isascii() else _line_words(line)
    return Entry(str(key), text.title_words(title, spelt, initials), body[: text.LIMIT], [])


def _spelling(title: str, search_text: str) -> tuple[str, str]:
    """Return the name in pinyin and its initials: the last lines that `Register.prepare` wrote, where they are there."""
    lines = search_text.rsplit("\n", 3)[-3:]
    if len(lines) == 3 and " " in lines[0] and lines[0].replace(" ", "") == lines[1]:
        return lines[0], lines[2]
    return chinese.pinyin(title), chinese.initials(title)


@lru_cache(maxsize=4096)
def _line_words(line: str) -> list[str]:
    """Return a line's words, and its pinyin where it is short: a place, an address, a feature.

    Rows of one division share a line. Not to be changed in place.
    """
    found = text.words(line)
    if len(line) <= LONGEST_SPELT and not line.isascii():
        found = found + text.words(chinese.pinyin(line))
    return found


def readable(instance: Any) -> str:
    """Return the text of an object as people read it, without its name."""
    fields = [field for field in instance.get_search_fields() if not isinstance(field, AutocompleteField)]
    found = (value for field, value in _values(instance, fields) if field.field_name not in TITLES)
    return " ".join(value for value in found if value)


def _values(instance: Any, fields: Iterable[Any]) -> Iterator[tuple[Any, str]]:
    for field in fields:
        if isinstance(field, SearchField | AutocompleteField):
            yield field, _plain(field.get_value(instance))
        elif isinstance(field, RelatedFields):
            related = field.get_value(instance)
            if isinstance(related, Manager):
                for one in related.all():
                    yield from _values(one, field.fields)
            elif related is not None:
                yield from _values(related() if callable(related) else related, field.fields)


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return "\n".join(_plain(item) for item in value)
    return "" if value is None else str(value)
