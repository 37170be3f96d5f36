"""Which months belong to the period a limit or tier counts in, and with which day does it begin?"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from tracker.periods import month_of
from tracker.rulebook import Period

DAYS_KEPT = 10_000
"""Days whose period is looked up once: the same ones come with many orders."""


def in_period(month: str, day: date, period: str) -> bool:
    """Whether a month (`2026-10`) belongs to the month, quarter or year of a day, or to ever."""
    if period == Period.EVER:
        return True
    if period == Period.YEAR:
        return month[:4] == f"{day.year:04d}"
    if period == Period.QUARTER:
        return month[:4] == f"{day.year:04d}" and (int(month[5:]) - 1) // 3 == (day.month - 1) // 3
    return month == month_of(day)


@lru_cache(maxsize=DAYS_KEPT)
def first_day(day: date, period: Period) -> date | None:
    """The first day of the period that a day is in; None for ever. Weeks begin on Monday."""
    if period is Period.EVER:
        return None
    if period is Period.DAY:
        return day
    if period is Period.WEEK:
        return day - timedelta(days=day.weekday())
    if period is Period.MONTH:
        return day.replace(day=1)
    month = (day.month - 1) // 3 * 3 + 1 if period is Period.QUARTER else 1
    return date(day.year, month, 1)
