"""What does one rate come to? A percent of a base, a sum an order, or a sum for each piece."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from tracker.money import half_up
from tracker.rates import Rate

NOTHING = Decimal(0)
Exact = int | Fraction
"""A number without rounding: whole wherever it can be, for fractions take their time."""


def comes_to(rate: Rate, base: int, pieces: Exact, currency: str) -> tuple[str, Exact]:
    """Give the currency and the exact sum, in its minor units (field.md C1, C2).

    `base` is in minor units of `currency`. A sum is owed in its own currency whatever the base is.
    """
    if rate.fixed is not None:
        times = pieces if rate.per_item else 1
        return rate.fixed.currency, rate.fixed.minor * times
    numerator, denominator = (rate.percent or NOTHING).as_integer_ratio()
    whole, rest = divmod(base * numerator, denominator * 100)
    return currency, whole if not rest else Fraction(base * numerator, denominator * 100)


def coins(exact: Exact) -> int:
    """Round half up to the coin."""
    return half_up(exact.numerator, exact.denominator)
