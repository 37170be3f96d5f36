"""Does a code work on the weekday of the order? (field.md B11)."""

from __future__ import annotations

from tracker.problems import params
from tracker.restrictions.using import Refusal, Use


def weekdays(use: Use) -> Refusal | None:
    """Refuse an order of another weekday, in the programme's zone."""
    if not use.row.weekdays:
        return None
    day = use.asker.day
    return None if day.weekday() in use.row.weekdays else ("code_weekday", params(day=day))
