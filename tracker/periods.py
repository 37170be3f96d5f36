"""When does a month begin and end in the programme's zone?"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache

from tracker.programme import Programme

# Of years whose neighbours the calendar has too.
_MONTH = re.compile(r"(19[7-9][0-9]|2[0-9]{3})-(0[1-9]|1[0-2])")

DAYS_KEPT = 2_000
"""Days whose month is written once: orders of one day ask for it again and again."""


def is_month(text: str) -> bool:
    """Whether the text is a month such as `2026-10`."""
    return _MONTH.fullmatch(text) is not None


def first_day(month: str) -> date:
    """The first day of `2026-10`. Raises ValueError for anything that is no month."""
    return date.fromisoformat(f"{month}-01")


@lru_cache(maxsize=DAYS_KEPT)
def month_of(day: date) -> str:
    """The month a day is in."""
    return f"{day.year:04d}-{day.month:02d}"


def next_month(month: str) -> str:
    """The month after: `2026-12` gives `2027-01`."""
    day = first_day(month)
    return f"{day.year + day.month // 12:04d}-{day.month % 12 + 1:02d}"


def month_before(month: str) -> str:
    """The month before: `2027-01` gives `2026-12`."""
    day = first_day(month)
    year, number = (day.year - 1, 12) if day.month == 1 else (day.year, day.month - 1)
    return f"{year:04d}-{number:02d}"


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last of that month where it has no such day."""
    month = month_of(day)
    for _ in range(months):
        month = month_before(month)
    last = (first_day(next_month(month)) - first_day(month)).days
    return first_day(month).replace(day=min(day.day, last))


def end_of(month: str, programme: Programme) -> datetime:
    """The instant a month is over: where the next begins, so no instant is in two months."""
    return programme.start_of(first_day(next_month(month)))


def begin_of(month: str, programme: Programme) -> datetime:
    """The instant a month begins."""
    return programme.start_of(first_day(month))


def payout_date(month: str, programme: Programme) -> date:
    """The payout day after a month: the 15th of the next one by default, or its last day."""
    month_after = next_month(month)
    last = (first_day(next_month(month_after)) - first_day(month_after)).days
    return first_day(month_after).replace(day=min(programme.payout_day, last))


def at_local(day: date, at: time, zone: tzinfo) -> datetime:
    """The instant at which a clock on the wall of that zone shows a time, in UTC.

    A time that exists twice counts the first time; one that a clock change skips comes as much
    later as the clock was put forward. So every day has it once (PEP 495, fold 0).
    """
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
