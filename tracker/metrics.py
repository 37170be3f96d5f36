"""How much is owed, on hold and payable, and how does the programme do?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.ledger import Order
from tracker.lines import CommissionLine, Key
from tracker.owners_money import OWN_SOURCES
from tracker.payouts import Fate, Payout


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """One partner's account in one currency, minor units.

    balance = all booked lines; on_hold = lines above zero payable after today; payable = balance -
    on_hold; proposed = open proposals and those whose fate is unknown, shown beside, never inside.
    """

    partner_id: str
    currency: str
    balance: int
    on_hold: int
    payable: int
    proposed: int


def balances(
    lines: Iterable[CommissionLine], payouts: Iterable[Payout], today: date
) -> list[Balance]:
    """Every account that ever had a line, by partner and currency."""
    booked: dict[tuple[str, str], int] = defaultdict(int)
    held: dict[tuple[str, str], int] = defaultdict(int)
    proposed: dict[tuple[str, str], int] = defaultdict(int)
    for line in lines:
        account = (line.partner_id, line.currency)
        booked[account] += line.minor
        if line.minor > 0 and line.payable_on is not None and line.payable_on > today:
            held[account] += line.minor
    for payout in payouts:
        if payout.fate in {Fate.OPEN, Fate.UNKNOWN}:
            proposed[payout.partner_id, payout.currency] += payout.minor
    return [
        Balance(
            partner_id=partner_id,
            currency=currency,
            balance=booked[partner_id, currency],
            on_hold=held[partner_id, currency],
            payable=booked[partner_id, currency] - held[partner_id, currency],
            proposed=proposed[partner_id, currency],
        )
        for partner_id, currency in sorted(booked)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the Dashboard: a code for its words, and a count or a sum in minor units."""

    code: str
    value: int
    currency: str = ""


def dashboard(orders: Mapping[Key, Order], accounts: Iterable[Balance]) -> list[Figure]:
    """The answer in thirty seconds: orders, what they brought, what is owed."""
    shop = [o.latest for key, o in sorted(orders.items()) if key[0] not in OWN_SOURCES]
    credited = [line for line in shop if line.partner_id]
    found = [
        Figure(code="figure_orders", value=len(shop)),
        Figure(code="figure_attributed", value=len(credited)),
        Figure(code="figure_unattributed", value=len(shop) - len(credited)),
    ]
    brought: dict[str, int] = defaultdict(int)
    for line in credited:
        brought[line.currency] += line.base or 0
    found += [
        Figure(code="figure_brought", value=brought[one], currency=one) for one in sorted(brought)
    ]
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for account in accounts:
        sums[account.currency, "figure_owed"] += account.balance
        sums[account.currency, "figure_on_hold"] += account.on_hold
        sums[account.currency, "figure_payable"] += account.payable
        sums[account.currency, "figure_proposed"] += account.proposed
    found += [
        Figure(code=code, value=sums[currency, code], currency=currency)
        for currency, code in sorted(sums)
    ]
    return found
