"""May this partner earn by an order placed at that time, whatever brought the customer?"""

from __future__ import annotations

from tracker.choices import SelfPurchase
from tracker.programme import PartnerStatus
from tracker.whose.question import Question


def partner_refusal(partner_id: str, asked: Question) -> str:
    """Say why he may not: no row of his, his state then, his own purchase; empty where he may."""
    book = asked.book
    partner = book.partners.get(partner_id)
    if partner is None:
        broken = partner_id in book.unreadable_partners
        return "partner_unreadable" if broken else "partner_missing"
    lines = book.partner_history.get(partner_id, ())
    past = [line for line in lines if line.since is None or line.since <= asked.at]
    status = past[-1].status if past else partner.status
    if status == PartnerStatus.PAUSED:
        return "partner_paused"
    if status == PartnerStatus.LEFT:
        return "partner_left"
    return "own_purchase" if _blocked(partner_id, asked) else ""


def buys_himself(partner_id: str, asked: Question) -> bool:
    """Whether the customer has the partner's own e-mail or phone."""
    partner = asked.book.partners.get(partner_id)
    return partner is not None and bool(partner.keys & asked.asker.keys)


def _blocked(partner_id: str, asked: Question) -> bool:
    blocks = asked.programme.self_purchase is SelfPurchase.BLOCK
    return blocks and buys_himself(partner_id, asked)
