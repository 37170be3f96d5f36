"""Which manager helped to sell? He gets the cross-bonus (field.md C11, S2).

The shop's own word for the order, else the manager typed beside a lead, else the manager who
touched the customer after the partner did. He needs a row in Partners.
"""

from __future__ import annotations

from datetime import datetime

from tracker.touches import Kind
from tracker.whose.by_link import LINKS
from tracker.whose.direct_sales import is_manager
from tracker.whose.question import Question
from tracker.whose.window import in_window


def helper(partner_id: str, first: datetime, asked: Question) -> str:
    """The manager's id; empty where nobody helped, or no bonus is paid."""
    if not asked.policy.cross_bonus:
        return ""
    named = [asked.asker.fact("helper") or ""]
    if touches := in_window(asked):
        named += [touch.partner_id for touch in touches if touch.kind == Kind.HELP]
        named += [
            touch.partner_id
            for touch in touches
            if touch.kind in LINKS and touch.at >= first and is_manager(touch.partner_id, asked)
        ]
    known = asked.book.partners
    return next((who for who in named if who in known and who != partner_id), "")
