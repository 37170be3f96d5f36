"""What of what was earned may not be paid yet, now that a part of it may have been taken back?

All lines of an account within one order fall due on one day: payable_on is fixed when a partner
is first credited and copied on, so a clawback never matures before what it claws back. Until
then they are taken together, and only what is left of them is on hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from tracker.lines import CommissionLine
from tracker.statements import Held

OrderAccount = tuple[str, str, str, str, str]
"""(source, order_id, partner_id, role, currency): one account within one order."""


def account_of(line: CommissionLine) -> OrderAccount:
    """Whose step a line is."""
    return line.source, line.order_id, line.partner_id, line.role, line.currency


def waits(line: CommissionLine, day: date) -> bool:
    """Whether a line falls due after a day; one without a day of its own never waits."""
    return line.payable_on is not None and line.payable_on > day


def held(lines: Iterable[CommissionLine], day: date) -> dict[OrderAccount, int]:
    """How much each account has on hold on a day, in minor units above zero.

    It is the sum of its lines of both signs that fall due later. Where more was taken back than
    is waiting nothing is on hold: what is below zero is owed at once.
    """
    sums = _sums([line for line in lines if waits(line, day)])
    return {name: minor for name, minor in sums.items() if minor > 0}


def listed(sums: Mapping[OrderAccount, int], lines: Iterable[CommissionLine]) -> tuple[Held, ...]:
    """Sums of accounts as a statement lists them, the first to be payable first.

    `lines` are those that the sums were made of; they tell the day.
    """
    days = {account_of(line): line.payable_on for line in lines if line.payable_on is not None}
    found = [
        Held(order_id=name[1], minor=minor, payable_on=days[name], source=name[0])
        for name, minor in sums.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.payable_on, one.order_id, one.minor)))


def covered(lines: Iterable[CommissionLine]) -> frozenset[OrderAccount]:
    """Accounts whose lines below zero may wait: those above zero that wait are at least as much.

    `lines` are those below zero that no payout holds, and those above zero that no payout holds
    and that cannot be paid yet. An account that has only lines below zero is not among them.
    """
    return frozenset(name for name, minor in _sums(lines).items() if minor >= 0)


def _sums(lines: Iterable[CommissionLine]) -> dict[OrderAccount, int]:
    sums: dict[OrderAccount, int] = {}
    for line in lines:
        name = account_of(line)
        sums[name] = sums.get(name, 0) + line.minor
    return sums
