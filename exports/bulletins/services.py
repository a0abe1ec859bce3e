"""Verbs of the bulletins: set a page or a register list as a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from content.core import divisions
from content.core.register import Column, Register
from content.pages import register_rows
from content.pages.models import BulletinPage

from . import compose, engine, faces, printed, published
from .errors import TooManyRows

# At about 9 ms a row this is 9 s of one core; XLSX and CSV have no such limit.
MOST_ROWS = 1_000
LANDSCAPE_COLUMNS = 6
KEPT_LISTS = 30  # of one register: the usual filters


@dataclass(frozen=True)
class CompiledBulletin:
    """A finished PDF. `number` is 第3期（总第12期） of a bulletin, empty for other pages; `sha256` is of the bytes."""

    pdf: bytes
    sha256: str
    pages: int
    number: str
    title: str
    file_name: str


def compile_bulletin(page: Any, *, revision: Any = None) -> CompiledBulletin:
    """Set a BulletinPage or an InitiativePage as it is, or as one of its revisions has it.

    Raises NotPrintable (see errors.py) with a message for the person, TypeError for other page types.
    """
    printed_page = revision.as_object() if revision else page
    return finish(printed_page, engine.render(compose.compose(printed_page), base_url=settings.BASE_URL))


def finish(page: Any, rendered: engine.Rendered) -> CompiledBulletin:
    """Name and hash what the engine made of a page."""
    number = compose.issue_number(page) if isinstance(page, BulletinPage) else ""
    return CompiledBulletin(
        pdf=rendered.pdf,
        sha256=faces.digest([rendered.pdf]),
        pages=rendered.pages,
        number=number,
        title=page.title,
        file_name=file_name(page),
    )


def file_name(page: Any) -> str:
    """Return the name under which a reader saves the PDF: 劳动竞赛简报2026年第3期.pdf, or the title."""
    if isinstance(page, BulletinPage) and page.issue_number:
        name = f"{page.series}{page.issue_date.year}年第{page.issue_number}期"
    else:
        name = page.title
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "", name)[:80].strip() + ".pdf"


def render_register_pdf(
    register: Register, rows: Iterable[Any], columns: Sequence[Column], title: str = "", *, public: bool = False
) -> bytes:
    """Set rows of a register (model instances) as a 名录: the given columns, headers on every page, numbered rows.

    Upright up to six columns, else across the page. public: nothing here is secret, so the file is kept and the next
    one who asks for the same rows costs no typesetting. Raises TooManyRows beyond MOST_ROWS.
    """
    cells: list[list[str]] = []
    with translation.override("zh-hans"):
        for number, row in enumerate(rows, start=1):
            if number > MOST_ROWS:
                raise TooManyRows(MOST_ROWS)
            cells.append([str(number), *(_cell(register, column, row) for column in columns)])
        headers = ["序号", *(register.header(column) for column in columns)]
        landscape = len(columns) > LANDSCAPE_COLUMNS
        room = 84 if landscape else 56  # characters of 9 pt
        table = printed.Table(headers=headers, rows=cells, widths=printed.column_widths(headers, cells, room=room))
        html = render_to_string(
            "pdf/register.html",
            {
                "title": title or str(register.verbose_name_plural),
                "table": table,
                "landscape": landscape,
                "today": timezone.localdate(),
                "generator": settings.WAGTAIL_SITE_NAME,
            },
        )
    if public:
        return published.kept(html, folder=f"registers/{register.slug}", most=KEPT_LISTS).content
    return engine.render(html, base_url=settings.BASE_URL).pdf


def _cell(register: Register, column: Column, row: Any) -> str:
    """Return a cell's text; the division's name from memory instead of a query a row."""
    if column.field == "division":
        return divisions.full_names().get(row.division_id, row.division_id)
    return register_rows.cell(register, column, row)
