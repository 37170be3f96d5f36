"""How do several partners share one order? (setting `conflict` = split).

Each earns by his own rate of an equal part of the order. The exact sums are added up, rounded half
up once, capped, and shared again by largest remainder: what the order costs is never more than one
coin away from what its rates say, and the parts sum to the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tracker.owing.cap_order import cap_order
from tracker.owing.counted import Counted
from tracker.owing.earning import Exact, coins, comes_to
from tracker.owing.parts import shared
from tracker.owing.words import Said, amount
from tracker.problems import params
from tracker.rates import written_rate
from tracker.terms import Beside

Sums = dict[tuple[str, str], int]
"""Minor units by (partner_id, currency), the order's own partner first."""
ByCurrency = Mapping[str, Exact]
"""An exact sum in minor units by currency."""


@dataclass(frozen=True, slots=True)
class Split:
    """What each partner earns, and how that is said."""

    sums: Sums
    said: tuple[Said, ...]


def split(
    partner_id: str, own: ByCurrency, counted: Counted, currency: str, beside: Beside
) -> Split:
    """Share an order among its partner and the sharers; alone he has the whole.

    `own` is what the partner would earn alone; `currency` is the order's.
    """
    if not beside.sharers:
        return _alone(partner_id, own, beside)
    exact: dict[str, ByCurrency] = {partner_id: own}
    for one in beside.sharers:
        unit, sum_ = comes_to(written_rate(one.rate), counted.base, counted.pieces, currency)
        exact[one.partner_id] = {unit: sum_}
    many = len(exact)
    sums: Sums = {}
    said: list[Said] = []
    for unit in dict.fromkeys(unit for one in exact.values() for unit in one):
        weights = [one.get(unit, Fraction(0)) * Fraction(1, many) for one in exact.values()]
        total, capped = cap_order(coins(sum(weights, Fraction(0))), unit, beside)
        said += capped
        for who, minor in zip(exact, shared(total, weights), strict=True):
            if minor:
                sums[who, unit] = minor
    told = ", ".join(f"{who} {amount(minor, unit)}" for (who, unit), minor in sums.items())
    said.append(("split", params(count=many, parts=told or "0")))
    return Split(_in_order(sums, list(exact)), tuple(said))


def _alone(partner_id: str, own: ByCurrency, beside: Beside) -> Split:
    """What a partner earns who shares with nobody."""
    sums: Sums = {}
    said: list[Said] = []
    for unit, exact in own.items():
        minor, capped = cap_order(coins(exact), unit, beside)
        said += capped
        if minor:
            sums[partner_id, unit] = minor
    return Split(sums, tuple(said))


def _in_order(sums: Sums, partners: list[str]) -> Sums:
    return dict(sorted(sums.items(), key=lambda pair: partners.index(pair[0][0])))
