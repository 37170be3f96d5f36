"""Which goal is it, over which period, and what was fixed when it was first noted?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from tracker.lines import Key
from tracker.own_lines import TIER
from tracker.periods import first_day, next_month
from tracker.rates import written_rate
from tracker.rulebook import Counts, Period, Tier, TierMode

PERIODS_IN_ORDER = (Period.MONTH, Period.QUARTER, Period.YEAR, Period.EVER)
EVER = "ever"
_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Goal:
    """A tier's goal for one partner and one period (`2026-10`, `2026-Q4`, `2026`, `ever`).

    `tier` holds the terms: the row's, or those frozen when the goal was first noted.
    """

    tier: Tier
    partner_id: str
    period: str

    @property
    def key(self) -> Key:
        """Whose line of the Journal it is."""
        return TIER, f"{self.tier.tier_id}/{self.partner_id}/{self.period}"

    @property
    def place(self) -> tuple[int, int, str]:
        """In which order goals back to the first are worked out: narrow ones first."""
        return PERIODS_IN_ORDER.index(self.tier.period), self.tier.start, self.tier.tier_id

    def covers(self, day: date) -> bool:
        """Whether an order placed on a day counts for it."""
        tier = self.tier
        valid = (tier.valid_from or day) <= day <= (tier.valid_to or day)
        return valid and name_of(tier.period, day) == self.period

    def reached(self, orders: int, sales: int) -> bool:
        """Whether so many orders, with so many minor units of sales, reach it."""
        counted = sales if self.tier.counts is Counts.SALES else orders
        return orders > 0 and counted >= self.tier.start


def is_goal(tier: Tier) -> bool:
    """Whether a row of Tiers pays by lines of its own: a bonus, or a rate back to the first."""
    return tier.bonus is not None or (tier.rate is not None and tier.mode is TierMode.FROM_FIRST)


DAYS_KEPT = 10_000
"""Days whose period is named once: the same ones come with many orders."""


@lru_cache(maxsize=DAYS_KEPT)
def name_of(period: Period, day: date) -> str:
    """The name of the period a day is in."""
    if period is Period.YEAR:
        return f"{day.year:04d}"
    if period is Period.QUARTER:
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    return EVER if period is Period.EVER else f"{day.year:04d}-{day.month:02d}"


def last_day(period: Period, day: date) -> date | None:
    """The last day of the period a day is in; None for ever."""
    if period is Period.EVER:
        return None
    months = _MONTHS.get(period, 1)
    month = f"{day.year:04d}-{(day.month - 1) // months * months + 1:02d}"
    for _ in range(months):
        month = next_month(month)
    return first_day(month) - timedelta(days=1)


def frozen(goal: Goal) -> dict[str, Any]:
    """The terms as json can keep them, for the facts of the goal's lines."""
    tier = goal.tier
    said = {
        "tier_id": tier.tier_id,
        "counts": tier.counts.value,
        "start": tier.start,
        "rate": "" if tier.rate is None else str(tier.rate),
        "bonus": tier.bonus,
        "currency": tier.currency,
        "period": tier.period.value,
        "mode": tier.mode.value,
        "valid_from": "" if tier.valid_from is None else tier.valid_from.isoformat(),
        "valid_to": "" if tier.valid_to is None else tier.valid_to.isoformat(),
    }
    return {"tier": said, "partner": goal.partner_id, "period": goal.period}


def thawed(said: Mapping[str, Any]) -> Goal:
    """Read what `frozen` wrote."""
    row = said["tier"]
    tier = Tier(
        tier_id=row["tier_id"],
        counts=Counts(row["counts"]),
        start=int(row["start"]),
        rate=written_rate(row["rate"]) if row["rate"] else None,
        bonus=row["bonus"],
        currency=row["currency"],
        period=Period(row["period"]),
        mode=TierMode(row["mode"]),
        valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
    )
    return Goal(tier, said["partner"], said["period"])


def packed(said: Mapping[str, Any]) -> str:
    """Facts of a goal's line as one cell of JSON."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
