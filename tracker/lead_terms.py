"""Which rules hold for a lead? Those in force when it was first seen."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tracker.ledger import Order
from tracker.policy import BonusFrom, LeadPays
from tracker.programme import Lead, Programme

_KEYS = frozenset({"lead_rate", "lead_pays_on", "lead_protect_days"})
_BONUS_KEYS = frozenset({"cross_bonus", "cross_bonus_from"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadTerms:
    """What was fixed when a lead was first seen; without a word, what leads had before rules.

    Attributes:
        pays_on: whether it earns as a deal or as a registration.
        protect: for how many days it holds against later leads of its customer.
        bonus, bonus_from: the percent of the commission for a manager who helped, and who pays it.
    """

    pays_on: LeadPays = LeadPays.DEAL
    protect: int = 0
    bonus: Decimal = Decimal(0)
    bonus_from: BonusFrom = BonusFrom.ON_TOP


def terms_in_force(programme: Programme) -> LeadTerms | None:
    """The rules of Settings now; None while one of them cannot be read."""
    if programme.unreadable & (_KEYS | _BONUS_KEYS):
        return None
    policy = programme.policy
    return LeadTerms(
        pays_on=policy.lead_pays_on,
        protect=policy.lead_protect_days,
        bonus=policy.cross_bonus,
        bonus_from=policy.cross_bonus_from,
    )


def written_terms(terms: LeadTerms, lead: Lead) -> str:
    """Write the rules as the facts of a lead's line, with the partner its code or number named."""
    said: dict[str, Any] = {"pays_on": terms.pays_on.value, "protect": terms.protect}
    if terms.bonus:
        said |= {"bonus": str(terms.bonus), "bonus_from": terms.bonus_from.value}
    if lead.sign and lead.partner_id:
        said |= {"partner": lead.partner_id, "sign": lead.sign}
    return json.dumps({"lead": said}, ensure_ascii=False, separators=(",", ":"))


def terms_of(order: Order) -> LeadTerms:
    """Read the rules of a lead that was noted. One noted before there were any has none."""
    said = _said(order)
    return LeadTerms(
        pays_on=LeadPays(said.get("pays_on", LeadPays.DEAL)),
        protect=int(said.get("protect", 0)),
        bonus=Decimal(said.get("bonus", 0)),
        bonus_from=BonusFrom(said.get("bonus_from", BonusFrom.ON_TOP)),
    )


def named_partner(order: Order) -> tuple[str, str]:
    """The partner whom the lead's code or number named when it was noted, and that sign."""
    for line in reversed(order.lines):
        said = line.parsed().get("lead", {})
        if "partner" in said:
            return str(said["partner"]), str(said.get("sign", ""))
    return "", ""


def _said(order: Order) -> dict[str, Any]:
    return dict(order.lines[0].parsed().get("lead", {}))
