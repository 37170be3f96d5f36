"""When does a day begin in a zone? Also where a clock change skips midnight, or repeats it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

DAYS_KEPT = 2000
"""Beginnings of days that are worked out once: months' ends are asked for again and again."""


@lru_cache(maxsize=DAYS_KEPT)
def day_start(day: date, zone: tzinfo) -> datetime:
    """Return the first instant of a local day, in UTC.

    Where a clock change skips midnight (America/Asuncion, Havana) the day begins at the first
    time that exists; where midnight happens twice it begins at the first of them (I18).
    """
    naive = datetime.combine(day, time(0))
    early = naive.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if early.astimezone(zone).date() < day:
        early = naive.replace(tzinfo=zone, fold=1).astimezone(UTC)
    step = timedelta(minutes=15)
    while early.astimezone(zone).date() < day:
        early += step
    while (early - step).astimezone(zone).date() >= day:
        early -= step
    return early
