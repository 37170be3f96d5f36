"""What is owed for one order, and from what is it taken?

Formulas: field.md C1 to C4 and design.md section 2, "Figures".
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tracker.model import BaseRule
from tracker.money import BOOKED_MINOR_MAX, decimal_text, half_up, rounded
from tracker.orders import Facts


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


@dataclass(frozen=True, slots=True)
class Owed:
    """What one account is to hold: signed minor units of `currency`.

    `rate` is its own, where it is not that of the line's partner: of a sharer, level or bonus.
    """

    partner_id: str
    role: str
    minor: int
    currency: str
    rate: str = ""

    def row(self) -> list[str | int]:
        """The account as a list, the rate only where it has one of its own."""
        plain: list[str | int] = [self.partner_id, self.role, self.minor, self.currency]
        return [*plain, self.rate] if self.rate else plain

    def words(self) -> list[str]:
        """The same with the sum in major units, as the Journal's cell `owed` has it."""
        amount = decimal_text(self.minor, self.currency)
        plain = [self.partner_id, self.role, amount, self.currency]
        return [*plain, self.rate] if self.rate else plain


def unbookable(one: Owed) -> bool:
    """Whether a sum is more than any line books: a slip in a rate, or in what the shop sent."""
    return abs(one.minor) >= BOOKED_MINOR_MAX


def share(minor: int, percent: Decimal) -> int:
    """Take a percent of minor units, half up to the coin."""
    numerator, denominator = percent.as_integer_ratio()
    return half_up(minor * numerator, denominator * 100)
