"""What is to be written? The difference between what is owed and what is written.

The order of the steps, and nothing of how anything is stored. `plan` is a pure function: printed
instead of committed it is `--dry-run`; run again on what it led to, it is empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from operator import attrgetter

from tracker.code_book import CodeBook, code_book
from tracker.code_changes import code_changes
from tracker.compact import compact
from tracker.goals import goal_lines
from tracker.known import Known
from tracker.leads import NewLead, with_posted
from tracker.ledger import Ledger, Order, read_ledger, steps
from tracker.lines import CommissionLine, JournalLine, Key, packed, sealed
from tracker.owners_money import known_payouts, notes
from tracker.payout_checks import payout_problems
from tracker.payout_facts import Payout
from tracker.periods import end_of
from tracker.placing import Placings
from tracker.problems import Problem, Stop
from tracker.programme import HistoryLine, Lead
from tracker.reviewing import capped_problems, code_problems, goods_problems, helper_problems
from tracker.touching import evidence, link_problems
from tracker.verifying import ledger_problems, statement_problems
from tracker.worklist import Arrivals, Counts, Decided, decide_all, standing_lines

CLOCK_BEHIND_DAYS_MAX = 1
CLOCK_AHEAD_DAYS_MAX = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """Both ledgers as they will stand: what reports, statements and payouts are made from.

    Attributes:
        orders: by (source, order_id), owner's money too.
        lines: every step, oldest first; those of orders set aside as they stand.
        aside: the orders set aside, with (why, cell).
    """

    orders: Mapping[Key, Order]
    lines: tuple[CommissionLine, ...]
    aside: Mapping[Key, tuple[str, str]]

    def payouts(self) -> list[Payout]:
        """All payouts, by id."""
        return known_payouts(self.orders)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one sync wants to append, and everything reports are made from.

    `leads` are rows for the tab Leads: those that were posted and are new. `registered` are all
    leads, those too, with whose each is and since when.
    """

    noted_at: datetime
    journal: tuple[JournalLine, ...]
    commissions: tuple[CommissionLine, ...]
    history: tuple[HistoryLine, ...]
    counts: Counts
    problems: tuple[Problem, ...]
    books: Books
    code_book: CodeBook
    restored: int = 0
    held: frozenset[Key] = frozenset()
    leads: tuple[NewLead, ...] = ()
    registered: tuple[Lead, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether no ledger line is to be appended."""
        return not (self.journal or self.commissions or self.history or self.leads)


def plan(
    known: Known, arrivals: Arrivals, now: datetime, secret: bytes, *, clock_is_right: bool = False
) -> Plan:
    """Decide what to append to the ledgers, from what was read and what arrived.

    Raises Stop when the clock is more than a day behind the last line or 400 days ahead of it.
    """
    ledger = read_ledger(known.facts, known.written)
    noted_at = stamp(known, ledger, now, clock_is_right=clock_is_right)
    history = code_changes(known, noted_at)
    known, posted = with_posted(known, ledger, arrivals.leads, history, noted_at, secret)
    book = rule_book(known, history)
    noted = _noted(known, ledger, arrivals, book, noted_at, secret)
    lines = all_steps(noted.orders)
    present = {row.line_id for row in known.written}
    missing = tuple(line for line in lines if line.line_id not in present)
    aside = {key: why for key, why in ledger.aside.items() if key not in noted.orders}
    standing = standing_lines(known, aside)
    books = Books(orders=noted.orders, lines=_oldest_first(*lines, *standing), aside=aside)
    problems = (
        *_of_rows(known, arrivals),
        *noted.problems,
        *_of_orders(known, books, noted_at, now),
        *ledger_problems(known, aside, lines, standing),
        *statement_problems(known, books.lines),
    )
    return Plan(
        noted_at=noted_at,
        journal=noted.lines,
        commissions=missing,
        history=tuple(history),
        counts=noted.decided.counts(noted.orders, arrivals.quarantined, len(missing)),
        problems=tuple(dict.fromkeys(problems)),
        books=books,
        code_book=book,
        restored=noted.restored(missing),
        held=frozenset(arrivals.orders() & aside.keys()),
        leads=posted,
        registered=known.leads,
    )


@dataclass(frozen=True, slots=True)
class _Noted:
    """Every Journal line of one run, the orders as they stand with them, and what went wrong."""

    decided: Decided
    orders: Mapping[Key, Order]
    lines: tuple[JournalLine, ...]
    problems: tuple[Problem, ...]

    def restored(self, missing: Iterable[CommissionLine]) -> int:
        """How many of the missing lines an earlier run had booked: deleted since, or never made."""
        fresh = {line.line_id for line in self.lines}
        return sum(1 for line in missing if line.fact not in fresh)


def _noted(
    known: Known,
    ledger: Ledger,
    arrivals: Arrivals,
    book: CodeBook,
    noted_at: datetime,
    secret: bytes,
) -> _Noted:
    """Decide the orders, note the owner's money, and then what goals they reach together."""
    placings = Placings(known.programme)
    found = decide_all(known, ledger, arrivals, book, noted_at, secret, placings)
    orders = _with(ledger.orders, found.lines)
    own, own_problems = notes(known, orders, noted_at)
    own = [_folded_again(line, known, ledger) for line in own]
    orders = _with(orders, own)
    goals, goal_problems = goal_lines(known, orders, ledger.aside, noted_at, placings)
    return _Noted(
        decided=found,
        orders=_with(orders, goals),
        lines=(*found.lines, *own, *goals),
        problems=(*found.problems, *own_problems, *goal_problems),
    )


def _of_rows(known: Known, arrivals: Arrivals) -> Iterator[Problem]:
    """What the rows of the owner and the deliveries leave to say by themselves."""
    yield from known.problems
    yield from arrivals.problems
    yield from code_problems(known)
    yield from link_problems(known)


def _of_orders(known: Known, books: Books, noted_at: datetime, now: datetime) -> Iterator[Problem]:
    """What the orders and payouts as they will stand leave to say."""
    yield from capped_problems(books.orders)
    yield from goods_problems(known, books.orders)
    yield from helper_problems(known, books.orders, noted_at)
    yield from payout_problems(known, books.payouts(), known.programme.local_date(now))


def rule_book(known: Known, history: Iterable[HistoryLine]) -> CodeBook:
    """Everything an order is decided by: codes in time, partners, touches, rules and rates."""
    book = code_book(
        known.codes,
        (*known.history, *history),
        known.partners,
        known.broken("Codes"),
        known.broken("Partners"),
    )
    return replace(
        book,
        evidence=evidence(known),
        rules=known.rules,
        tiers=known.tiers,
        fx=known.fx,
        broken=frozenset(tab for tab in ("Rules", "Tiers", "Fx") if known.broken(tab)),
    )


def _oldest_first(*lines: CommissionLine) -> tuple[CommissionLine, ...]:
    return tuple(sorted(lines, key=_AGE))


_AGE = attrgetter("booked_at", "source", "order_id", "n", "line_id")


def stamp(known: Known, ledger: Ledger, now: datetime, *, clock_is_right: bool) -> datetime:
    """Tell when this plan's lines are noted (design.md section 2, rule 5).

    Never before a line that is written, nor in a month that is sealed.
    """
    noted = [order.latest.noted_at for order in ledger.orders.values()]
    noted += [line.noted_at for lines in ledger.loose.values() for line in lines]
    noted += [line.noted_at for line in known.history]
    last = max(noted, default=None)
    if last is not None and not clock_is_right:
        if now < last - timedelta(days=CLOCK_BEHIND_DAYS_MAX):
            raise Stop("clock_behind", now=now.isoformat(), last=last.isoformat())
        if now > last + timedelta(days=CLOCK_AHEAD_DAYS_MAX):
            raise Stop("clock_ahead", now=now.isoformat(), last=last.isoformat())
    sealed = max((one.month for one in known.statements), default=None)
    bounds = [now.replace(microsecond=0)]
    if last is not None:
        bounds.append(last)
    if sealed is not None:
        bounds.append(end_of(sealed, known.programme))
    return max(bounds).astimezone(known.programme.zone)


def _folded_again(line: JournalLine, known: Known, ledger: Ledger) -> JournalLine:
    """The line of a row of the owner's money; after damage it begins anew, with the next number.

    A number that stood before would stand twice once the owner puts the old line back.
    """
    if line.key not in ledger.aside:
        return line
    standing = standing_lines(known, {line.key: ledger.aside[line.key]})
    numbers = [one.line.n for one in known.facts if one.key == line.key and one.line is not None]
    last = max([*numbers, *(one.n for one in standing)], default=0)
    written = [packed(one, one.because) for one in standing]
    facts = {**line.parsed(), "written": written, "instead": [*ledger.damaged.get(line.key, ())]}
    return sealed(replace(line, n=last + 1, facts=compact(facts)))


def _with(orders: Mapping[Key, Order], lines: Iterable[JournalLine]) -> dict[Key, Order]:
    """The orders as they stand once the lines are appended."""
    found = dict(orders)
    for line in lines:
        known = found.get(line.key)
        found[line.key] = Order(lines=(line,) if known is None else (*known.lines, line))
    return found


def all_steps(orders: Mapping[Key, Order]) -> list[CommissionLine]:
    """Commissions as a function of the Journal."""
    return [line for order in orders.values() for line in steps(order)]
