"""What had happened before this order? Earlier orders, in the orders' own time.

Limits, new customers, bindings, tiers and budgets look at other orders. They ask about those that
were placed before, whatever the order of deliveries, so the answer depends on the set of orders
only. What was asked is noted in the Journal line with its answer (`tracker.asked`); an order is
decided again when an answer has changed.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from tracker.limit_periods import in_period
from tracker.periods import month_of
from tracker.policy import FOR_GOOD
from tracker.programme import Programme


class Placed(NamedTuple):
    """One order as later ones see it: a tuple, for there is one for every order of the book.

    Attributes:
        at: when it was placed, in UTC; day: the same in the programme's zone.
        customer: all keys known.
        counts: it earns as far as its state goes: paid (or approved), not wholly refunded.
        partner_id, code, evidence: whose it is and by what; the code in normal form.
        sales: its base in minor units of `currency`.
        earned: what partners earn by it, (partner_id, minor, currency), before any exchange.
    """

    at: datetime
    day: date
    customer: frozenset[str]
    counts: bool
    partner_id: str
    code: str
    evidence: str
    sales: int
    currency: str
    earned: tuple[tuple[str, int, str], ...] = ()


_Row = tuple[int, Placed]
"""An order with its number among all that were added: two of one moment keep their order."""


@dataclass(slots=True)
class _Customer:
    """What one customer bought, oldest first; the same by partner and by code of a partner."""

    orders: list[_Row] = field(default_factory=list)
    by_partner: dict[str, list[_Row]] = field(default_factory=dict)
    by_code: dict[str, list[_Row]] = field(default_factory=dict)
    earned: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    bound: dict[tuple[int, int], tuple[int, Placed | None]] = field(default_factory=dict)
    """By (code_days, link_days): how many orders were looked at, and who holds since."""

    def take(self, row: _Row) -> None:
        """Take one more order, or one of a customer who turned out to be the same."""
        one = row[1]
        _sort_in(self.orders, row)
        if one.partner_id:
            _sort_in(self.by_partner.setdefault(one.partner_id, []), row)
            if one.code:
                _sort_in(self.by_code.setdefault(one.code, []), row)
        if self.orders[-1] is not row:
            self.bound.clear()
        for partner_id, minor, currency in one.earned:
            self.earned[partner_id, currency] += minor


def _sort_in(rows: list[_Row], row: _Row) -> None:
    if rows and rows[-1] > row:
        insort(rows, row)
    else:  # nearly always: orders come in their own time
        rows.append(row)


_NOBODY = _Customer()


@dataclass(slots=True)
class History:
    """The orders so far; `add` them in the order of (at, source, order_id)."""

    programme: Programme
    _waiting: list[Callable[[], Placed]] = field(default_factory=list)
    _taken: int = 0
    asked: bool = False
    """Whether anybody asked about the orders before one: else none of them is worked out."""
    _customers: dict[str, _Customer] = field(default_factory=dict)
    _uses: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _volume: dict[str, dict[tuple[str, str], list[int]]] = field(default_factory=dict)
    _earned: dict[tuple[str, str, str], int] = field(default_factory=lambda: defaultdict(int))

    def add(self, placed: Placed) -> None:
        """Take one more order into account."""
        if self._waiting:
            self._catch_up()
        self._count(placed)

    def add_read(self, read: Callable[[], Placed]) -> None:
        """Take one more order into account. It is read, and sorted in, when somebody asks."""
        self._waiting.append(read)

    def _catch_up(self) -> None:
        for read in self._waiting:
            self._count(read())
        self._waiting.clear()
        self.asked = True

    def _count(self, one: Placed) -> None:
        if one.counts:
            self._taken += 1
            self._take((self._taken, one))

    def _take(self, row: _Row) -> None:
        one = row[1]
        if one.customer:
            self._joined(one.customer).take(row)
        month = month_of(one.day)
        if one.partner_id and one.code:
            self._uses[one.code] += 1
        if one.partner_id:
            months = self._volume.setdefault(one.partner_id, {})
            counted = months.setdefault((month, one.currency), [0, 0])
            counted[0] += 1
            counted[1] += one.sales
        for partner_id, minor, currency in one.earned:
            self._earned[partner_id, month, currency] += minor
            self._earned["", month, currency] += minor

    def _joined(self, keys: frozenset[str]) -> _Customer:
        """The customer that any of the keys names; customers that one order joins become one."""
        customers = self._customers
        one = None
        for key in keys:
            found = customers.get(key)
            if one is not None and found is not None and found is not one:
                one = self._merged(keys)
                break
            one = one or found
        one = one or _Customer()
        for key in keys:
            customers[key] = one
        return one

    def _merged(self, keys: frozenset[str]) -> _Customer:
        customers = self._customers
        one, *others = self._named(keys)
        for other in others:
            one, lost = (one, other) if len(one.orders) >= len(other.orders) else (other, one)
            for row in lost.orders:
                one.take(row)
                customers |= dict.fromkeys(row[1].customer, one)
        return one

    def _named(self, keys: Iterable[str]) -> list[_Customer]:
        found: list[_Customer] = []
        for key in keys:
            customer = self._customers.get(key)
            if customer is not None and not any(customer is one for one in found):
                found.append(customer)
        return found

    def _customer(self, keys: Iterable[str]) -> _Customer:
        """The customer as the keys tell; several that they name are one, for this question."""
        if self._waiting:
            self._catch_up()
        found = None
        for key in keys:
            other = self._customers.get(key)
            if found is None:
                found = other
            elif other is not None and other is not found:
                return self._together(keys)
        return found or _NOBODY

    def _together(self, keys: Iterable[str]) -> _Customer:
        together = _Customer()
        for customer in self._named(keys):
            for row in customer.orders:
                together.take(row)
        return together

    # Questions. Each is answered as of the orders added so far.

    def uses(self, codes: Iterable[str]) -> int:
        """How many counting orders came with any of these codes (normal forms)."""
        if self._waiting:
            self._catch_up()
        return sum([self._uses.get(code, 0) for code in codes])

    def uses_by(self, keys: Iterable[str], codes: Iterable[str], since: date | None) -> int:
        """How many of them were this customer's, from a day on (None: ever)."""
        by_code = self._customer(keys).by_code
        uses = 0
        for code in frozenset(codes):
            for _, one in by_code.get(code, ()):
                uses += since is None or one.day >= since
        return uses

    def used_by_others(self, keys: frozenset[str], codes: Iterable[str]) -> bool:
        """Whether somebody else came with one of these codes."""
        by_code = self._customer(keys).by_code
        return any(self._uses.get(code, 0) > len(by_code.get(code, ())) for code in codes)

    def returning(self, keys: Iterable[str]) -> bool:
        """Whether the customer had a counting order, anybody's."""
        if self._waiting:
            self._catch_up()
        return any(key in self._customers for key in keys)

    def orders_with(self, keys: Iterable[str], partner_id: str) -> list[Placed]:
        """The customer's counting orders that were the partner's, oldest first."""
        return [one for _, one in self._customer(keys).by_partner.get(partner_id, ())]

    def bound(
        self, keys: Iterable[str], at: datetime, code_days: int, link_days: int
    ) -> Placed | None:
        """The order that bound the customer to its partner, if that still holds at the time.

        The first binding holds until it ends; then the next order may bind anew. A bound order
        binds nothing further.
        """
        customer = self._customer(keys)
        looked_at, holder = customer.bound.get((code_days, link_days), (0, None))
        for _, one in customer.orders[looked_at:]:
            if not one.partner_id or one.evidence not in {"code", "click", "call", "lead"}:
                continue
            if holder is None or not self._holds(holder, one.at, code_days, link_days):
                days = code_days if one.evidence == "code" else link_days
                holder = one if days else holder
        if customer is not _NOBODY:
            customer.bound[code_days, link_days] = (len(customer.orders), holder)
        if holder is None or not self._holds(holder, at, code_days, link_days):
            return None
        return holder

    def _holds(self, one: Placed, at: datetime, code_days: int, link_days: int) -> bool:
        days = code_days if one.evidence == "code" else link_days
        if days == FOR_GOOD:
            return True
        return days > 0 and self.programme.local_date(at) <= one.day + timedelta(days=days)

    def volume(self, partner_id: str, day: date, period: str, currency: str) -> tuple[int, int]:
        """How many orders the partner has sold so far in the day's period, and their sum.

        The sum is in minor units of the currency; orders of other currencies count as orders.
        """
        if self._waiting:
            self._catch_up()
        count, sales = 0, 0
        for (month, unit), (orders, minor) in self._volume.get(partner_id, {}).items():
            if in_period(month, day, period):
                count += orders
                sales += minor if unit == currency else 0
        return count, sales

    def earned_in_month(self, partner_id: str, day: date, currency: str) -> int:
        """What a partner (empty: all together) has earned so far by orders of the day's month."""
        if self._waiting:
            self._catch_up()
        return self._earned.get((partner_id, month_of(day), currency), 0)

    def earned_by(self, keys: Iterable[str], partner_id: str, currency: str) -> int:
        """What a partner has earned so far by this customer."""
        return self._customer(keys).earned.get((partner_id, currency), 0)
