"""What does a manager who helped to sell earn? (field.md C11, F18, X14).

A percent of what the partners earn by the order, after limits: on top of it, or out of it.
"""

from __future__ import annotations

from fractions import Fraction

from tracker.commissions import Owed
from tracker.model import Role
from tracker.owing.earning import coins
from tracker.owing.parts import shared
from tracker.owing.split import Sums
from tracker.owing.words import Said, amount
from tracker.policy import BonusFrom
from tracker.problems import params
from tracker.rates import written_rate


def cross_bonus(
    sums: Sums, helper: tuple[str, str, str]
) -> tuple[Sums, tuple[Owed, ...], tuple[Said, ...]]:
    """Give the partners' sums, the manager's accounts, and how they came about.

    `helper` is (manager, percent, who pays). Nobody helps with his own order.
    """
    manager, percent, who_pays = helper
    if manager in {who for who, _ in sums}:
        return sums, (), (("bonus_own_order", params(manager=manager)),)
    percent = f"{percent.removesuffix('%')}%"
    part = Fraction(written_rate(percent).percent or 0) * Fraction(1, 100)
    left, owed, said = dict(sums), [], []
    for unit in dict.fromkeys(unit for _, unit in sums):
        accounts = [account for account in sums if account[1] == unit]
        total = sum(sums[account] for account in accounts)
        bonus = coins(total * part)
        if not bonus:
            continue
        from_share = who_pays == BonusFrom.PARTNER_SHARE
        if from_share:
            taken = shared(bonus, [sums[account] for account in accounts])
            for account, minor in zip(accounts, taken, strict=True):
                left[account] -= minor
        owed.append(Owed(manager, Role.BONUS, bonus, unit, percent))
        values = params(
            manager=manager, rate=percent, of=amount(total, unit), bonus=amount(bonus, unit)
        )
        rest = params(left=amount(total - bonus, unit))
        said.append(
            ("bonus_from_share", (*values, *rest)) if from_share else ("bonus_on_top", values)
        )
    return {account: minor for account, minor in left.items() if minor}, tuple(owed), tuple(said)
