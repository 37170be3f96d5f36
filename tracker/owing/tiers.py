"""Which tier does an order reach, and at which rates is its base taken? (field.md C8).

Of orders the one at hand counts too: from 5 is from the fifth on. Of sales only what was sold
before it in the period: the order that crosses a threshold is still paid by the tier below, or in
parts where the tiers are marginal.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.asked import Asker
from tracker.money import decimal_text
from tracker.owing.counted import Group
from tracker.owing.earning import Exact
from tracker.owing.words import Said
from tracker.problems import params
from tracker.questions import WHOLE_ORDERS
from tracker.rates import Rate, written_rate
from tracker.rulebook import Counts, TierMode
from tracker.terms import Ladder, Step


@dataclass(frozen=True, slots=True)
class Band:
    """A part of the base, in minor units, at one rate."""

    rate: Rate
    base: int
    pieces: Exact


def bands(
    ladder: Ladder, rate: Rate, group: Group, partner_id: str, asker: Asker
) -> tuple[tuple[Band, ...], tuple[Said, ...]]:
    """Give the parts of the order that earn at its own rate, and at the rates of its tiers."""
    of_sales = ladder.counts == Counts.SALES
    added = group.base if ladder.mode == TierMode.MARGINAL else 0
    starts = [step.start for step in ladder.steps]
    orders, sales = asker.volume(
        partner_id,
        ladder.period,
        ladder.currency,
        starts,
        added if of_sales else WHOLE_ORDERS,
    )
    if of_sales and ladder.mode == TierMode.MARGINAL:
        return _marginal(ladder, rate, group, sales)
    reached = sales if of_sales else orders + 1
    step = next((one for one in reversed(ladder.steps) if one.start <= reached), None)
    if step is None:
        return (Band(rate, group.base, group.pieces),), ()
    said = _said(ladder, step, reached)
    return (Band(written_rate(step.rate), group.base, group.pieces),), (said,)


def _marginal(
    ladder: Ladder, rate: Rate, group: Group, sales: int
) -> tuple[tuple[Band, ...], tuple[Said, ...]]:
    """Cut the base where the sum of the period's sales crosses thresholds.

    A rate that is a sum cannot be cut: it is owed whole where the order begins.
    """
    bounds: list[tuple[int, Rate]] = [(0, rate)]
    bounds += [(step.start, written_rate(step.rate)) for step in ladder.steps]
    ends = [start for start, _ in bounds[1:]]
    found: list[Band] = []
    for (start, own), end in zip(bounds, [*ends, None], strict=True):
        above = max(start, sales)
        until = sales + group.base if end is None else min(end, sales + group.base)
        begins = start <= sales and (end is None or sales < end)
        if own.fixed is None and until > above:
            found.append(Band(own, until - above, 0))
        elif begins:
            found.append(Band(own, max(0, until - above), group.pieces))
    step = next((one for one in reversed(ladder.steps) if one.start < sales + group.base), None)
    said = () if step is None else (_said(ladder, step, sales),)
    return tuple(found), said


def _said(ladder: Ladder, step: Step, reached: int) -> Said:
    values = {"tier": step.tier_id, "rate": step.rate}
    if ladder.counts == Counts.SALES:
        unit = ladder.currency
        start, now = decimal_text(step.start, unit), decimal_text(reached, unit)
        return f"tier_sales_{ladder.period}", params(
            start=f"{start} {unit}", reached=f"{now} {unit}", **values
        )
    return f"tier_orders_{ladder.period}", params(start=step.start, reached=reached, **values)
