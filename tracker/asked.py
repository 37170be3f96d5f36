"""What did a decision ask, and is the answer still the same?

Every rule that looks at other orders, or at a fact of its own order that most rules do not need,
asks here. Questions and answers are kept in the Journal line, in three groups: what decided whose
the order is, what chose its terms, and what its sum was worked out from. When an answer has
changed, that part is decided anew; all else stays as it was fixed. So the sums do not depend on
the order in which deliveries came, and an edited rule leaves old orders alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache

from tracker.answering import ANSWERS, digest
from tracker.commissions import Figures, figures
from tracker.history import History
from tracker.orders import Facts
from tracker.programme import Programme
from tracker.questions import DECIDES, OWN, Argument, Json, Question, mark_of

NAMES_KEPT = 1_000
"""Sets of facts that are put in order once: orders of one programme ask for the same ones."""


class Group(StrEnum):
    """What depends on an answer."""

    WHOSE = "whose"
    TERMS = "terms"
    OWED = "owed"


@lru_cache(maxsize=NAMES_KEPT)
def _sorted(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(names))


_GROUPS = tuple((group, group.value) for group in sorted(Group))
_UNASKED = object()
_NOTHING: tuple[dict[str, Json], dict[Question, Json]] = ({}, {})


@dataclass(slots=True)
class Asker:
    """Answers questions about one order and what came before it, and notes them.

    Every method may be called by any rule. A question is a name with arguments json can keep.
    `turn_to` says which part of the decision is being made. What is asked of the order itself is
    noted in one row, since nearly every rule asks there.
    """

    facts: Facts
    programme: Programme
    history: History
    _noted: dict[Group, tuple[dict[str, Json], dict[Question, Json]]] = field(default_factory=dict)
    _own: dict[str, Json] = field(init=False)
    _asked: dict[Question, Json] = field(init=False)
    _figures: Figures | None = None
    _local: datetime | None = None
    _day: date | None = None
    _items: tuple[tuple[str, str], ...] | None = None
    _items_mark: str = ""

    keys: frozenset[str] = field(init=False)
    """The customer's keys."""

    def __post_init__(self) -> None:
        self.keys = self.facts.customer
        self.turn_to(Group.WHOSE)

    def turn_to(self, group: Group) -> None:
        """Say that from now on this part of the decision is made."""
        self._own, self._asked = self._noted.setdefault(group, ({}, {}))

    def drop(self, *groups: Group) -> None:
        """Forget what was asked for parts of the decision that are not made after all."""
        for group in groups:
            for noted in self._noted.get(group, ()):
                noted.clear()

    def ask(self, name: str, *arguments: Argument) -> Json:
        """Answer a question and note it. Raises KeyError for a name nobody knows."""
        mark = (name, *arguments)
        answer = self._asked.get(mark, _UNASKED)
        if answer is _UNASKED:
            answer = self._asked[mark] = ANSWERS[name](self, *arguments)
        return answer

    def written(self) -> dict[str, list[Json]]:
        """Everything asked, by group, in an order that does not depend on who asked first."""
        found: dict[str, list[Json]] = {}
        for group, name in _GROUPS:
            own, asked = self._noted.get(group, _NOTHING)
            rows: list[tuple[Question, Json]] = list(asked.items())
            if own:
                names = _sorted(tuple(own))
                rows.append(((OWN, *names), [own[name] for name in names]))
            if rows:
                rows.sort()
                found[name] = rows
        return found

    def still(self, group: Group, written: Mapping[str, Json]) -> bool:
        """Whether the answers of a group, as written in a line, are what they would be now.

        A question of an earlier version that nobody knows any more has no answer now.
        """
        rows = written.get(group.value, ())
        return all(
            question[0] in ANSWERS and self._agree(question, self._answer(question), answer)
            for question, answer in rows
        )

    def _agree(self, question: Sequence[Json], now: Json, then: Json) -> bool:
        """Whether two answers decide alike: not all of a sum of earlier orders does."""
        decides = DECIDES.get(question[0])
        same = now == then
        return same or (decides is not None and decides(question, now) == decides(question, then))

    def take_over(self, group: Group, written: Mapping[str, Json]) -> None:
        """Keep the questions of a part of the decision that stands, with their answers."""
        _, kept = self._noted.setdefault(group, ({}, {}))
        for question, answer in written.get(group.value, ()):
            kept[mark_of(question)] = answer

    # What can be asked of the order itself. None: the shop does not say.

    def fact(self, name: str) -> str | None:
        """A text of the order: city, country or channel."""
        own = self._own
        if name not in own:
            own[name] = self.facts.get(name) or None
        found: str | None = own[name]
        return found

    def goods(self) -> int:
        """What the goods cost the customer, refunds not taken off; minor units."""
        goods = self._own["goods"] = self.sums.goods
        return goods

    def placed_on(self) -> date:
        """The day the order was placed, where terms depend on it: a shop may correct it."""
        if "day" not in self._own:
            self._own["day"] = self.day.isoformat()
        return self.day

    def items(self) -> tuple[tuple[str, str], ...] | None:
        """The (sku, category) of each line, None when the shop sent no lines."""
        if "items" not in self._own:
            self._own["items"] = self.items_mark
        if self._items is None:
            rows = self.facts.get("items") or ()
            self._items = tuple([(str(row[0]), str(row[1])) for row in rows])
        return self._items or None

    # What can be asked of earlier orders.

    def customer_known(self) -> bool:
        """Whether the order names its customer by any key."""
        known = self._own["customer_known"] = bool(self.keys)
        return known

    def room(self, codes: tuple[str, ...], limit: int) -> bool:
        """Whether fewer than `limit` counting orders came with any of these codes before."""
        return bool(self.ask("room", _in_order(codes), limit))

    def customer_room(self, codes: tuple[str, ...], limit: int, since: date | None) -> bool:
        """Whether this customer used them fewer than `limit` times from a day on."""
        first = "" if since is None else since.isoformat()
        return bool(self.ask("customer_room", _in_order(codes), limit, first))

    def used_by_others(self, codes: tuple[str, ...]) -> bool:
        """Whether another customer came with one of these codes before."""
        return bool(self.ask("used_by_others", _in_order(codes)))

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
        self, partner_id: str, period: str, currency: str, starts: Sequence[int], of: int
    ) -> tuple[int, int]:
        """The partner's (orders, sales in minor units) before this one in its period.

        It is asked where it stands among thresholds: of orders (`of` is WHOLE_ORDERS), of sales
        (0), or of sales that so much is added to, which may cross some.
        """
        orders, sales = self.ask("volume", partner_id, period, currency, tuple(starts), of)
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
        return ANSWERS[name](self, *given)

    @property
    def items_mark(self) -> str:
        """What the order's lines are known again by: too many to be noted themselves."""
        if not self._items_mark:
            self._items_mark = digest(self.facts.get("items") or [])
        return self._items_mark

    @property
    def sums(self) -> Figures:
        """The sums of the order."""
        if self._figures is None:
            self._figures = figures(self.facts)
        return self._figures

    @property
    def local(self) -> datetime:
        """When the order was placed, by the clock of the programme's zone."""
        if self._local is None:
            self._local = self.facts.ordered_at.astimezone(self.programme.zone)
        return self._local

    @property
    def day(self) -> date:
        """The day the order was placed, in the programme's zone."""
        if self._day is None:
            self._day = self.local.date()
        return self._day


def _in_order(codes: tuple[str, ...]) -> tuple[str, ...]:
    return codes if len(codes) < 2 else tuple(sorted(codes))
