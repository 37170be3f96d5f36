"""How large is an order, compared with the limits of a code?"""

from __future__ import annotations

from tracker.money import Money
from tracker.problems import params
from tracker.restrictions.using import Refusal, Use


def other_currency(use: Use) -> Refusal | None:
    """Say when the order's currency is not the one that limits are written in."""
    own = use.asker.fact("currency") or ""
    if own == use.programme.currency:
        return None
    return "order_currency_other", params(currency=use.programme.currency, other=own)


def shown(use: Use, minor: int) -> str:
    """A sum in the programme's currency, as sentences have it."""
    return str(Money(minor, use.programme.currency))
