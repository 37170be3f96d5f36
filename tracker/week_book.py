"""What is a week's digest made from, and of what are its lines?

Everything is taken from the book as it is known when the letter is frozen: an order of last week
that was refunded this morning counts as refunded, in that week and in the one it is compared with.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from tracker.ledger import Order
from tracker.lines import CommissionLine, JournalLine, Key
from tracker.money import Money
from tracker.owners_money import OWN_SOURCES
from tracker.payout_facts import Payout
from tracker.programme import Code, HistoryLine, Partner, Programme, normal_code
from tracker.weeks import Week

Value = int | str | date | Money | tuple["Line", ...] | tuple[Money, ...] | tuple[str, ...]
"""What a sentence may mention: counts, names as typed, days, sums, and lists of these."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the digest, or one item of a list in it: a sentence's code and its values."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)


def line(code: str, /, **values: Value) -> Line:
    """Make a line or an item of a sentence's code and what it mentions."""
    return Line(code, values)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekBook:
    """What the digest is worked out from.

    Attributes:
        orders, lines, payouts: both ledgers as they stand.
        history: Code history, with what this run adds to it.
        now: when the letter is frozen, aware.
        doubtful: partners with a ledger problem, whom nobody is paid.
        problems, letters_unknown, documents: how many lines Problems has, letters of unknown
            fate there are, and papers that should have come by now.
    """

    programme: Programme
    now: datetime
    orders: Mapping[Key, Order] = field(default_factory=dict)
    lines: tuple[CommissionLine, ...] = ()
    payouts: tuple[Payout, ...] = ()
    partners: Mapping[str, Partner] = field(default_factory=dict)
    codes: tuple[Code, ...] = ()
    history: tuple[HistoryLine, ...] = ()
    doubtful: Collection[str] = ()
    problems: int = 0
    letters_unknown: int = 0
    documents: int = 0

    def name(self, partner_id: str) -> str:
        """A partner's name as typed; the id of one who has none."""
        partner = self.partners.get(partner_id)
        return partner_id if partner is None else partner.name.strip() or partner_id


@dataclass(frozen=True, slots=True)
class Placed:
    """One order of a shop: when it was placed, and what is known of it now."""

    at: datetime
    latest: JournalLine

    @property
    def counted(self) -> bool:
        """Whether somebody is owed a commission for it: it is credited, paid and not taken back."""
        return bool(self.latest.owed)

    @property
    def why(self) -> str:
        """The code of the reason why it is whose it is."""
        return self.latest.reason.partition(" ")[0]

    def codes(self) -> dict[str, tuple[str, str]]:
        """The codes that were judged on it: as typed, and the code of what was said of each.

        By normal form, so one typed twice counts once.
        """
        rows = json.loads(self.latest.candidates) if self.latest.candidates else []
        return {
            normal_code(str(typed)): (str(typed), str(why).partition(" ")[0])
            for typed, _, why, *touch in reversed(rows)
            if not touch
        }


def placed(orders: Mapping[Key, Order]) -> list[Placed]:
    """Every order of a shop that has a date, oldest first; trial orders are none."""
    found = [
        Placed(datetime.fromisoformat(order.latest.ordered_at), order.latest)
        for key, order in orders.items()
        if key[0] not in OWN_SOURCES and order.latest.ordered_at
    ]
    kept = [one for one in found if one.why != "test_order"]
    return sorted(kept, key=lambda one: (one.at, one.latest.key))


def within(found: Iterable[Placed], first: Week, last: Week, programme: Programme) -> list[Placed]:
    """The orders placed from the beginning of one week to the end of another."""
    begin, end = first.begin(programme), last.end(programme)
    return [one for one in found if begin <= one.at < end]


def amounts(sums: Mapping[str, int], programme: Programme) -> tuple[Money, ...]:
    """Sums by currency, the programme's own first; nothing at all is 0 of that one."""
    own = programme.currency
    found = [Money(sums[one], one) for one in sorted(sums, key=lambda c: (c != own, c))]
    return tuple(one for one in found if one.minor) or (Money(0, own),)
