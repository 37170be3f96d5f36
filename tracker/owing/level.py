"""What does the partner who brought the partner earn? (field.md C12).

A percent of the partner's commission (after limits, before a manager's share), a percent of the
part of the order that is the partner's, or a sum. Where the partner earns nothing, nor does he.
"""

from __future__ import annotations

from fractions import Fraction

from tracker.commissions import Owed
from tracker.model import Role
from tracker.owing.counted import Counted
from tracker.owing.earning import coins, comes_to
from tracker.owing.split import Sums
from tracker.owing.words import Said, amount
from tracker.policy import LevelOf
from tracker.rates import written_rate


def level(
    partner_id: str,
    sums: Sums,
    counted: Counted,
    currency: str,
    many: int,
    terms: tuple[str, str, str],
) -> tuple[tuple[Owed, ...], tuple[Said, ...]]:
    """Give the parent's accounts; `terms` is (parent, rate, of what), `many` share the order."""
    parent, text, of = terms
    rate = written_rate(text)
    own = {unit: minor for (who, unit), minor in sums.items() if who == partner_id}
    if not own:
        return (), ()
    if rate.fixed is None and of == LevelOf.COMMISSION:
        code = "level_commission"
        exact = [(*comes_to(rate, sum_, 0, unit), amount(sum_, unit)) for unit, sum_ in own.items()]
    else:
        code = "level_order" if rate.fixed is None else "level_sum"
        unit, whole = comes_to(rate, counted.base, counted.pieces, currency)
        part = Fraction(1, many) if rate.fixed is None else 1
        taken_from = amount(coins(counted.base * Fraction(1, many)), currency)
        exact = [(unit, whole * part, taken_from)]
    owed: list[Owed] = []
    said: list[Said] = []
    for unit, sum_, taken_from in exact:
        minor = coins(sum_)
        if minor:
            owed.append(Owed(parent, Role.LEVEL, minor, unit, text))
            whom = ("parent", parent), ("partner", partner_id), ("rate", text)
            sums_said = ("level", amount(minor, unit)), ("of", taken_from)
            said.append((code, (*whom, *sums_said)))
    return tuple(owed), tuple(said)
