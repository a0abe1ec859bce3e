"""What a visitor may still choose, with counts: each facet counts the rows that all *other* filters keep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from content.core import divisions
from content.core.register import Column, Register
from content.core.traits import Trait

from . import filter_kinds, filters
from .cell import plain

SHOWN = 8  # options of a long facet; the others fold away


@dataclass
class Option:
    """One value that can be chosen. `count`: rows it would give, its children included."""

    value: str
    label: str | Promise
    count: int
    chosen: bool = False
    children: list[Option] = field(default_factory=list)

    @property
    def opened(self) -> bool:
        """Whether something below is chosen, so that it must not be folded away."""
        return any(child.chosen or child.opened for child in self.children)


@dataclass
class Facet:
    """A group of the filter form: options under the parameter `name`, bounds, or both.

    Bounds are (parameter, label, value in force, input type).
    """

    name: str
    label: str | Promise
    options: list[Option] = field(default_factory=list)
    bounds: list[tuple[str, str, str, str]] = field(default_factory=list)

    @property
    def active(self) -> bool:
        return any(o.chosen or o.opened for o in self.options) or any(bound[2] for bound in self.bounds)

    @property
    def first_options(self) -> list[Option]:
        return self.options[:SHOWN]

    @property
    def more_options(self) -> list[Option]:
        return self.options[SHOWN:]

    @property
    def more_chosen(self) -> bool:
        return any(option.chosen or option.opened for option in self.more_options)


@dataclass(frozen=True)
class Chip:
    """One filter in force, in words."""

    name: str
    value: str
    label: str


def facets(filterset: filters.RegisterFilterSet) -> list[Facet]:
    """Return the facets of a bound filterset, in the order of the register's columns; those without a choice are left out."""
    return [facet for facet in _facets(filterset) if facet.options or facet.bounds]


def _facets(filterset: filters.RegisterFilterSet) -> Iterator[Facet]:
    register = filterset.register
    for column in filters.filterable(register):
        bounds = [
            (name, _bound(name), (filterset.chosen(name) or [""])[-1], _input(name))
            for name in filterset.filters
            if name in _bounds(column)
        ]
        if trait := filters.trait_of(register, column):
            yield Facet(trait.key, trait.label, _trait_options(filterset, trait, besides=_bounds(column)), bounds)
        elif bounds:
            yield Facet(column.key, register.label(column), bounds=bounds)
        elif column.key in filterset.filters:
            options = _options(filterset, register, column)
            options = _with_chosen(filterset, register, column, options)
            yield Facet(column.key, register.label(column), options)
    for trait in register.traits:
        yield Facet(trait.key, trait.label, _trait_options(filterset, trait))


def _trait_options(filterset: filters.RegisterFilterSet, trait: Trait, *, besides: Iterable[str] = ()) -> list[Option]:
    """Count every choice of a trait. `besides`: filters that ask about the same numbers."""
    chosen = filterset.chosen(trait.key)
    counts = filterset.tally.counts(trait.key, filterset.without([trait.key, *besides]))
    options = [Option(value, label, counts.get(value, 0), value in chosen) for value, label in trait.choices]
    return [option for option in options if option.count or option.chosen]


def _bounds(column: Column) -> tuple[str, ...]:
    return tuple(f"{column.key}_{end}" for end in ("min", "max", "from", "to"))


def _bound(name: str) -> str:
    return {"min": _("at least"), "max": _("at most"), "from": _("not before"), "to": _("not after")}[
        name.rpartition("_")[2]
    ]


def _input(name: str) -> str:
    return "date" if name.endswith(("_from", "_to")) else "number"


def _options(filterset: filters.RegisterFilterSet, register: Register, column: Column) -> list[Option]:
    model_field = register.model_field(column)
    chosen = filterset.chosen(column.key)
    counts = filterset.tally.counts(model_field.attname, filterset.without([column.key]))
    if column.field == "division":
        return division_tree(counts)
    if column.parts:
        held: Counter[str] = Counter()
        for text, rows in counts.items():
            held.update({part: rows for part in column.parts if part in (text or "")})
        return [Option(part, part, held[part]) for part in column.parts if held[part] or part in chosen]
    if model_field.choices:
        every = [Option(str(v), label, counts.get(v, 0)) for v, label in model_field.flatchoices]
        return [option for option in every if option.count or option.value in chosen]
    known = [(value, rows) for value, rows in counts.items() if value not in (None, "")]
    if all(isinstance(value, int) for value, _rows in known):
        known.sort()
    else:
        known.sort(key=lambda item: (-item[1], str(item[0])))
    return [Option(str(value), plain(value), rows) for value, rows in known]


def _with_chosen(
    filterset: filters.RegisterFilterSet, register: Register, column: Column, options: list[Option]
) -> list[Option]:
    """Mark what is chosen; a chosen value that is no option stays in the form, so that it can be taken back.

    It gives no row, but for a division that is above all options, as it holds every row.
    """
    chosen = dict.fromkeys(filterset.chosen(column.key))
    for option in _walk(options):
        if option.value in chosen:
            option.chosen = True
            del chosen[option.value]
    if column.field != "division":
        return options + [Option(value, label_of(register, column, value), 0, chosen=True) for value in chosen]
    held = {value: sum(o.count for o in options if divisions.contains(value, o.value)) for value in chosen}
    return [Option(value, label_of(register, column, value), held[value], chosen=True) for value in chosen] + options


def _walk(options: list[Option]) -> Iterator[Option]:
    for option in options:
        yield option
        yield from _walk(option.children)


def label_of(register: Register, column: Column, value: str) -> str:
    """Return a parameter's value in words."""
    if column.field == "division":
        return divisions.full_names().get(value, value)
    choices = {str(v): label for v, label in register.model_field(column).flatchoices or ()}
    return str(choices.get(value, value))


def chips(filterset: filters.RegisterFilterSet) -> list[Chip]:
    """Return every filter in force in words: 基地类型：旅游民宿, 价格：300 以内."""
    register = filterset.register
    columns = {column.key: column for column in filters.filterable(register)}
    bounded = {name for column in columns.values() for name in _bounds(column)}
    found = []
    for name, value in filterset.active:
        filter_, text = filterset.filters[name], value
        if isinstance(filter_, filter_kinds.TraitFilter):
            text = str(dict(filter_.trait.choices)[value])
        elif name in columns:
            text = label_of(register, columns[name], value)
        elif name in bounded:
            text = f"{_bound(name)} {value}"
        label = str(filter_.label)
        found.append(Chip(name, value, _("%(filter)s: %(value)s") % {"filter": label, "value": text}))
    return found


def division_tree(counts: dict[str, int]) -> list[Option]:
    """Return the divisions that hold rows as a tree; levels above the first fork are left out."""
    totals: Counter[str] = Counter()
    children: dict[str, set[str]] = {}
    known = divisions.full_names()
    for code, rows in counts.items():
        path = [c for c in dict.fromkeys((code[:2] + "0000", code[:4] + "00", code[:6], code)) if c in known]
        totals.update(dict.fromkeys(path, rows))
        for above, below in zip(["", *path], path, strict=False):
            children.setdefault(above, set()).add(below)

    def build(above: str) -> list[Option]:
        name = known.get(above, "")
        return [
            Option(code, known[code].removeprefix(name), totals[code], children=build(code))
            for code in sorted(children.get(above, ()))
        ]

    options = build("")
    while len(options) == 1 and options[0].children:
        options = options[0].children
    return options
