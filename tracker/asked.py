"""What did a decision ask, and is the answer still the same?

Every rule that looks at other orders, or at a fact of its own order that most rules do not need,
asks here. Questions and answers are kept in the Journal line, in three groups: what decided whose
the order is, what chose its terms, and what its sum was worked out from. When an answer has
changed, that part is decided anew; all else stays as it was fixed. So the sums do not depend on
the order in which deliveries came, and an edited rule leaves old orders alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.commissions import Figures, figures
from tracker.compact import compact
from tracker.history import History, Placed
from tracker.orders import Facts
from tracker.programme import Programme
from tracker.rulebook import Period

Json = Any
"""What json gives: text, whole number, bool, None, or a list of these."""


Argument = str | int | tuple[str, ...] | tuple[int, ...]
Question = tuple[Argument, ...]
"""The name of a question and its arguments."""


class Group(StrEnum):
    """What depends on an answer."""

    WHOSE = "whose"
    TERMS = "terms"
    OWED = "owed"


@dataclass(slots=True)
class Asker:
    """Answers questions about one order and what came before it, and notes them.

    Every method may be called by any rule. A question is a name with arguments json can keep.
    `group` says which part of the decision is being made.
    """

    facts: Facts
    programme: Programme
    history: History
    group: Group = Group.WHOSE
    noted: dict[Group, dict[Question, Json]] = field(default_factory=dict)
    _answers: dict[Question, Json] = field(default_factory=dict)
    _figures: Figures | None = None
    _keys: frozenset[str] | None = None
    _day: date | None = None
    _items: tuple[tuple[str, str], ...] | None = None

    def ask(self, name: str, *arguments: Argument) -> Json:
        """Answer a question and note it. Raises KeyError for a name nobody knows."""
        mark = (name, *arguments)
        if mark not in self._answers:
            self._answers[mark] = _ANSWERS[name](self, *arguments)
        answer = self._answers[mark]
        self.noted.setdefault(self.group, {})[mark] = answer
        return answer

    def written(self) -> dict[str, list[Json]]:
        """Everything asked, by group, in an order that does not depend on who asked first."""
        return {
            group.value: sorted(
                ([_written(mark), answer] for mark, answer in found.items()), key=_by_question
            )
            for group, found in sorted(self.noted.items())
            if found
        }

    def still(self, group: Group, written: Mapping[str, Json]) -> bool:
        """Whether the answers of a group, as written in a line, are what they would be now.

        A question of an earlier version that nobody knows any more has no answer now.
        """
        rows = written.get(group.value, ())
        return all(
            question[0] in _ANSWERS and self._agree(question, self._answer(question), answer)
            for question, answer in rows
        )

    def _agree(self, question: Sequence[Json], now: Json, then: Json) -> bool:
        """Whether two answers decide alike: not all of a sum of earlier orders does."""
        decides = _DECIDES.get(question[0])
        same = now == then
        return same or (decides is not None and decides(question, now) == decides(question, then))

    def take_over(self, group: Group, written: Mapping[str, Json]) -> None:
        """Keep the questions of a part of the decision that stands, with their answers."""
        kept = self.noted.setdefault(group, {})
        for question, answer in written.get(group.value, ()):
            kept[_mark(question)] = answer

    # What can be asked of the order itself. None: the shop does not say.

    def fact(self, name: str) -> str | None:
        """A text of the order: city, country or channel."""
        found = self.ask("fact", name)
        return None if found is None else str(found)

    def goods(self) -> int:
        """What the goods cost the customer, refunds not taken off; minor units."""
        return int(self.ask("goods"))

    def placed_on(self) -> date:
        """The day the order was placed, where terms depend on it: a shop may correct it."""
        return date.fromisoformat(self.ask("day"))

    def items(self) -> tuple[tuple[str, str], ...] | None:
        """The (sku, category) of each line, None when the shop sent no lines."""
        self.ask("items")
        if self._items is None:
            rows = self.facts.get("items") or ()
            self._items = tuple((str(row[0]), str(row[1])) for row in rows)
        return self._items or None

    # What can be asked of earlier orders.

    def customer_known(self) -> bool:
        """Whether the order names its customer by any key."""
        return bool(self.ask("customer_known"))

    def room(self, codes: tuple[str, ...], limit: int) -> bool:
        """Whether fewer than `limit` counting orders came with any of these codes before."""
        return bool(self.ask("room", tuple(sorted(codes)), limit))

    def customer_room(self, codes: tuple[str, ...], limit: int, since: date | None) -> bool:
        """Whether this customer used them fewer than `limit` times from a day on."""
        first = "" if since is None else since.isoformat()
        return bool(self.ask("customer_room", tuple(sorted(codes)), limit, first))

    def used_by_others(self, codes: tuple[str, ...]) -> bool:
        """Whether another customer came with one of these codes before."""
        return bool(self.ask("used_by_others", tuple(sorted(codes))))

    def returning(self) -> bool:
        """Whether the customer bought before."""
        return bool(self.ask("returning"))

    def earlier_with(self, partner_id: str, limit: int) -> bool:
        """Whether the customer had fewer than `limit` counting orders of the partner before."""
        return bool(self.ask("earlier_with", partner_id, limit))

    def first_with(self, partner_id: str) -> date | None:
        """The day of the customer's first counting order of the partner before this one."""
        found = self.ask("first_with", partner_id)
        return date.fromisoformat(found) if found else None

    def bound(self, code_days: int, link_days: int) -> tuple[str, str, str, str] | None:
        """Who the customer is bound to: (partner_id, evidence, day and time of the order)."""
        found = self.ask("bound", code_days, link_days)
        return (str(found[0]), str(found[1]), str(found[2]), str(found[3])) if found else None

    def volume(
        self, partner_id: str, period: Period, currency: str, starts: Sequence[int], of: int
    ) -> tuple[int, int]:
        """The partner's (orders, sales in minor units) before this one in its period.

        It is asked where it stands among thresholds: of orders (`of` is WHOLE_ORDERS), of sales
        (0), or of sales that so much is added to, which may cross some.
        """
        orders, sales = self.ask("volume", partner_id, period.value, currency, tuple(starts), of)
        return int(orders), int(sales)

    def earned_in_month(self, partner_id: str, currency: str, limit: int, minor: int) -> int:
        """What the partner (empty: all together) earned by earlier orders of this one's month.

        It is asked what that leaves of `minor` below a limit.
        """
        return int(self.ask("earned_in_month", partner_id, currency, limit, minor))

    def earned_by_customer(self, partner_id: str, currency: str, limit: int, minor: int) -> int:
        """What the partner earned by earlier orders of this customer, for a limit alike."""
        return int(self.ask("earned_by_customer", partner_id, currency, limit, minor))

    def _answer(self, question: Sequence[Json]) -> Json:
        name, *given = question
        return _ANSWERS[name](self, *given)

    @property
    def keys(self) -> frozenset[str]:
        """The customer's keys."""
        if self._keys is None:
            self._keys = self.facts.customer
        return self._keys

    @property
    def sums(self) -> Figures:
        """The sums of the order."""
        if self._figures is None:
            self._figures = figures(self.facts)
        return self._figures

    @property
    def day(self) -> date:
        """The day the order was placed, in the programme's zone."""
        if self._day is None:
            self._day = self.programme.local_date(self.facts.ordered_at)
        return self._day


def _holder(found: Placed | None) -> Json:
    if found is None:
        return []
    return [found.partner_id, found.evidence, found.day.isoformat(), found.at.isoformat()]


def _first_with(asker: Asker, partner_id: str) -> str:
    found = asker.history.orders_with(asker.keys, partner_id)
    return found[0].day.isoformat() if found else ""


def _used(asker: Asker, codes: Sequence[str], limit: int, since: str) -> bool:
    first = date.fromisoformat(since) if since else None
    return asker.history.uses_by(asker.keys, codes, first) < limit


_ANSWERS: Mapping[str, Callable[..., Json]] = {
    "fact": lambda a, name: a.facts.get(name) or None,
    "goods": lambda a: a.sums.goods,
    "items": lambda a: _digest(a.facts.get("items") or []),
    "day": lambda a: a.day.isoformat(),
    "customer_known": lambda a: bool(a.keys),
    "room": lambda a, codes, limit: a.history.uses(codes) < limit,
    "customer_room": _used,
    "used_by_others": lambda a, codes: a.history.used_by_others(a.keys, codes),
    "returning": lambda a: a.history.returning(a.keys),
    "earlier_with": lambda a, who, limit: len(a.history.orders_with(a.keys, who)) < limit,
    "first_with": _first_with,
    "bound": lambda a, code_days, link_days: _holder(
        a.history.bound(a.keys, a.facts.ordered_at, code_days, link_days)
    ),
    "volume": lambda a, who, period, currency, *_: list(
        a.history.volume(who, a.day, Period(period), currency)
    ),
    "earned_in_month": lambda a, who, unit, *_: a.history.earned_in_month(who, a.day, unit),
    "earned_by_customer": lambda a, who, unit, *_: a.history.earned_by(a.keys, who, unit),
}
"""How each question is answered: a new one is a line here and a method above."""

WHOLE_ORDERS = -1
"""What `volume` is asked of where thresholds are numbers of orders."""


def _place(question: Sequence[Json], answer: Json) -> Json:
    """Where a volume stands among the thresholds it was asked for."""
    *_, starts, of = question
    orders, sales = answer
    if of == WHOLE_ORDERS:
        return sum(1 for start in starts if start <= orders + 1)
    crossed = any(sales < start < sales + of for start in starts)
    return [sales] if crossed else sum(1 for start in starts if start <= sales)


def _left(question: Sequence[Json], answer: Json) -> Json:
    """What is left of a sum below a limit, after what was earned before."""
    *_, limit, minor = question
    return min(minor, max(0, limit - answer))


_DECIDES: Mapping[str, Callable[[Sequence[Json], Json], Json]] = {
    "volume": _place,
    "earned_in_month": _left,
    "earned_by_customer": _left,
}
"""What of an answer decides, where not all of it does: else one refund early in the year would
have every later order decided again, at every sync."""


def _mark(question: Sequence[Json]) -> Question:
    """A question as it is known again: what json reads as a list is a tuple here."""
    return tuple(tuple(one) if isinstance(one, list) else one for one in question)


def _written(mark: Question) -> list[Json]:
    return [list(one) if isinstance(one, tuple) else one for one in mark]


def _by_question(row: Sequence[Json]) -> str:
    return repr(row[0])


def _digest(value: Json) -> str:
    return hashlib.sha256(compact(value).encode("utf-8", "surrogatepass")).hexdigest()[:16]
