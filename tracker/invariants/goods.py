"""What of an order counts, by its own cells alone? Its base, shared over its lines of goods.

A second reading of what `tracker.commissions` and `tracker.owing` work out, with nothing of theirs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tracker.lines import JournalLine
from tracker.money import exponent


def half_up(exact: Fraction) -> int:
    """Round to the coin, the half away from zero's lower side: 0.5 is 1."""
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


class Sums:
    """An order's sums by its facts, in minor units, refunds told apart."""

    def __init__(self, line: JournalLine, said: Mapping[str, Any]) -> None:
        fields = said.get("f", {})
        rows = [row[2:5] for row in fields.get("refunds") or ()]
        rows += [row[1:4] for row in said.get("lone", {}).values()]
        places = exponent(line.currency)
        self.total, self.shipping, self.tax, self.discount = (
            int(fields.get(name) or 0) for name in ("total", "shipping", "tax", "discount")
        )
        parts = zip(*rows, strict=True) if rows else ((), (), ())
        self.back = [
            half_up(Fraction(sum(map(Decimal, part), Decimal(0)).scaleb(places))) for part in parts
        ]

    @property
    def wholly_refunded(self) -> bool:
        """Whether nothing is left of the goods, or of all."""
        goods = max(0, self.total - self.shipping - self.tax)
        return sum(self.back) > 0 and (sum(self.back) >= self.total or self.back[0] >= goods > 0)

    def base(self, rule: str) -> int:
        """What a percent is taken from."""
        if rule == "paid":
            return max(0, self.total - sum(self.back))
        left = self.total - self.tax - self.back[0] - self.shipping
        if rule == "before_discount":
            left += self.discount
        if rule == "with_shipping":
            left += self.shipping - self.back[1]
        return max(0, left)


Group = tuple[str | None, int, Fraction]
"""(rate, base, pieces) of lines that earn alike; None is the order's own rate, "" nothing."""


def groups_of(line: JournalLine, said: Mapping[str, Any]) -> list[Group]:
    """The order's lines that count, with their parts of its base, by rate."""
    terms, whole = said.get("terms", {}), Sums(line, said).base(line.base_rule)
    rows = said.get("f", {}).get("items") or ()
    if not rows:
        return [(None, whole, Fraction(1))]
    counts = [max(Fraction(0), Fraction(row[2])) for row in rows]
    if not any(terms.get(name) for name in ("only", "without", "items")):
        return [(None, whole, sum(counts, Fraction(0)))]
    priced = all(row[3] for row in rows)
    prices = [max(Fraction(0), Fraction(row[3])) if priced else Fraction(1) for row in rows]
    parts = in_proportion(whole, [n * price for n, price in zip(counts, prices, strict=True)])
    lines = list(zip(rows, counts, parts, strict=True))
    counted = [one for one in lines if _for_the_code(one[0], terms)] or lines
    found: dict[int, Group] = {}
    for (sku, category, *_), count, part in counted:
        place, rate = _rate_of(sku, category, terms.get("items", ()))
        _, base, pieces = found.get(place, (rate, 0, Fraction(0)))
        nothing = rate == ""
        found[place] = (rate, base + part * (not nothing), pieces + count * (not nothing))
    return [found[place] for place in sorted(found)]


def _for_the_code(row: Sequence[Any], terms: Mapping[str, Any]) -> bool:
    """Whether the code is for a line of goods."""
    only, without = terms.get("only", ()), terms.get("without", ())
    inside = not only or any(_meant(word, row) for word in only)
    return inside and not any(_meant(word, row) for word in without)


def _meant(word: str, row: Sequence[Any]) -> bool:
    """Whether a word of the owner's is the line's SKU or category; a star is any letters."""
    if word == "*":
        return True
    if "*" not in word:
        return any(one and _plain(word) == _plain(one) for one in row[:2])
    pattern = ".*".join(re.escape(part) for part in re.sub(r"\*+", "*", _plain(word)).split("*"))
    return any(one and re.fullmatch(pattern, _plain(one), re.DOTALL) for one in row[:2])


def _plain(word: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", word).casefold().replace("ё", "е").split())


def _rate_of(sku: str, category: str, items: Iterable[Sequence[str]]) -> tuple[int, str | None]:
    """The place and rate of the first rule for single goods that fits; (-1, None) for none."""
    for place, (own_sku, own_category, rate, *_) in enumerate(items):
        right = not own_sku or _plain(own_sku) == _plain(sku)
        if right and (not own_category or _plain(own_category) == _plain(category)):
            return place, rate
    return -1, None


def in_proportion(whole: int, weights: Sequence[int | Fraction]) -> list[int]:
    """Share a whole by largest remainder; of equal remainders the first gets the coin."""
    even = [Fraction(1) for _ in weights]
    given = [Fraction(one) for one in weights] if any(weights) else even
    exact = [Fraction(whole * one, sum(given)) for one in given]
    parts = [one.numerator // one.denominator for one in exact]
    for place in sorted(range(len(parts)), key=lambda at: parts[at] - exact[at]):
        parts[place] += sum(parts) < whole
    return parts
