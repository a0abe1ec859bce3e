"""When to look next. Missed times are made up for once: the next time is counted from now, not from the last one."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def following(source: Any, after: dt.datetime) -> dt.datetime:
    """Return the first time of the schedule later than `after` (aware). As soon as a file comes: at once."""
    if source.every == "arrival":
        return after
    local = timezone.localtime(after)
    if source.every == "hour":
        found = local.replace(minute=source.at.minute, second=0, microsecond=0)
        return found if found > local else found + HOUR
    day = local.date()
    while True:
        day = _fitting(source, day)
        found = timezone.make_aware(dt.datetime.combine(day, source.at.replace(second=0, microsecond=0)))
        if found > local:
            return found
        day += DAY


def _fitting(source: Any, day: dt.date) -> dt.date:
    """Return the first day from `day` on that the schedule names."""
    if source.every == "week":
        return day + (source.weekday - day.weekday()) % 7 * DAY
    if source.every == "month":
        due = _day_of(source, day.year, day.month)
        if due < day:
            first = day.replace(day=1) + 32 * DAY
            due = _day_of(source, first.year, first.month)
        return due
    return day


def _day_of(source: Any, year: int, month: int) -> dt.date:
    return dt.date(year, month, min(source.day, calendar.monthrange(year, month)[1]))


def in_words(source: Any) -> str:
    """Return the schedule as people say it: 每周一 06:00."""
    time = source.at.strftime("%H:%M")
    if source.every == "arrival":
        return str(source.get_every_display())
    if source.every == "hour":
        return _("every hour at minute %(minute)s") % {"minute": source.at.minute}
    if source.every == "week":
        return _("every week %(weekday)s at %(time)s") % {"weekday": source.get_weekday_display(), "time": time}
    if source.every == "month":
        return _("every month on day %(day)s at %(time)s") % {"day": source.day, "time": time}
    return _("every day at %(time)s") % {"time": time}
