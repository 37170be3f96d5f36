"""What is owed for one order, and from what is it taken?

Formulas: field.md C1 to C4 and design.md section 2, "Figures".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tracker.cells import Rate
from tracker.model import BaseRule, State
from tracker.money import half_up, rounded
from tracker.orders import Facts
from tracker.programme import Code, Partner, Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What was fixed when the partner was first credited with the order.

    Attributes:
        rate: a percent of the base, or a whole sum.
        base_rule: what the percent is taken from.
        payable_on: the first local day on which a commission may be paid.
    """

    rate: Rate
    base_rule: BaseRule
    payable_on: date


def terms(facts: Facts, programme: Programme, partner: Partner | None, code: Code | None) -> Terms:
    """Fix the terms as in force now: the code's rate over the partner's over the programme's."""
    rate = programme.rate
    if partner is not None and partner.rate is not None:
        rate = partner.rate
    if code is not None and code.rate is not None:
        rate = code.rate
    hold = programme.hold_days
    if partner is not None and partner.hold_days is not None:
        hold = partner.hold_days
    payable_on = programme.local_date(facts.ordered_at) + timedelta(days=hold)
    return Terms(rate=rate, base_rule=programme.base, payable_on=payable_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The sums of an order in minor units of its currency, refunds told apart."""

    total: int
    goods: int
    shipping: int
    tax: int
    discount: int
    refunded_goods: int
    refunded_shipping: int
    refunded_tax: int

    @property
    def refunded(self) -> int:
        """All that was given back."""
        return self.refunded_goods + self.refunded_shipping + self.refunded_tax

    @property
    def wholly_refunded(self) -> bool:
        """Whether nothing of the goods, or nothing at all, is left."""
        if not self.refunded:
            return False
        return self.refunded >= self.total or self.refunded_goods >= self.goods > 0


def figures(facts: Facts) -> Figures:
    """Work out an order's sums. A refund that is not split counts as goods."""
    currency = facts.text("currency")
    total, shipping, tax = facts.whole("total"), facts.whole("shipping"), facts.whole("tax")
    back = facts.refunds()
    return Figures(
        total=total,
        goods=max(0, total - shipping - tax),
        shipping=shipping,
        tax=tax,
        discount=facts.whole("discount"),
        refunded_goods=_sum([refund.goods for refund in back], currency),
        refunded_shipping=_sum([refund.shipping for refund in back], currency),
        refunded_tax=_sum([refund.tax for refund in back], currency),
    )


def _sum(amounts: list[Decimal], currency: str) -> int:
    return 0 if not amounts else rounded(sum(amounts, Decimal(0)), currency)


def base(sums: Figures, rule: BaseRule) -> int:
    """What the percent is taken from, in minor units, never below 0.

    goods = total - shipping - tax - refunded goods; before_discount adds the discount back;
    with_shipping keeps postage and takes tax out; paid is what the customer paid in all.
    """
    left = sums.total - sums.shipping - sums.tax - sums.refunded_goods
    if rule is BaseRule.BEFORE_DISCOUNT:
        left += sums.discount
    elif rule is BaseRule.WITH_SHIPPING:
        left += sums.shipping - sums.refunded_shipping
    elif rule is BaseRule.PAID:
        left = sums.total - sums.refunded
    return max(0, left)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What one account is to hold: signed minor units of `currency`."""

    partner_id: str
    role: str
    minor: int
    currency: str


def earns(state: State, sums: Figures) -> bool:
    """Whether an order owes anything: it is paid, and not cancelled or wholly refunded."""
    return state is State.PAID and not sums.wholly_refunded


def owed(state: State, sums: Figures, currency: str, fixed: Terms) -> tuple[int, str]:
    """The commission of an order in minor units, and its currency.

    A percent is rounded half up once, from the base that is left; a whole sum is owed in its own
    currency until the order is wholly refunded.
    """
    rate = fixed.rate
    own = rate.fixed.currency if rate.fixed is not None else currency
    if not earns(state, sums):
        return 0, own
    if rate.fixed is not None:
        return rate.fixed.minor, own
    return share(base(sums, fixed.base_rule), rate.percent or Decimal(0)), own


def share(minor: int, percent: Decimal) -> int:
    """Take a percent of minor units, half up to the coin."""
    numerator, denominator = percent.as_integer_ratio()
    return half_up(minor * numerator, denominator * 100)
