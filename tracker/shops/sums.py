"""Which sum does a body name, to the coin? What is not exact, or absurd, is refused."""

from __future__ import annotations

from decimal import Decimal

from tracker.cells import plain
from tracker.money import BOOKED_MINOR_MAX, NotAnAmount, as_decimal, from_decimal
from tracker.shops.payload import NotReadable

# One absurd order costs one delivery and not every run after it.
ORDER_MINOR_MAX = BOOKED_MINOR_MAX


def exact(field: str, amount: Decimal, currency: str) -> int:
    """Turn a sum into minor units, at least 0; raise NotReadable where that is not exact."""
    try:
        minor = from_decimal(amount, currency)
    except NotAnAmount as refusal:
        code = f"delivery_{refusal.code}"
        raise NotReadable(code, field=field, shown=amount) from None
    if minor < 0:
        raise NotReadable("delivery_amount_negative", field=field, shown=amount)
    if minor >= ORDER_MINOR_MAX:
        raise NotReadable("delivery_amount_unreadable", field=field, shown=amount)
    return minor


def settled(field: str, amount: Decimal, currency: str | None) -> Decimal:
    """Write a sum as its currency does (`27.00`); raise NotReadable where that is not exact.

    Of a sum without currency only the size and four decimals, the most there are, are checked.
    """
    if currency is not None:
        return as_decimal(exact(field, amount, currency), currency)
    return Decimal(plain(as_decimal(exact(field, amount, "CLF"), "CLF")))
