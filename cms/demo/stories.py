"""Reads the demo's texts (TOML under data/) into the blocks of a page body."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def articles() -> dict[str, dict[str, Any]]:
    """Return slug → article, oldest first."""
    found = {path.stem: _read(path) for path in (DATA / "articles").glob("*.toml")}
    return dict(sorted(found.items(), key=lambda item: (item[1]["date"], item[0])))


def page(name: str) -> dict[str, Any]:
    """Return the text of one single page: `initiative` or `bulletin`."""
    return _read(DATA / "pages" / f"{name}.toml")


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def body(parts: list[dict[str, Any]], *, pictures: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the raw stream data of a body. `pictures`: name → image."""
    return [{"type": kind, "value": _block(kind, value, pictures)} for part in parts for kind, value in part.items()]


def _block(kind: str, value: Any, pictures: Mapping[str, Any]) -> Any:
    if kind == "heading":
        return {"text": value, "level": "h2"}
    if kind == "paragraph":
        return html(value)
    if kind == "figures":
        names = ("label", "value", "unit", "note")
        items = [dict(zip(names, item, strict=True)) for item in value["items"]]
        return {"title": value.get("title", ""), "items": items}
    if kind == "table":
        return _table(value)
    if kind == "image":
        image = {"image": pictures[value["picture"]].pk, "alt_text": value["alt"], "decorative": False}
        return {"image": image, "caption": value.get("caption", ""), "credit": ""}
    return value


def _table(value: dict[str, Any]) -> dict[str, Any]:
    """A column is of numbers when its first row is."""
    kinds = ["text" if isinstance(cell, str) else "number" for cell in value["rows"][0]]
    return {
        "caption": value["caption"],
        "columns": [{"type": kind, "heading": heading} for kind, heading in zip(kinds, value["headers"], strict=True)],
        # Numbers as text, as Wagtail keeps them: 98.9 must not come back as 98.90000000000000568.
        "rows": [{"values": [str(cell) for cell in row]} for row in value["rows"]],
    }


def html(text: str) -> str:
    """Return rich text: an empty line begins a paragraph, `- ` an item, `**…**` is bold."""
    parts = []
    for paragraph in text.strip().split("\n\n"):
        lines = [_BOLD.sub(r"<b>\1</b>", escape(line, quote=False)) for line in paragraph.strip().splitlines()]
        if all(line.startswith("- ") for line in lines):
            parts.append("<ul>" + "".join(f"<li>{line[2:]}</li>" for line in lines) + "</ul>")
        else:
            parts.append(f"<p>{''.join(lines)}</p>")
    return "".join(parts)
