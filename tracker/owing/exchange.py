"""What does a partner get who is paid in another currency than the order's? (field.md D10).

Every account of his in the currency that was sold in is exchanged by the rate frozen with the
terms, rounded half up once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from tracker.commissions import Owed
from tracker.money import exponent, half_up
from tracker.owing.words import Said, amount
from tracker.problems import params
from tracker.terms import Beside


def exchanged(minor: int, currency: str, quote: str, rate: Decimal) -> int:
    """Exchange minor units of one currency for those of another, half up to the coin.

    One unit of `currency` is `rate` units of `quote`; their coins may differ in size.
    """
    numerator, denominator = rate.as_integer_ratio()
    whole = minor * numerator * 10 ** exponent(quote)
    return half_up(whole, denominator * 10 ** exponent(currency))


def exchange(
    owed: Sequence[Owed], partner_id: str, currency: str, rate: str, beside: Beside
) -> tuple[tuple[Owed, ...], tuple[Said, ...]]:
    """Put the partner's accounts into his currency; `rate` is told where an account has none."""
    if not beside.pay_currency or not beside.fx_rate or beside.pay_currency == currency:
        return tuple(owed), ()
    quote = beside.pay_currency
    sums: dict[tuple[str, str, str], Owed] = {}
    said: list[Said] = []
    for one in owed:
        now = one
        if (one.partner_id, one.currency) == (partner_id, currency):
            minor = exchanged(one.minor, currency, quote, Decimal(beside.fx_rate))
            now = replace(one, minor=minor, currency=quote, rate=one.rate or rate)
            before, after = amount(one.minor, currency), amount(minor, quote)
            values = params(before=before, after=after, rate=beside.fx_rate, on=beside.fx_on)
            said.append(("exchanged", values))
        account = (now.partner_id, now.role, now.currency)
        known = sums.get(account)
        sums[account] = now if known is None else replace(known, minor=known.minor + now.minor)
    return tuple(one for one in sums.values() if one.minor), tuple(said)
