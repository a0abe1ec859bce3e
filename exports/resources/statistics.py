"""The tables of the public statistics as files; the same figures as the page."""

from __future__ import annotations

import tempfile
from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.registers.statistics import STARS, RatingStatistics
from exports.files import FORMATS, write_table

Table = tuple[str, list[str], list[list[Any]]]


def by_year(statistics: RatingStatistics) -> Table:
    shares = [_("Share at three stars and above"), _("Share at four and five stars")]
    stars = [_("%(n)s-star decisions") % {"n": star} for star in STARS]
    return (
        _("Decisions by year and stars"),
        [_("Year of rating"), _("Decisions in all"), *stars, *shares],
        [
            [row.year, row.tally.total, *row.tally.stars, row.tally.good_share, row.tally.best_share]
            for row in statistics.by_year
        ],
    )


def by_district(statistics: RatingStatistics) -> Table:
    year = {"year": statistics.year}
    return (
        _("Decisions by district and year"),
        [
            _("District of the rating"),
            *(str(known) for known in statistics.years),
            _("%(year)s: share at three stars and above") % year,
            _("%(year)s: share at four and five stars") % year,
            _("Three stars and above: change on the year before"),
        ],
        [
            [row.name, *row.totals, row.tally.good_share, row.tally.best_share, row.change]
            for row in statistics.by_district
        ],
    )


TABLES = {"years": by_year, "districts": by_district}


@require_safe
def download_statistics(request: HttpRequest, table: str, format: str) -> FileResponse:
    """Send one table; `?year=2023` chooses the year as on the page."""
    if table not in TABLES or format not in FORMATS:
        raise Http404
    title, headers, rows = TABLES[table](RatingStatistics(year=request.GET.get("year", "")))
    file = tempfile.TemporaryFile(prefix="xinghui-statistics-")  # noqa: SIM115 - goes with the response
    write_table(file, format, headers, rows, title=title)
    file.seek(0)
    name = f"{title}-{timezone.localdate():%Y%m%d}.{format}"
    response = FileResponse(file, as_attachment=True, filename=name, content_type=FORMATS[format])
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "public, max-age=60"
    return response
