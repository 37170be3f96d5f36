"""What would a partner's orders have earned at a tier's rate, more than they did?

A tier back to the first pays the difference for every order of its period, as one account. Each
order is worked out again by its own fixed terms with the tier's rate in place of its rate, so that
caps, shares and goods that do not count hold as they did. An order that earned more keeps it. What
limits by customer and month, and the budget, leave is asked after all that was earned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from tracker.asked import Asker
from tracker.commissions import figures
from tracker.goal_terms import Goal
from tracker.history import History, Placed
from tracker.lines import JournalLine, Key
from tracker.model import BaseRule, State
from tracker.orders import Facts, read_facts
from tracker.owing.exchange import exchanged
from tracker.owing.limits import limited
from tracker.programme import Programme
from tracker.reckoning import Sold, reckon
from tracker.terms import Beside, Terms, read

Sums = dict[str, int]
"""Minor units by currency."""


@dataclass(frozen=True, slots=True)
class Sale:
    """An order that counts, as its Journal line has it and as later orders see it."""

    line: JournalLine
    placed: Placed

    def earned(self, partner_id: str) -> Sums:
        """What the order earned the partner, before any exchange."""
        found: Sums = defaultdict(int)
        for who, minor, unit in self.placed.earned:
            found[unit] += minor if who == partner_id else 0
        return {unit: minor for unit, minor in found.items() if minor}


@dataclass(slots=True)
class Retroactive:
    """Differences of many goals, one after the other: no order is paid twice for one rise.

    `sales` are all counting orders of everybody, for limits.
    """

    programme: Programme
    sales: tuple[Sale, ...]
    _extra: dict[tuple[Key, str], Sums] = field(default_factory=dict)
    _history: History | None = None

    def difference(self, goal: Goal, sales: Iterable[Sale]) -> tuple[Sums, Sums, Sums]:
        """Give what is due for a goal, what its orders come to, and what they have earned.

        The first is in the currencies the partner is paid in, the others in those of the orders;
        minor units each.
        """
        due: Sums = defaultdict(int)
        would: Sums = defaultdict(int)
        did: Sums = defaultdict(int)
        for sale in sales:
            got = sale.earned(goal.partner_id)
            for unit, minor in self._extra.get((sale.line.key, goal.partner_id), {}).items():
                got[unit] = got.get(unit, 0) + minor
            extra, beside = self._more(goal, sale, got)
            for unit, minor in got.items():
                did[unit] += minor
                would[unit] += minor
            for unit, minor in extra.items():
                would[unit] += minor
                paid, quote = _paid(minor, unit, sale.line.currency, beside)
                due[quote] += paid
        return {unit: minor for unit, minor in due.items() if minor}, dict(would), dict(did)

    def _more(self, goal: Goal, sale: Sale, got: Sums) -> tuple[Sums, Beside]:
        """What one order comes to at the tier's rate above what it earned, within its limits."""
        said = sale.line.parsed()
        facts, beside = read_facts(said), read(said.get("terms", {}))
        at_rate = _at_rate(goal, sale.line, facts, beside, self.programme)
        if set(got) - set(at_rate):
            return {}, beside  # sums in different currencies cannot be compared
        more = {unit: minor - got.get(unit, 0) for unit, minor in at_rate.items()}
        more = {unit: minor for unit, minor in more.items() if minor > 0}
        if more and beside.cap_currency:
            more = self._within_limits(goal.partner_id, facts, more, beside)
        if more:
            extra = self._extra.setdefault((sale.line.key, goal.partner_id), {})
            for unit, minor in more.items():
                extra[unit] = extra.get(unit, 0) + minor
            self._remember(goal.partner_id, sale.placed, more)
        return more, beside

    def _within_limits(self, who: str, facts: Facts, more: Sums, beside: Beside) -> Sums:
        if self._history is None:
            self._history = History(self.programme)
            for sale in self.sales:
                self._history.add(sale.placed)
            for (key, partner_id), extra in self._extra.items():
                placed = next(sale.placed for sale in self.sales if sale.line.key == key)
                self._remember(partner_id, placed, extra)
        asker = Asker(facts, self.programme, self._history)
        kept = limited({(who, unit): minor for unit, minor in more.items()}, beside, asker)
        return {unit: minor for (_, unit), minor in kept.sums.items()}

    def _remember(self, who: str, placed: Placed, more: Mapping[str, int]) -> None:
        """Count a difference against limits as if the order had earned it."""
        if self._history is not None:
            earned = tuple((who, minor, unit) for unit, minor in more.items())
            self._history.add(placed._replace(partner_id="", code="", sales=0, earned=earned))


def _at_rate(
    goal: Goal, line: JournalLine, facts: Facts, beside: Beside, programme: Programme
) -> Sums:
    """What the order would have earned the partner at the tier's rate, limits by time aside."""
    if goal.tier.rate is None:
        return {}
    terms = Terms(
        rate=goal.tier.rate,
        base_rule=BaseRule(line.base_rule),
        payable_on=line.payable_on or date.min,
        beside=replace(beside, ladder=None),
    )
    sold = Sold(
        state=State(line.state),
        sums=figures(facts),
        currency=line.currency,
        partner_id=line.partner_id,
    )
    found = reckon(sold, terms, Asker(facts, programme, History(programme)))
    sums: Sums = defaultdict(int)
    for who, minor, unit in found.earned:
        sums[unit] += minor if who == goal.partner_id else 0
    return dict(sums)


def _paid(minor: int, unit: str, currency: str, beside: Beside) -> tuple[int, str]:
    """A sum in the currency the partner is paid in, by the order's frozen rate of exchange."""
    if not beside.pay_currency or unit != currency:
        return minor, unit
    quote = beside.pay_currency
    return exchanged(minor, unit, quote, Decimal(beside.fx_rate)), quote
