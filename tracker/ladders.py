"""Which tiers stand instead of a partner's usual rate? His own, his group's, or everybody's.

The rows that name the partner go before those that name his group, and those before rows for all;
of the narrowest that has any, all rows that hold on the day make one ladder. Rows of one ladder
agree in what they count, over which period and how they apply; where an owner mixed them (which is
a Problem, `tiers_mixed`), sales in the order's currency go before orders, a shorter period before
a longer one, and `from_now` before `marginal`, whatever the order of the rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tracker.programme import Partner
from tracker.rulebook import Counts, Period, Tier, TierMode
from tracker.terms import Ladder, Step
from tracker.words import same_word

Kind = tuple[Counts, Period, TierMode, str]
"""What rows of one ladder share: what they count, over which period, to what, which currency."""

_PERIODS = (Period.MONTH, Period.QUARTER, Period.YEAR, Period.EVER)
_MODES = (TierMode.FROM_NOW, TierMode.MARGINAL)


def ladder_for(tiers: Iterable[Tier], partner: Partner, day: date, currency: str) -> Ladder | None:
    """The tiers by volume that hold for an order of a partner placed on a day; None for none.

    `currency` is the order's: tiers by sales hold only for orders in their own. Goals and tiers
    back to the first order are not among them: they are lines of their own (`tracker.goals`).
    """
    rows = [tier for tier in tiers if is_step(tier) and holds(tier, day) and fits(tier, partner)]
    rows = [one for one in rows if one.counts is Counts.ORDERS or one.currency == currency]
    narrowest = max(map(narrowness, rows), default=0)
    rows = [one for one in rows if narrowness(one) == narrowest]
    if not rows:
        return None
    chosen = min(map(kind, rows), key=rank)
    steps = sorted(
        (Step(one.start, str(one.rate), one.tier_id) for one in rows if kind(one) == chosen),
        key=lambda step: (step.start, step.tier_id),
    )
    counts, period, mode, unit = chosen
    return Ladder(counts.value, period.value, mode.value, unit or currency, tuple(steps))


def is_step(tier: Tier) -> bool:
    """Whether a row is a rate for orders as they come, not a goal or a tier back to the first."""
    return tier.rate is not None and tier.mode in _MODES


def holds(tier: Tier, day: date) -> bool:
    """Whether a row is valid on a day; both its dates are included."""
    return (tier.valid_from or day) <= day <= (tier.valid_to or day)


def fits(tier: Tier, partner: Partner) -> bool:
    """Whether a row is for a partner: for him, for his group, or for all."""
    if tier.partner_id and tier.partner_id != partner.partner_id:
        return False
    return not tier.group or same_word(tier.group, partner.group)


def narrowness(tier: Tier) -> int:
    """2 for a row that names a partner, 1 for one that names a group, 0 for all."""
    return 2 if tier.partner_id else 1 if tier.group else 0


def kind(tier: Tier) -> Kind:
    """What a row must share with others of its ladder; the currency only of sales."""
    currency = tier.currency if tier.counts is Counts.SALES else ""
    return tier.counts, tier.period, tier.mode, currency


def rank(one: Kind) -> tuple[bool, int, int]:
    """Which kind of ladder goes first where rows of several kinds hold."""
    counts, period, mode, _ = one
    return counts is Counts.ORDERS, _PERIODS.index(period), _MODES.index(mode)
