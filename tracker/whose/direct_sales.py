"""Is the customer one of the owner's own sales team? The setting `direct_group`.

Source: field.md S2: who touched the customer first has him, a partner or a manager.
"""

from __future__ import annotations

from datetime import datetime

from tracker.problems import Params, params
from tracker.whose.by_link import LINKS
from tracker.whose.question import Ground, Question
from tracker.whose.window import in_window
from tracker.words import same_word


def is_manager(partner_id: str, asked: Question) -> bool:
    """Whether a row of Partners is one of the sales team."""
    group = asked.policy.direct_group
    return bool(group) and same_word(group, asked.group_of(partner_id))


def without_managers(codes: list[Ground], links: list[Ground], asked: Question) -> list[Ground]:
    """The touches that speak for partners; a manager's only where nothing else speaks.

    A manager who came later does not take the customer from a partner: he may have helped.
    """
    if not (links and asked.policy.direct_group):
        return links
    partners = [one for one in links if not is_manager(one.partner_id, asked)]
    others = any(one.able for one in (*codes, *partners))
    return partners if others else links


def direct_sale(winner: Ground, asked: Question) -> tuple[str, Params] | None:
    """An order by a manager's own code or link is nobody's but the shop's."""
    if not is_manager(winner.partner_id, asked):
        return None
    return "direct_sales", params(partner=winner.partner_id)


def known_to_managers(first: datetime, asked: Question) -> tuple[str, Params] | None:
    """Refuse a customer whom a manager touched before the partner's first touch."""
    if not asked.policy.direct_group:
        return None
    for touch in in_window(asked):
        earlier = touch.kind in LINKS and touch.at < first
        if earlier and is_manager(touch.partner_id, asked):
            day = asked.programme.local_date(touch.at)
            return "direct_sales_customer", params(ref=touch.label, day=day)
    return None
