"""How did a partner's account get here? Months earned, moves of this month, what left the hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tracker.holding import held, listed
from tracker.lines import CommissionLine
from tracker.model import Role
from tracker.periods import month_before, month_of
from tracker.programme import Programme
from tracker.statements import Held, MonthEarned, StatementLine

MONTHS_TOLD = 6
"""This month and the five before: half a year shows a season, and fits a phone."""

KINDS_IN_ORDER = (
    "sale",
    "level",
    "bonus",
    "lead",
    "adjustment",
    "clawback",
    "payout",
    "payout_return",
)


@dataclass(frozen=True, slots=True)
class Move:
    """All lines of one kind in a statement: how many, and their sum in minor units, signed."""

    kind: str
    count: int
    minor: int


def history(
    steps: Iterable[CommissionLine], month: str, programme: Programme
) -> tuple[MonthEarned, ...]:
    """What was earned in each of six months, the last of them `month` (`2026-10`).

    Earned are all lines of one account but payouts and their returns, signed, by the month in
    the programme's zone in which they were booked. A month without lines is there with 0.
    """
    earned = dict.fromkeys(_months(month), 0)
    for step in steps:
        booked_in = month_of(programme.local_date(step.booked_at))
        if step.role != Role.PAYOUT and booked_in in earned:
            earned[booked_in] += step.minor
    return tuple(MonthEarned(month=one, minor=minor) for one, minor in earned.items())


def _months(last: str) -> list[str]:
    found = [last]
    while len(found) < MONTHS_TOLD:
        found.append(month_before(found[-1]))
    return found[::-1]


def moves(lines: Iterable[StatementLine]) -> tuple[Move, ...]:
    """What leads from a statement's opening to its closing: one move for each kind of line."""
    sums: dict[str, tuple[int, int]] = dict.fromkeys(KINDS_IN_ORDER, (0, 0))
    for line in lines:
        count, minor = sums.get(line.kind, (0, 0))
        sums[line.kind] = count + 1, minor + line.minor
    return tuple(Move(kind, count, minor) for kind, (count, minor) in sums.items() if count)


def ripened(
    steps: Iterable[CommissionLine],
    told_until: datetime,
    since: date,
    as_of: date,
    programme: Programme,
) -> tuple[Held, ...]:
    """What was on hold on the day `since` and no longer is on `as_of`, the first first.

    The statement before told it as held, of the lines booked before `told_until`, the end of the
    months told. What was taken back of it before its day never came off hold, and is left out.
    """
    waiting = [
        step
        for step in steps
        if step.payable_on is not None
        and since < step.payable_on <= as_of
        and programme.local_date(step.booked_at) < step.payable_on
    ]
    left = held(waiting, since)
    told = held((step for step in waiting if step.booked_at < told_until), since)
    came_off = {name: min(minor, left[name]) for name, minor in told.items() if name in left}
    return listed(came_off, waiting)


def shares(months: Sequence[MonthEarned], whole: int = 100) -> tuple[int, ...]:
    """How long each month's bar is when the longest is `whole`; what is not 0 is at least 1.

    A month below zero has the length of its loss: its sign is told beside it.
    """
    longest = max((abs(one.minor) for one in months), default=0)
    return tuple(
        max(1, (2 * abs(one.minor) * whole + longest) // (2 * longest)) if one.minor else 0
        for one in months
    )
