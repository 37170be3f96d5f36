"""What is left of the limits by customer and by month? (field.md C14).

Limits count what earlier orders earned, in the orders' own time. One in the programme's currency
binds only sums in it.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.asked import Asker
from tracker.owing.parts import shared
from tracker.owing.split import Sums
from tracker.owing.words import Said, amount
from tracker.problems import params
from tracker.terms import Beside


@dataclass(frozen=True, slots=True)
class Limited:
    """Sums with the limits kept, and how that is said."""

    sums: Sums
    said: tuple[Said, ...]


def limited(sums: Sums, beside: Beside, asker: Asker) -> Limited:
    """Keep each partner's limits by customer and month, then the budget of all together."""
    unit = beside.cap_currency
    if not unit:  # no limit was set
        return Limited(sums, ())
    left = dict(sums)
    said: list[Said] = []
    for account in sums:
        who, currency = account
        if currency != unit:
            continue
        if beside.cap_customer is not None and left[account]:
            cap = beside.cap_customer
            earned = asker.earned_by_customer(who, unit, cap, left[account])
            said += _cut(left, account, cap, earned, "cap_customer")
        if beside.cap_month is not None and left[account]:
            cap = beside.cap_month
            earned = asker.earned_in_month(who, unit, cap, left[account])
            said += _cut(left, account, cap, earned, "cap_month")
    said += _budget(left, beside, asker)
    if not said:  # nothing was cut
        return Limited(sums, ())
    return Limited({account: minor for account, minor in left.items() if minor}, tuple(said))


def _cut(left: Sums, account: tuple[str, str], cap: int, earned: int, code: str) -> list[Said]:
    """Leave a partner what is left of a limit after what he earned already."""
    who, unit = account
    room = max(0, cap - earned)
    if left[account] <= room:
        return []
    left[account] = room
    values = params(
        partner=who, cap=amount(cap, unit), earned=amount(earned, unit), left=amount(room, unit)
    )
    return [(code, values)]


def _budget(left: Sums, beside: Beside, asker: Asker) -> list[Said]:
    """Leave all partners of the order what is left of the month's budget, in proportion."""
    unit, budget = beside.cap_currency, beside.budget_month
    accounts = [account for account, minor in left.items() if account[1] == unit and minor]
    if budget is None or not accounts:
        return []
    weights = [left[account] for account in accounts]
    total = sum(weights)
    earned = asker.earned_in_month("", unit, budget, total)
    room = max(0, budget - earned)
    if total <= room:
        return []
    left.update(zip(accounts, shared(room, weights), strict=True))
    values = params(cap=amount(budget, unit), earned=amount(earned, unit), left=amount(room, unit))
    return [("budget_month", values)]
