"""What changes between two ways of deciding the same orders? By partner, and order by order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from tracker.lines import JournalLine, Key
from tracker.own_lines import OWN_SOURCES
from tracker.programme import Programme

Account = tuple[str, str]
"""(partner_id, currency)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One partner in one currency, or all of a currency (no partner); sums in minor units.

    Attributes:
        orders_now, orders_tried: how many orders earn him something.
        booked: as the Journal stands; now, tried: by today's rules, and by the changed ones.
    """

    partner_id: str
    currency: str
    orders_now: int
    orders_tried: int
    booked: int
    now: int
    tried: int

    @property
    def difference(self) -> int:
        """What the change brings or takes."""
        return self.tried - self.now


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """An order or a goal that the change decides otherwise.

    `sums` are (currency, minor now, minor tried), all partners together.
    """

    key: Key
    day: date
    now: JournalLine
    tried: JournalLine
    sums: tuple[tuple[str, int, int], ...]

    @property
    def kind(self) -> str:
        """What is otherwise: a goal, the partner, whether it is counted, the reason, or the sum."""
        if self.key[0] in OWN_SOURCES:
            return "goal"
        now, tried = self.now.partner_id, self.tried.partner_id
        if now != tried:
            return "lost" if not tried else "won" if not now else "hands"
        return "reason" if self.now.reason != self.tried.reason else "sum"

    @property
    def weight(self) -> int:
        """How much money moves, to list the greatest first."""
        return sum(abs(tried - now) for _, now, tried in self.sums)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything a trial tells; `totals` are by currency, `moved` the greatest first."""

    orders: int
    partners: tuple[Compared, ...]
    totals: tuple[Compared, ...]
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One order three times: as booked, by the rules as they stand, and by the changed ones."""

    day: date
    booked: JournalLine
    now: JournalLine
    tried: JournalLine


def thrice(
    booked: Mapping[Key, JournalLine],
    now: Mapping[Key, JournalLine],
    tried: Mapping[Key, JournalLine],
    programme: Programme,
) -> list[Decided]:
    """Put the three lines of each order and goal side by side; what has none owes nothing."""
    found: list[Decided] = []
    for key in sorted({*booked, *now, *tried}):
        lines = [side.get(key) for side in (booked, now, tried)]
        known = next(line for line in lines if line is not None)
        none = replace(known, partner_id="", reason="", decision="", owed=())
        first, second, third = (none if line is None else line for line in lines)
        at = known.ordered_at
        # An order has its instant; a goal the last day of its period.
        day = programme.local_date(datetime.fromisoformat(at)) if "T" in at else None
        found.append(
            Decided(day=day or date.fromisoformat(at), booked=first, now=second, tried=third)
        )
    return found


def compare(decided: Sequence[Decided]) -> Comparison:
    """Add the orders up by partner and currency, and name those that are decided otherwise."""
    return Comparison(
        orders=sum(1 for one in decided if one.booked.source not in OWN_SOURCES),
        partners=tuple(_rows(decided, lambda who, currency: (who, currency))),
        totals=tuple(_rows(decided, lambda _who, currency: ("", currency))),
        moved=tuple(sorted(_moved(decided), key=lambda one: (-one.weight, one.day, one.key))),
    )


def _rows(decided: Iterable[Decided], account: Callable[[str, str], Account]) -> Iterable[Compared]:
    sums: dict[Account, list[int]] = defaultdict(lambda: [0, 0, 0])
    counts: dict[Account, list[int]] = defaultdict(lambda: [0, 0])
    for one in decided:
        for place, line in enumerate((one.booked, one.now, one.tried)):
            earned = {account(owed.partner_id, owed.currency) for owed in line.owed if owed.minor}
            for owed in line.owed:
                sums[account(owed.partner_id, owed.currency)][place] += owed.minor
            is_order = line.source not in OWN_SOURCES
            for found in earned if place and is_order else ():
                counts[found][place - 1] += 1
    for (who, currency), (booked, now, tried) in sorted(sums.items()):
        orders_now, orders_tried = counts[who, currency]
        yield Compared(
            partner_id=who,
            currency=currency,
            orders_now=orders_now,
            orders_tried=orders_tried,
            booked=booked,
            now=now,
            tried=tried,
        )


def _moved(decided: Iterable[Decided]) -> Iterable[Moved]:
    for one in decided:
        now, tried = _by_account(one.now), _by_account(one.tried)
        same = (one.now.partner_id, one.now.reason) == (one.tried.partner_id, one.tried.reason)
        if same and now == tried:
            continue
        units = sorted({currency for _, currency in (*now, *tried)})
        yield Moved(
            key=one.booked.key,
            day=one.day,
            now=one.now,
            tried=one.tried,
            sums=tuple((unit, _of(now, unit), _of(tried, unit)) for unit in units),
        )


def _by_account(line: JournalLine) -> dict[Account, int]:
    found: dict[Account, int] = defaultdict(int)
    for owed in line.owed:
        found[owed.partner_id, owed.currency] += owed.minor
    return {account: minor for account, minor in found.items() if minor}


def _of(sums: Mapping[Account, int], currency: str) -> int:
    return sum(minor for (_, unit), minor in sums.items() if unit == currency)
