"""What is a rate, and which one did the person mean? A share of the base, or a sum."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from tracker.cells import Cell, NotUnderstood, plain, read_currency, refuse_formula, shown
from tracker.money import BOOKED_MINOR_MAX, SIGNS, Money, NotAnAmount, from_decimal, read_typed

RATE_LENGTH_MAX = 100
"""What is longer is no rate, and looking for one in 50,000 signs would take minutes."""


RATES_KEPT = 1_000
"""Rates that are read and written once: every order names its own several times."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of the base (`percent`, 15 means 15 %) or a whole sum an order (`fixed`).

    `per_item`: the sum is owed for each piece of goods, not once for the order (field.md C2).
    """

    percent: Decimal | None = None
    fixed: Money | None = None
    per_item: bool = False

    def __str__(self) -> str:
        if self.fixed is not None:
            return f"{self.fixed}{_PER_ITEM if self.per_item else ''}"
        return _percent_text(self.percent or Decimal(0))


@lru_cache(maxsize=RATES_KEPT)
def _percent_text(percent: Decimal) -> str:
    return f"{plain(percent)}%"


_PERCENT = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,12})?)\s*%")


_PER_ITEM = "/item"


_EACH = re.compile(
    r"(.+?)\s*(?:/\s*|\bper\s+|\bза\s+)(?:items?|pieces?|pcs?\.?|шт\.?|штуку|товар|единицу)",
    re.IGNORECASE,
)


_SUM = re.compile(r"(.+?)\s*([A-Za-z]{3}|[^\W\d]+\.?|[₽€£₸₴₾֏])")


def read_rate(cell: Cell) -> Rate:
    """Read a rate: `15%`, `15 %`, `500 RUB`, `10 RUB/item`, or what a percent cell holds (0.15).

    A bare number above 1 might be a percent or a sum, so it is refused (design.md section 2).
    """
    refuse_formula(cell)
    if isinstance(cell, Decimal):
        return _fraction(cell)
    if not isinstance(cell, str):
        raise NotUnderstood("rate_unreadable", shown(cell))
    text = cell.strip()
    if len(text) > RATE_LENGTH_MAX:
        raise NotUnderstood("rate_unreadable", text)
    percent = _PERCENT.fullmatch(text)
    if percent:
        return _percent(Decimal(percent[1].replace(",", ".")), text)
    try:
        bare = read_typed(text) if not any(map(str.isalpha, text)) else None
    except NotAnAmount:
        bare = None
    if bare is not None and not any(sign in text for sign in SIGNS):
        return _fraction(bare)
    each = _EACH.fullmatch(text)
    return replace(_sum(each[1], text), per_item=True) if each else _sum(text, text)


@lru_cache(maxsize=RATES_KEPT)
def written_rate(text: str) -> Rate:
    """Read a rate as `str` writes it (`12.5%`, `5.000 KWD/item`): exact where typing is a guess.

    Raises ValueError or ArithmeticError for anything else.
    """
    if text.endswith("%"):
        return Rate(percent=Decimal(text.removesuffix("%")))
    amount, currency = text.removesuffix(_PER_ITEM).split(" ")
    minor = from_decimal(Decimal(amount), currency)
    return Rate(fixed=Money(minor, currency), per_item=text.endswith(_PER_ITEM))


def _fraction(number: Decimal) -> Rate:
    if number == 0 or 0 < number <= 1:
        return _percent(number * 100, plain(number))
    raise NotUnderstood("rate_bare_number", plain(number))


def _percent(number: Decimal, text: str) -> Rate:
    if not 0 <= number <= 100:
        raise NotUnderstood("rate_out_of_range", text)
    return Rate(percent=number.normalize() if number else Decimal(0))


def _sum(typed: str, text: str) -> Rate:
    found = _SUM.fullmatch(typed)
    if not found:
        raise NotUnderstood("rate_unreadable", text)
    try:
        currency = read_currency(found[2])
        minor = from_decimal(read_typed(found[1]), currency)
    except (NotUnderstood, NotAnAmount):
        raise NotUnderstood("rate_unreadable", text) from None
    if minor < 0:
        raise NotUnderstood("rate_out_of_range", text)
    if minor >= BOOKED_MINOR_MAX:
        raise NotUnderstood("amount_too_big", text)
    return Rate(fixed=Money(minor, currency))
