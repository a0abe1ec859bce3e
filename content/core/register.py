"""One register, one declaration: the heart of the house.

A register is one model and one `Register` beside it, in one file under `content/registers/`. Listing, import, export,
public table, API, search and permissions derive from it. A whole register, as a worked example::

    class Library(RegisterRow):
        code = models.CharField(_("library code"), max_length=20, unique=True)
        name = models.CharField(_("library name"), max_length=100)
        seats = models.PositiveIntegerField(_("seats"), null=True, blank=True)

        class Meta:
            verbose_name = _("workers' library")
            verbose_name_plural = _("workers' libraries")

    register(
        Register(
            slug="libraries",
            model=Library,
            key=("code",),
            code_prefix="SW",
            columns=(
                Column("code", public=True),
                Column("name", synonyms=("名称", "书屋名称"), public=True, searchable=True, listed=True),
                Column("division", public=True, filterable=True, listed=True),
                Column("seats", synonyms=("座位",), public=True),
                NOTES,
            ),
        )
    )

Headers of files and tables are the fields' verbose names in Simplified Chinese, so the locale file is their one home.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, MutableMapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from django.db import models
from django.db.models import Q
from django.utils import translation
from django.utils.functional import Promise

from . import chinese, cleaning, divisions
from .good_fields import GoodFields, LookedAtWrong
from .traits import Trait

Severity = Literal["error", "warning", "hint"]


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule finds in one row. `code` is of the vocabulary in docs/error-codes.md."""

    code: str
    message: str | Promise
    field: str = ""
    severity: Severity = "error"


Rule = Callable[[Mapping[str, Any]], Iterable[Problem]]
"""Looks at a row (field name → value, references as keys) and yields what is wrong across its columns."""


@dataclass(frozen=True)
class Column:
    """One column of a register's files, lists and answers.

    field: the model field. Two columns may name one reference (a union by name, and by credit code): give the
        second its own `name` and `header`.
    synonyms: headers that real files use instead of ours.
    clean: turns a cell into the field's value; chosen by the field's type when not given.
    lookups: for a reference, the fields of the other register by which a cell may name a row, best first.
    upper: a second field that takes the upper end when a cell holds a range (120-150元).
    parts: a cell is a list of some of these values, joined by 、 (春、秋).
    bands: numbers at which the public filter cuts the column into stretches (200, 300: up to, between, from).
    fill_down: a cell merged over several rows stands for each of them. By default it does, but for the title and unique
        values; numbers never do, for a merged number counts all the rows together.
    required: an empty cell is an error; by default when the field may not be blank.
    public: anyone may see it. personal: only with the permission for personal data, and logged on export.
    searchable: rows are found by it, by anyone; so it must be public and not personal.
    """

    field: str
    name: str = ""
    header: str | Promise = ""
    synonyms: tuple[str, ...] = ()
    clean: cleaning.Cleaner | None = None
    lookups: tuple[str, ...] = ()
    upper: str = ""
    parts: tuple[str, ...] = ()
    bands: tuple[int, ...] = ()
    fill_down: bool | None = None
    required: bool | None = None
    importable: bool = True
    public: bool = False
    personal: bool = False
    filterable: bool = False
    searchable: bool = False
    listed: bool = False
    example: str = ""

    def __post_init__(self) -> None:
        if self.searchable and (self.personal or not self.public):
            raise ValueError(f"column {self.key!r} is searchable, so it must be public and not personal")

    def __deepcopy__(self, memo: object) -> Column:
        """A declaration is never a copy: libraries that copy their columns a request would copy all of this."""
        return self

    @property
    def key(self) -> str:
        """The column's own name, unique in its register."""
        return self.name or self.field


# Every register ends with it. What files say beyond our columns may be anything, so it counts as personal.
NOTES = Column("notes", synonyms=("备注说明", "说明", "附注"), personal=True)


@dataclass
class Register:
    """The declaration of a register.

    slug: its name in URLs, commands and the API.
    key: the fields that tell one row from another; a database constraint stands behind them.
    alternates: other field tuples that identify a row when a file does not carry our key.
    code_prefix: rows that come without our own `code` are given one that begins so.
    notes_field: the field that takes what a file says beyond the register's columns; for the back office only.
    published: which rows the public may see.
    derive: sets derived fields of a row (field name → value) in place. rules: cross-column checks.
    traits: filters of the public list beside those of the columns.
    sorts: columns by which the cards of the public list sort; the listed ones when not given. newest: the date that
        says how new a row is.
    order: its place in menus, small first.
    pictures: the relation of a row's pictures (row_pictures.py); the first of them stands in the column `photo`.
    pages: it has a public list at `/<slug>/` and a page a row at `/<slug>/<code>/`.
    dated_by: the date column that tells of when a row's facts are, for imports that let only newer ones in; when it
        is empty or not declared, the time of the row's last change tells.
    retired: what becomes of a row that is no longer valid (field → value), for imports that retire what a file lacks.
    faces: classes handed back where a derived one is not enough, by face name
        ("viewset", "table", "filterset", "schema", "resource").
    """

    slug: str
    model: type[models.Model]
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    alternates: tuple[tuple[str, ...], ...] = ()
    code_prefix: str = ""
    title_field: str = "name"
    notes_field: str = "notes"
    published: Q = field(default_factory=Q)
    derive: Callable[[MutableMapping[str, Any]], None] | None = None
    rules: tuple[Rule, ...] = ()
    dated_by: str = ""
    retired: Mapping[str, Any] = field(default_factory=dict)
    ordering: tuple[str, ...] = ("pinyin", "pk")
    traits: tuple[Trait, ...] = ()
    sorts: tuple[str, ...] = ()
    newest: str = ""
    icon: str = "list-ul"
    order: int = 100
    pictures: str = ""
    pages: bool = False
    faces: Mapping[str, type] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)

    def __deepcopy__(self, memo: object) -> Register:
        return self

    @cached_property
    def by_key(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns}

    def model_field(self, column: Column) -> models.Field[Any, Any]:
        return self.model._meta.get_field(column.field)  # type: ignore[return-value]

    def is_required(self, column: Column) -> bool:
        """Tell whether an empty cell is an error: as declared, else when the field may not be blank."""
        if column.required is not None:
            return column.required
        return not self.model_field(column).blank and not self.model_field(column).has_default()

    def may_fill_down(self, column: Column) -> bool:
        """Tell whether a merged cell stands for every row it covers: as declared, else unless it names one row alone."""
        if column.fill_down is not None:
            return column.fill_down
        return column.field != self.title_field and not self.model_field(column).unique

    def label(self, column: Column) -> str | Promise:
        """The column's name in the reader's language."""
        return column.header or self.model_field(column).verbose_name

    def header(self, column: Column) -> str:
        """The column's name in files: always Simplified Chinese."""
        with translation.override("zh-hans"):
            return str(self.label(column))

    @property
    def verbose_name(self) -> str | Promise:
        return self.model._meta.verbose_name or self.slug

    @property
    def verbose_name_plural(self) -> str | Promise:
        return self.model._meta.verbose_name_plural or self.slug

    @property
    def located(self) -> bool:
        """Tell whether rows say where they are by coordinates that the public may see."""
        return {"latitude", "longitude"} <= {column.field for column in self.public_columns}

    @property
    def public_columns(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.public)

    def public_rows(self) -> models.QuerySet[Any]:
        """Return the rows that the public may see."""
        return self.model._default_manager.filter(self.published)

    def cleaner(self, column: Column) -> cleaning.Cleaner | None:
        """Return what cleans the column's cells; None for a reference, which is looked up instead."""
        model_field = self.model_field(column)
        if model_field.is_relation:
            return column.clean
        return cleaning.limited(model_field, column.clean) if column.clean else cleaning.for_field(model_field)

    def prepare(self, values: MutableMapping[str, Any]) -> None:
        """Set every derived field of a row in place: keys for matching, pinyin, search text, the register's own.

        Forms, the API and bulk imports all pass here, so a row is the same whichever way it came.
        """
        if "name_key" in values:
            values["name_key"] = chinese.name_key(values[self.title_field] or "")
        if self.derive:
            self.derive(values)
        title = str(values.get(self.title_field) or "")
        spelt = chinese.pinyin(title)
        if not values.get("pinyin"):
            values["pinyin"] = spelt[:255]
        said = [str(values[name]) for name in self._searchable if values.get(name)]
        place = divisions.full_names().get(values.get("division") or "", "")
        words = (title, *said, place, spelt, spelt.replace(" ", ""), chinese.initials(title))
        values["search_text"] = "\n".join(dict.fromkeys(filter(None, words)))

    @cached_property
    def _searchable(self) -> tuple[str, ...]:
        return tuple(column.field for column in self.columns if column.searchable)

    def check(self, values: Mapping[str, Any], *, wrong: Collection[str] = ()) -> list[Problem]:
        """Return what the register's rules find in a row.

        wrong: fields known to hold nothing good. A rule ends where it would look at one of them, so that a person sees
        all that is wrong at once, and nothing that is only the consequence of something else.
        """
        if not wrong:
            return [problem for rule in self.rules for problem in rule(values)]
        found: list[Problem] = []
        good = GoodFields(values, wrong)
        for rule in self.rules:
            with suppress(LookedAtWrong):
                found.extend(rule(good))
        return found


_registers: dict[str, Register] = {}


def register(declaration: Register) -> Register:
    """Add a register to the house. Raises ValueError when the slug is taken."""
    if declaration.slug in _registers:
        raise ValueError(f"register {declaration.slug!r} is declared twice")
    _registers[declaration.slug] = declaration
    declaration.model.register = declaration  # type: ignore[attr-defined]
    return declaration


def registers() -> list[Register]:
    """Return every register, in the order in which menus show them."""
    return sorted(_registers.values(), key=lambda register: (register.order, register.slug))


def get_register(slug: str) -> Register:
    """Return one register. Raises KeyError when there is none of that name."""
    return _registers[slug]
