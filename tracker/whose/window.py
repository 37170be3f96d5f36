"""For how long does a touch count before the order?

What is older counts for nothing: neither for its partner, nor against another one.
"""

from __future__ import annotations

from datetime import timedelta

from tracker.policy import Policy
from tracker.touches import Kind, Touch
from tracker.whose.question import Question


def days_of(kind: str, policy: Policy) -> int:
    """For how many days a touch counts: a lead or call for as long as it is protected, if longer.

    Source: field.md A6 (window_days) and A12 (lead_protect_days).
    """
    if kind in {Kind.LEAD, Kind.CALL, Kind.HELP}:
        return max(policy.window_days, policy.lead_protect_days)
    return policy.window_days


def too_old(touch: Touch, asked: Question) -> bool:
    """Whether an order came after the last day of a touch, by days of the programme's zone."""
    last = asked.programme.local_date(touch.at) + timedelta(days=days_of(touch.kind, asked.policy))
    return asked.programme.local_date(asked.at) > last


def in_window(asked: Question) -> tuple[Touch, ...]:
    """The touches that still counted when the order was placed, oldest first."""
    if not asked.touches:
        return ()
    return tuple(touch for touch in asked.touches if not too_old(touch, asked))
