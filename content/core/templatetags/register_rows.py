"""How templates show values of register rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.loader import get_template, render_to_string, select_template
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content.core import divisions
from content.core.faces.cell import show
from content.core.faces.drawn import drawn
from content.core.faces.facets import Option
from content.core.faces.table import build_table
from content.core.freshness import remembered
from content.core.register import Column, Register

register = template.Library()


@register.simple_tag
def filter_form(listing: Any) -> SafeString:
    """Return the filters of a list with their counts, which are the same for every page and sorting of it."""

    def render() -> str:
        return str(render_to_string("components/filters.html", {"listing": listing, "register": listing.register}))

    return mark_safe(remembered(render, "filters", listing.filters_query, register=listing.register.slug))  # noqa: S308 (a template's own output)


@register.simple_tag
def facet_options(name: str, options: Sequence[Option]) -> SafeString:
    """Return the options of one facet under one parameter; a division unfolds into those below it.

    No template of its own: there may be hundreds of options, and new ones for each choice of filters.
    """
    parts = ['<ul class="facet__options" role="list">']
    for option in options:
        label = escape(option.label)
        parts.append(
            f'<li><label class="option"><input type="checkbox" name="{escape(name)}" value="{escape(option.value)}"'
            f"{' checked' if option.chosen else ''}><span>{label}</span>"
            f'<span class="option__count">{option.count}</span></label>'
        )
        if option.children:
            inside = gettext("Inside %(name)s") % {"name": label}
            below = facet_options(name, option.children)
            opened = " open" if option.opened else ""
            summary = f'<summary><span class="visually-hidden">{inside}</span></summary>'
            parts.append(f'<details class="facet__below"{opened}>{summary}{below}</details>')
        parts.append("</li>")
    return mark_safe("".join([*parts, "</ul>"]))  # noqa: S308 (what comes from outside is escaped)


@register.simple_tag
def cards(listing: Any, template_names: list[str]) -> SafeString:
    """Return the rows of a list as cards, each an item of a list."""

    def draw(rows: Sequence[Any]) -> list[str]:
        card = select_template(template_names)
        shared = {"register": listing.register, "listing": listing, "choosable": True}
        return [card.render(shared | {"row": row}) for row in rows]

    found = _drawn(listing, "cards", draw)
    if found:  # the first picture is what a visitor waits for
        found[0] = found[0].replace('loading="lazy"', 'fetchpriority="high"', 1)
    return mark_safe("".join(f"<li>{card}</li>" for card in found))  # noqa: S308 (a template's own output)


@register.simple_tag
def table_rows(listing: Any) -> SafeString:
    """Return the rows of a list as rows of a table."""

    def draw(rows: Sequence[Any]) -> list[str]:
        row_template = get_template("components/table_row.html")
        table = build_table(listing.register)(rows)
        return [row_template.render({"row": row, "listing": listing}) for row in table.rows]

    return mark_safe("".join(f"<tr>{row}</tr>" for row in _drawn(listing, "table", draw)))  # noqa: S308 (as above)


def _drawn(listing: Any, look: str, draw: Callable[[Sequence[Any]], list[str]]) -> list[str]:
    """Draw anew where a place is chosen: then each row also tells how far it is."""
    if listing.place:
        return draw(listing.rows)
    return drawn(listing.register, listing.page_rows, look, draw)


@register.simple_tag
def sorted_by(listing: Any, sort: Any) -> str:
    """Return the address of a list in another order."""
    address: str = listing.query(sort=str(sort))
    return address


@register.simple_tag
def value(declaration: Register, row: Any, key: str) -> str:
    """Return one column of a row in words; nothing for a column that is not public."""
    column = declaration.by_key[key]
    return show(declaration, column, row) if column.public else ""


@register.simple_tag
def label(declaration: Register, key: str) -> Any:
    """Return a column's name."""
    return declaration.label(declaration.by_key[key])


@register.simple_tag
def choices(declaration: Register, key: str) -> list[tuple[Any, Any]]:
    """Return (value, name) of a column's choices."""
    return list(declaration.model_field(declaration.by_key[key]).flatchoices)


@register.simple_tag
def facts(declaration: Register, row: Any, *left_out: str) -> list[tuple[Column, Any, str]]:
    """Return (column, label, value) of every public column that holds something, but those left out."""
    shown = [(c, declaration.label(c), show(declaration, c, row)) for c in declaration.public_columns]
    return [(column, name, text) for column, name, text in shown if text and column.key not in left_out]


@register.filter
def place(code: str) -> str:
    """Return the full name of a division's code, read without a query."""
    return divisions.full_names().get(code, "")


@register.filter
def full_address(row: Any) -> str:
    """Return division and address as one; what an address repeats of the division is written once.

    浙江省湖州市南浔区 + 南浔区书院弄349号 → 浙江省湖州市南浔区书院弄349号.
    """
    above, address = divisions.full_names().get(row.division_id, ""), row.address or ""
    shared = next((size for size in range(len(address), 1, -1) if above.endswith(address[:size])), 0)
    return above + address[shared:]


@register.filter
def phones(text: str) -> list[tuple[str, str]]:
    """Split a phone field into (as written, as dialled): `0512-66xx、138…` → a `tel:` link each."""
    parts = [part.strip() for part in text.replace("；", "、").replace(";", "、").replace("/", "、").split("、")]
    return [(part, "".join(char for char in part if char.isdigit() or char == "+")) for part in parts if part]


@dataclass(frozen=True, slots=True)
class MapLink:
    label: str | Promise
    href: str


@register.simple_tag
def map_links(row: Any) -> list[MapLink]:
    """Return links that open a row's place in public map services: by coordinates (WGS 84), else by address.

    Tianditu documents no address that takes a place, so its link opens the map itself.
    """
    name = str(row)
    where = full_address(row) if row.address else divisions.full_names().get(row.division_id, "") + name
    if row.longitude is not None and row.latitude is not None:
        amap = {"position": f"{row.longitude},{row.latitude}", "name": name, "coordinate": "wgs84", "callnative": "1"}
        baidu = {
            "location": f"{row.latitude},{row.longitude}",
            "title": name,
            "content": where,
            "coord_type": "wgs84",
            "output": "html",
            "src": "webapp.xinghui.site",
        }
        addresses = (
            f"https://uri.amap.com/marker?{urlencode(amap)}",
            f"https://api.map.baidu.com/marker?{urlencode(baidu)}",
        )
    else:
        baidu = {"address": where, "output": "html", "src": "webapp.xinghui.site"}
        addresses = (
            f"https://uri.amap.com/search?{urlencode({'keyword': where, 'callnative': '1'})}",
            f"https://api.map.baidu.com/geocoder?{urlencode(baidu)}",
        )
    return [
        MapLink(_("Amap"), addresses[0]),
        MapLink(_("Baidu Maps"), addresses[1]),
        MapLink(_("Tianditu"), "https://map.tianditu.gov.cn/"),
    ]
