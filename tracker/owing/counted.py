"""Which lines of an order count, and at which rate? (field.md B10, C7).

The base of an order is shared over its lines by their value, so the discount and the refunds are
too, and the parts sum to the base. A shop that sends no price of a line leaves it to pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from tracker.goods import fits, named
from tracker.orders import Facts
from tracker.owing.earning import Exact
from tracker.owing.parts import shared
from tracker.owing.words import Said, amount, listed
from tracker.problems import params
from tracker.rates import Rate, written_rate
from tracker.terms import Beside, ItemRate

NUMBERS_KEPT = 2_000
"""Prices and pieces that are read once: a shop's goods have the same ones order after order."""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that earn at one rate; `rate` None is the order's own, "" earns nothing.

    `base` is minor units of the order's currency; `what` names the goods.
    """

    rate: str | None
    base: int
    pieces: Exact
    what: str = ""

    @property
    def own(self) -> Rate | None:
        """The rate of these goods; None where it is the order's."""
        return written_rate(self.rate) if self.rate else None


@dataclass(frozen=True, slots=True)
class Counted:
    """What of an order counts: its groups, the order's own first, and what is to be said."""

    groups: tuple[Group, ...]
    said: tuple[Said, ...] = ()

    @property
    def base(self) -> int:
        """What rates are taken from in all, in minor units."""
        return sum(group.base for group in self.groups)

    @property
    def pieces(self) -> Exact:
        """How many pieces of goods count."""
        return sum(group.pieces for group in self.groups)


@dataclass(frozen=True, slots=True)
class _Line:
    sku: str
    category: str
    pieces: Exact
    base: int


def count(facts: Facts, whole: int, currency: str, beside: Beside) -> Counted:
    """Tell what counts of a base of `whole` minor units.

    Without lines the whole counts: the order was Review's, and only the owner's word can have
    made it a partner's. So does it where none of its lines is one that the code is for.
    """
    rows = facts.get("items") or ()
    # The order's own lines, as the deliveries say them: what is decided again when they change.
    narrowed = bool(beside.only or beside.without or beside.items)
    if not rows:
        missing: tuple[Said, ...] = (("lines_missing", ()),) if narrowed else ()
        return Counted((Group(None, whole, 1),), missing)
    if not narrowed:
        return Counted((_all(rows, whole),))
    counting = [at for at, row in enumerate(rows) if _counts(row[0], row[1], beside)]
    some = 0 < len(counting) < len(rows)
    if not some and not beside.items:
        return Counted((_all(rows, whole),))  # nothing is shared, so no price is missed
    priced = all(row[3] for row in rows)
    said: tuple[Said, ...] = () if priced else (("lines_unpriced", ()),)
    lines = _lines(rows, whole, priced=priced)
    if some:
        lines = [lines[at] for at in counting]
        left = sum(line.base for line in lines)
        said += (_of_lines(left, whole, currency, beside),)
    return Counted(_groups(lines, beside.items), said)


def _all(rows: Sequence[Sequence[str]], whole: int) -> Group:
    """All lines together, at the order's own rate."""
    return Group(None, whole, sum([_number(row[2]) for row in rows]))


def _lines(rows: Sequence[Sequence[str]], whole: int, *, priced: bool) -> list[_Line]:
    """The lines with their parts of the base, by their value where all have a price."""
    pieces = [_number(row[2]) for row in rows]
    values = pieces
    if priced:
        values = [many * _number(row[3]) for many, row in zip(pieces, rows, strict=True)]
    parts = zip(rows, pieces, shared(whole, values), strict=True)
    return [_Line(str(row[0]), str(row[1]), many, part) for row, many, part in parts]


@lru_cache(maxsize=NUMBERS_KEPT)
def _number(text: str) -> Exact:
    """A number of pieces or a price, exact; below nothing is nothing."""
    return int(text) if text.isdecimal() else max(Fraction(0), Fraction(text))


def _counts(sku: str, category: str, beside: Beside) -> bool:
    """Whether the code is for a line."""
    if beside.only and not named(beside.only, sku, category):
        return False
    return not named(beside.without, sku, category)


def _of_lines(left: int, whole: int, currency: str, beside: Beside) -> Said:
    said = params(base=amount(left, currency), whole=amount(whole, currency))
    if beside.only and beside.without:
        both = params(words=listed(beside.only), others=listed(beside.without))
        return "lines_only_without", (*both, *said)
    if beside.only:
        return "lines_only", (*params(words=listed(beside.only)), *said)
    return "lines_without", (*params(words=listed(beside.without)), *said)


def _groups(lines: list[_Line], items: tuple[ItemRate, ...]) -> tuple[Group, ...]:
    """Lines of one rate together: of each the first item rate that fits it decides."""
    chosen: dict[ItemRate | None, list[_Line]] = {}
    for line in lines:
        found = next((one for one in items if _fits(one, line)), None)
        chosen.setdefault(found, []).append(line)
    groups: list[Group] = []
    for one, own in sorted(chosen.items(), key=lambda pair: _place(pair[0], items)):
        what = "" if one is None else one.sku or one.category
        if one is not None and not one.rate:
            groups.append(Group("", 0, 0, what))
        else:
            base = sum(line.base for line in own)
            pieces = sum(line.pieces for line in own)
            groups.append(Group(None if one is None else one.rate, base, pieces, what))
    return tuple(groups)


def _fits(rate: ItemRate, line: _Line) -> bool:
    return fits(rate.sku, rate.category, line.sku, line.category)


def _place(one: ItemRate | None, items: tuple[ItemRate, ...]) -> int:
    return -1 if one is None else items.index(one)
