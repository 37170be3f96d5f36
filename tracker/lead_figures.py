"""How do the leads stand? Counts and sums by status."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracker.lead_notes import DUPLICATE
from tracker.ledger import Order
from tracker.lines import Key
from tracker.model import Role
from tracker.own_lines import LEAD
from tracker.programme import Lead

STATUSES = ("new", "in_work", "deal", "refused", "duplicate", "expired")


@dataclass(frozen=True, slots=True)
class LeadFigures:
    """Leads of one status: how many, their deals and what partners earn by them, by currency."""

    status: str
    count: int
    deals: Mapping[str, int]
    earned: Mapping[str, int]


def lead_figures(leads: Iterable[Lead], orders: Mapping[Key, Order]) -> list[LeadFigures]:
    """Add leads up by status; one that another registration holds against is a duplicate."""
    count: Counter[str] = Counter()
    deals: dict[str, Counter[str]] = defaultdict(Counter)
    earned: dict[str, Counter[str]] = defaultdict(Counter)
    for lead in leads:
        order = orders.get((LEAD, lead.lead_id))
        held = order is not None and order.latest.state == DUPLICATE
        status = DUPLICATE if held else lead.status
        count[status] += 1
        if lead.is_deal and lead.minor:
            deals[status][lead.currency] += lead.minor
        for one in order.latest.owed if order is not None else ():
            if one.role == Role.LEAD:
                earned[status][one.currency] += one.minor
    return [
        LeadFigures(status, count[status], deals[status], earned[status])
        for status in STATUSES
        if count[status]
    ]
