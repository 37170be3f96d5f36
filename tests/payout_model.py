"""What should a book say of its payouts? A second, plain reckoning that shares no code with it.

Dictionaries and lists only. Orders earn 10 % (ivan) or 15 % (maria) of what was not refunded,
lines are payable 14 days after their order, and less than 1000.00 is not paid out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

PERCENT = {"ivan": 10, "maria": 15}
GROUP = {"ivan": "bloggers", "maria": "shops"}
MINIMUM = 100_000  # kopecks
HOLD = timedelta(days=14)
LIVE = ("open", "paid", "unknown")

# What the owner's result makes of a payout: alone, with paid_on, with a bank line, with both.
OUTCOMES = {
    None: ("open", "paid", "paid", "paid"),
    "sent": ("open", "paid", "paid", "paid"),
    "paid": ("as booked", "paid", "paid", "paid"),
    "returned": ("freed", "freed", "freed", "freed"),
    "unknown": ("unknown", "unknown", "unknown", "unknown"),
    "void": ("freed", "as booked", "freed", "as booked"),
}
# The problem that is named beside it, in the same order.
NAMED = {
    "paid": ("payout_paid_without_date", "", "", ""),
    "unknown": ("", "", "payout_bank_disagrees", "payout_bank_disagrees"),
    "void": (
        "",
        "payout_void_but_paid",
        "payout_bank_disagrees",
        "payout_void_but_paid",
    ),
}


@dataclass
class Line:
    """One step of an order's commission."""

    order: str
    who: str
    minor: int
    booked: date
    payable: date


@dataclass
class Paid:
    """A payout: numbers of its lines, what stands in its cells, and what is booked since when."""

    who: str
    minor: int
    lines: frozenset[int]
    proposed: date
    state: str = "open"
    result: str | None = None
    paid_on: date | None = None
    bank: date | None = None
    on: date | None = None
    booked: list[int] = field(default_factory=list)

    @property
    def case(self) -> int:
        """Which column of the two tables above holds."""
        return (self.paid_on is not None) + 2 * (self.bank is not None)


@dataclass
class Model:
    """The book as it should be."""

    today: date
    orders: dict[str, tuple[str, int, date]] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    payouts: dict[str, Paid] = field(default_factory=dict)

    def add(self, payout_id: str, who: str, minor: int, lines: frozenset[int]) -> None:
        """A payout that was proposed today."""
        self.payouts[payout_id] = Paid(who, minor, lines, self.today)

    def sync(self) -> None:
        """Book what the orders owe now, and what the cells say."""
        for order, (who, minor, placed) in self.orders.items():
            step = minor - sum(line.minor for line in self.lines if line.order == order)
            if step:
                self.lines.append(Line(order, who, step, self.today, placed + HOLD))
        for payout_id, state in self.outcomes().items():
            one = self.payouts[payout_id]
            if (state == "paid") != (one.state == "paid"):
                one.booked.append(-one.minor if state == "paid" else one.minor)
            one.state = state
            if OUTCOMES[one.result][one.case] != "as booked":
                one.on = (one.paid_on or one.bank) if state == "paid" else None

    def outcomes(self) -> dict[str, str]:
        """The state each payout has after the next sync."""
        said: dict[str, str] = {}
        for payout_id, one in self.payouts.items():
            state = OUTCOMES[one.result][one.case]
            said[payout_id] = one.state if state == "as booked" else state
        wanting = sorted(
            (one.proposed, payout_id)
            for payout_id, one in self.payouts.items()
            if one.state == "freed" and said[payout_id] in ("open", "unknown")
        )
        taken = [
            number
            for payout_id, one in self.payouts.items()
            if said[payout_id] in LIVE and (one.proposed, payout_id) not in wanting
            for number in one.lines
        ]
        for _, payout_id in reversed(wanting):
            lines = self.payouts[payout_id].lines
            if lines & set(taken):
                said[payout_id] = "freed"
            taken += lines
        return said

    def named(self) -> set[str]:
        """The problems that the cells as they stand are worth, after a sync."""
        found = set()
        for one in self.payouts.values():
            wants_back = OUTCOMES[one.result][one.case] in ("open", "unknown")
            if one.state == "freed" and wants_back:
                found.add("payout_superseded")
            elif one.result in NAMED:
                found.add(NAMED[one.result][one.case])
        return found - {""}

    def paid_twice(self) -> bool:
        """Whether the cells say that two payouts have paid one line: nothing to be booked right."""
        said = self.outcomes()
        numbers = [n for i, one in self.payouts.items() if said[i] in LIVE for n in one.lines]
        return len(numbers) != len(set(numbers))

    def balance(self, who: str) -> int:
        """Earned less paid out; what came back counts as not paid."""
        earned = sum(line.minor for line in self.lines if line.who == who)
        paid = sum(
            one.minor for one in self.payouts.values() if (one.who, one.state) == (who, "paid")
        )
        return earned - paid

    def waiting(self, who: str) -> int:
        """What stands in payouts that are neither paid nor freed."""
        return sum(
            one.minor
            for one in self.payouts.values()
            if one.who == who and one.state in ("open", "unknown")
        )

    def on_hold(self, who: str) -> int:
        """What may not be paid before a day to come: of each order what was not taken back."""
        left = dict.fromkeys(self.orders, 0)
        for line in self.lines:
            if line.who == who and line.payable > self.today:
                left[line.order] += line.minor
        return sum(minor for minor in left.values() if minor > 0)

    def due(
        self, who: str, since: date = date.min, until: date = date.max
    ) -> tuple[int, frozenset[int]]:
        """What is to be proposed to one partner now: the sum, and the lines; (0, none) if not."""
        if any((one.who, one.state) == (who, "unknown") for one in self.payouts.values()):
            return 0, frozenset()
        held = {n for one in self.payouts.values() if one.state in LIVE for n in one.lines}
        month = self.today.replace(day=1)
        own = {n: one for n, one in enumerate(self.lines) if one.who == who and n not in held}
        ripe = {n for n, one in own.items() if one.booked < month and one.payable <= self.today}
        back = {n for n, one in own.items() if one.minor < 0}
        left = dict.fromkeys(self.orders, 0)  # of each order, once what waits is set against it
        for n in set(own) - (ripe - back):
            left[own[n].order] += own[n].minor
        numbers = frozenset(
            n
            for n, one in own.items()
            if (n in back and left[one.order] < 0)
            or (n in ripe - back and since <= one.payable <= until)
        )
        total = sum(self.lines[number].minor for number in numbers)
        return (total, numbers) if total >= MINIMUM else (0, frozenset())
