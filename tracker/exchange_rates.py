"""Which rate of exchange holds for an order? The tab Fx, by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

from tracker.programme import Partner
from tracker.rulebook import FxRate

_INVERSE = Context(prec=12, rounding=ROUND_HALF_UP)
"""A pair typed the other way round is turned over to 12 significant digits."""


def rate_on(fx: Sequence[FxRate], base: str, quote: str, day: date) -> FxRate | None:
    """The latest rate of a pair not later than a day, in units of `quote` for one of `base`.

    A pair typed the other way round (EUR to RUB for RUB to EUR) serves as 1 / rate to 12
    significant digits, where its day is later; of one day the pair as asked for goes first. None
    where the tab has neither.
    """
    direct, other = _latest(fx, base, quote, day), _latest(fx, quote, base, day)
    if other is None or (direct is not None and direct.on >= other.on):
        return direct
    turned = _INVERSE.divide(Decimal(1), other.rate)
    return FxRate(on=other.on, base=base, quote=quote, rate=turned, cell=other.cell)


def _latest(fx: Sequence[FxRate], base: str, quote: str, day: date) -> FxRate | None:
    rows = (row for row in fx if row.base == base and row.quote == quote and row.on <= day)
    return max(rows, key=lambda row: row.on, default=None)


def other_currency(partner: Partner | None, currency: str) -> str:
    """The currency a partner is paid in where it is not the order's; else empty."""
    own = "" if partner is None else partner.currency
    return own if own and currency and own != currency else ""


def missing_rate(partner: Partner, currency: str, day: date, fx: Sequence[FxRate]) -> bool:
    """Whether a partner is paid in another currency and Fx has no rate for the day."""
    own = other_currency(partner, currency)
    return bool(own) and rate_on(fx, currency, own, day) is None
