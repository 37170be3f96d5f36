"""Does a code work at the hour of the order? (field.md B11, 8.4: 14:00 is in, 16:00 is out)."""

from __future__ import annotations

from tracker.problems import params
from tracker.restrictions.using import Refusal, Use


def hours(use: Use) -> Refusal | None:
    """Refuse an order outside every range of hours, by the clock of the programme's zone.

    A range that ends before it begins goes over midnight: 22:00-02:00.
    """
    if not use.row.hours:
        return None
    at = use.asker.local
    minute = at.hour * 60 + at.minute
    for start, end in use.row.hours:
        if _within(minute, start, end):
            return None
    said = ", ".join(f"{_clock(start)}-{_clock(end)}" for start, end in use.row.hours)
    return "code_hours", params(hours=said, at=_clock(minute))


def _within(minute: int, start: int, end: int) -> bool:
    if start < end:
        return start <= minute < end
    return minute >= start or minute < end


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
