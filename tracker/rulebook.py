"""What did the owner type into Rules, Tiers, Fx and Links, and who clicked?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from tracker.rates import Rate


class Buyer(StrEnum):
    """Which customers does a rule mean?"""

    ANY = ""
    NEW = "new"
    RETURNING = "returning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row of Rules; an empty field fits everything. `rate` None: not counted.

    `regions`, `channels` and the like are one word each, as typed; `evidence` is code, click,
    call or lead. Both dates are included.
    """

    priority: int
    partner_id: str = ""
    group: str = ""
    campaign: str = ""
    code: str = ""
    sku: str = ""
    category: str = ""
    region: str = ""
    channel: str = ""
    evidence: str = ""
    customer: Buyer = Buyer.ANY
    rate: Rate | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    cell: str = ""


class Counts(StrEnum):
    """What does a tier count?"""

    ORDERS = "orders"
    SALES = "sales"


class Period(StrEnum):
    """Over which time does a tier or a limit count?"""

    EVER = "ever"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class TierMode(StrEnum):
    """To which orders does a tier's rate apply once its threshold is reached?

    from_now: to those after it; marginal: to the part of the sales above it; from_first: to all
    of the period, back to its first order, as one adjustment.
    """

    FROM_NOW = "from_now"
    MARGINAL = "marginal"
    FROM_FIRST = "from_first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """One row of Tiers: from `start` orders, or minor units of sales, on: a rate or a bonus.

    Of orders the one at hand counts too: from 5 is from the fifth on. Of sales only what was sold
    before it in the period: the order that crosses the threshold is still paid by the tier below
    (marginal: in parts). `bonus` is paid once a period, when the threshold is reached.
    """

    tier_id: str
    partner_id: str = ""
    group: str = ""
    counts: Counts = Counts.ORDERS
    start: int = 0
    rate: Rate | None = None
    bonus: int | None = None
    currency: str = ""
    period: Period = Period.MONTH
    mode: TierMode = TierMode.FROM_NOW
    valid_from: date | None = None
    valid_to: date | None = None
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FxRate:
    """One row of Fx: from this day on one unit of `base` is `rate` units of `quote`."""

    on: date
    base: str
    quote: str
    rate: Decimal
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One row of Links: whose a mark in a link is."""

    ref: str
    partner_id: str
    channel: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Click:
    """One row of Clicks; `customer` holds keys. Without partner and ref it is an advertisement."""

    click_id: str
    clicked_at: datetime
    partner_id: str = ""
    ref: str = ""
    channel: str = ""
    customer: frozenset[str] = frozenset()
    ad_tag: str = ""
