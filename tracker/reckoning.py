"""What does an order come to for everybody who earns by it, and how did the sums come about?

The steps stand here in their order, one file of `tracker.owing` each (docs/decisions/0036): what
counts, at which rate or tier, whether it is approved, the cap of one order, the split, the limits
by customer and month, the manager's bonus, the level above, and the exchange.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.asked import Asker
from tracker.commissions import Figures, Owed, base
from tracker.model import Role, State
from tracker.owing.approval import owes_nothing
from tracker.owing.counted import Counted, count
from tracker.owing.cross_bonus import cross_bonus
from tracker.owing.exchange import exchange
from tracker.owing.level import level
from tracker.owing.limits import limited
from tracker.owing.rates import earned, rate_text
from tracker.owing.source import sources
from tracker.owing.split import Sums, split
from tracker.owing.words import Said
from tracker.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Sold:
    """An order as its commission is worked out: its state, sums and the partner credited."""

    state: State
    sums: Figures
    currency: str
    partner_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """What an order comes to.

    Attributes:
        owed: every account that is to hold something.
        base: what the percent was taken from, minor units of the order's currency.
        said: how it came about, or why it is nothing: sentences in the order of the steps.
        earned: (partner_id, minor, currency) after limits, before a manager's share and any
            exchange, for limits of later orders.
    """

    owed: tuple[Owed, ...]
    base: int
    said: tuple[Said, ...]
    earned: tuple[tuple[str, int, str], ...] = ()


def reckon(sold: Sold, fixed: Terms, asker: Asker) -> Reckoned:
    """Work an order's commission out, by the terms that are fixed.

    What the order itself says of its lines and its delivery is read from its facts: where they
    change, something arrived for it, and it is decided again anyway.
    """
    beside, facts = fixed.beside, asker.facts
    whole = base(sold.sums, fixed.base_rule)
    counted = count(facts, whole, sold.currency, beside)
    delivered = bool(facts.get("delivered"))
    why = owes_nothing(sold.state, sold.sums, beside.approve, delivered=delivered)
    if why:
        return Reckoned(owed=(), base=counted.base, said=((why, ()),))
    own = earned(counted, fixed, sold.partner_id, sold.currency, sold.sums.refunded, asker)
    placed = sources(fixed, own.rates)
    parted = split(sold.partner_id, own.exact, counted, sold.currency, beside)
    kept = limited(parted.sums, beside, asker)
    owed, said = _accounts(sold, fixed, counted, kept.sums, rate_text(own.rates, fixed.rate))
    return Reckoned(
        owed=owed,
        base=counted.base,
        said=(*counted.said, *own.said, *placed, *parted.said, *kept.said, *said),
        earned=tuple((who, minor, unit) for (who, unit), minor in kept.sums.items()),
    )


def _accounts(
    sold: Sold, fixed: Terms, counted: Counted, sums: Sums, own_rate: str
) -> tuple[tuple[Owed, ...], tuple[Said, ...]]:
    """Everybody's accounts once the limits are kept: bonus, level, exchange."""
    beside, who = fixed.beside, sold.partner_id
    left, others, said = sums, list[Owed](), list[Said]()
    if beside.helper is not None:
        left, owed, how = cross_bonus(sums, beside.helper)
        others += owed
        said += how
    if beside.level is not None:
        many = 1 + len(beside.sharers)
        owed, how = level(who, sums, counted, sold.currency, many, beside.level)
        others += owed
        said += how
    rates = {one.partner_id: one.rate for one in beside.sharers} | {who: own_rate}
    accounts = [
        Owed(partner, Role.ORDER, minor, unit, rates[partner])
        for (partner, unit), minor in left.items()
    ]
    found, how = exchange([*accounts, *others], who, sold.currency, str(fixed.rate), beside)
    return found, (*said, *how)
