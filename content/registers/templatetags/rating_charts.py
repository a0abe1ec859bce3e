"""Charts that templates ask for."""

from typing import Any

from django import template

from content.core.charts import BarChart
from content.registers import statistics

register = template.Library()


@register.simple_tag
def star_history(ratings: list[Any]) -> BarChart | None:
    """Return the chart of a union's stars year by year; None where one year would tell nothing."""
    chart = statistics.star_history(ratings)
    return chart if len(chart.bars) > 1 else None
