"""Did an advertisement of the shop bring the customer before the partner did?

Source: field.md A7 and 8.2 (X13, X15): paid for once as an advertisement, it is not paid twice.
The order's own mark without a time counts when ordered, before a code or link of that moment.
"""

from __future__ import annotations

from datetime import datetime

from tracker.problems import Params, params
from tracker.touches import Kind, Touch
from tracker.whose.answers import Candidate
from tracker.whose.question import Question
from tracker.whose.window import days_of, in_window, too_old

IDLE_MAX = 3
"""So many advertisements that took nothing are noted of an order: a cell is not endless."""


def ad_before(first: datetime, asked: Question) -> tuple[str, Params] | None:
    """Name the first advertisement before the partner's first touch, where the owner asks."""
    if not asked.policy.block_if_earlier_paid_touch:
        return None
    for touch in in_window(asked):
        if touch.kind == Kind.AD and _before(touch, first, asked):
            return "ad_before", params(ad=touch.label, at=_minute(touch.at, asked))
    return None


def idle_ads(first: datetime, asked: Question) -> list[Candidate]:
    """The advertisements that take nothing from the partner, each with the reason why."""
    found = []
    for touch in asked.touches:
        if touch.kind != Kind.AD:
            continue
        said: dict[str, object] = {"ad": touch.label}
        if not asked.policy.block_if_earlier_paid_touch:
            why = "ad_not_asked"
        elif too_old(touch, asked):
            why = "ad_too_old"
            said["days"] = days_of(touch.kind, asked.policy)
        else:
            why = "ad_after_touch"
            said["first"] = _minute(first, asked)
        at, values = touch.at.isoformat(), params(**said)
        found.append(
            Candidate(
                code=touch.label, partner_id="", why=why, params=values, kind=touch.kind, at=at
            )
        )
    return found[:IDLE_MAX]


def _before(touch: Touch, first: datetime, asked: Question) -> bool:
    return touch.at < first or touch.at == first == asked.at


def _minute(at: datetime, asked: Question) -> str:
    return at.astimezone(asked.programme.zone).isoformat(" ", "minutes")
