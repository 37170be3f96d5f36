"""How much is owed, on hold and payable, and how does the programme do?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tracker.holding import held, waits
from tracker.ledger import Order
from tracker.lines import CommissionLine, Key
from tracker.model import Role
from tracker.owners_money import OWN_SOURCES
from tracker.payout_facts import Fate, Payout

CHART_MONTHS = 12
CHART_PARTNERS_MAX = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """One partner's account in one currency, minor units.

    balance = all booked lines; on_hold = what is left of those payable after today (`holding`);
    payable = balance - on_hold; proposed = open proposals and those whose fate is unknown, shown
    beside, never inside.
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
    on_hold: dict[tuple[str, str], int] = defaultdict(int)
    proposed: dict[tuple[str, str], int] = defaultdict(int)
    waiting: list[CommissionLine] = []
    for line in lines:
        booked[line.partner_id, line.currency] += line.minor
        if waits(line, today):
            waiting.append(line)
    for (_, _, partner_id, _, currency), minor in held(waiting, today).items():
        on_hold[partner_id, currency] += minor
    for payout in payouts:
        if payout.fate in {Fate.OPEN, Fate.UNKNOWN}:
            proposed[payout.partner_id, payout.currency] += payout.minor
    return [
        Balance(
            partner_id=partner_id,
            currency=currency,
            balance=booked[partner_id, currency],
            on_hold=on_hold[partner_id, currency],
            payable=booked[partner_id, currency] - on_hold[partner_id, currency],
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


_OWED = ("figure_owed", "figure_on_hold", "figure_payable", "figure_proposed")
"""In the order in which they read: the whole before its parts."""


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
        for currency in sorted({currency for currency, _ in sums})
        for code in _OWED
    ]
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar of a chart: what it stands for, and its length in minor units."""

    label: str
    minor: int


def by_month(
    lines: Iterable[CommissionLine], currency: str, local_date: Callable[[datetime], date]
) -> list[Bar]:
    """What was earned in one currency in each of twelve months (`2026-10`), oldest first.

    The last of them is that of the latest line of any kind, so that no clock is asked; without
    lines there are none. `local_date` tells the day it was in the programme's zone.
    """
    sums: dict[int, int] = defaultdict(int)
    for line in lines:
        day = local_date(line.booked_at)
        # A month without commissions counts as well: nothing was earned in it.
        sums[12 * day.year + day.month - 1] += line.minor if _earned(line, currency) else 0
    if not sums:
        return []
    last = max(sums)
    return [
        Bar(label=f"{month // 12:04d}-{month % 12 + 1:02d}", minor=sums.get(month, 0))
        for month in range(last - CHART_MONTHS + 1, last + 1)
    ]


def by_partner(lines: Iterable[CommissionLine], currency: str) -> list[Bar]:
    """The ten partners who earned most in one currency, paid out or not, the greatest first."""
    sums: dict[str, int] = defaultdict(int)
    for line in lines:
        if _earned(line, currency):
            sums[line.partner_id] += line.minor
    bars = [Bar(label=partner_id, minor=minor) for partner_id, minor in sums.items()]
    return sorted(bars, key=lambda bar: (-bar.minor, bar.label))[:CHART_PARTNERS_MAX]


def _earned(line: CommissionLine, currency: str) -> bool:
    """Whether a line is of what partners earn, clawbacks among it, and not of what is paid."""
    return line.currency == currency and line.role != Role.PAYOUT


def largest(accounts: Iterable[Balance], currency: str) -> list[Balance]:
    """The ten accounts of one currency with the greatest sum of payable and on hold."""
    found = [account for account in accounts if account.currency == currency]
    found.sort(key=lambda one: (-(one.payable + one.on_hold), one.partner_id))
    return found[:CHART_PARTNERS_MAX]
