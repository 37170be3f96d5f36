"""Is the day of the order one on which a code does not work? (field.md B11, black-out dates)."""

from __future__ import annotations

from tracker.problems import params
from tracker.restrictions.using import Refusal, Use


def except_dates(use: Use) -> Refusal | None:
    """Refuse an order of an excepted day, in the programme's zone; both ends are included."""
    if not use.row.except_dates:
        return None
    day = use.asker.day
    for first, last in use.row.except_dates:
        if first <= day <= last:
            return "code_except_date", params(day=day)
    return None
